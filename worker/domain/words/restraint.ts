// What spares people something that could be shown to them, as clauses: bounds of its own and those that it shares, other
// interruptions, a purchase, the page to which a search engine sent a phone.

import type { Holder } from "../account.ts";
import type { Objection } from "../because-decision.ts";
import type { ExperienceKind } from "../definition.ts";
import { times as englishTimes } from "./en.ts";
import { span } from "./en-tests.ts";
import type { Format } from "./format.ts";
import type { InEach, Language } from "./language.ts";
import { last, spanGenitive } from "./pl-tests.ts";

export type Restraint = Extract<
	Objection,
	{ is: "capped" | "cooling-down" | "bought" | "interrupted" | "too-soon" | "landing" }
>;

export function restraintClause(one: Restraint, language: Language, format: Format): string {
	return clauses[language](one, format);
}

/** Whose experiences it counts with, in Polish in four cases: whose limit, what, of what, after what. */
interface PolishHolder {
	readonly limit: string;
	readonly what: string;
	readonly of: string;
	readonly after: string;
}

const polishKinds: Readonly<Record<ExperienceKind, PolishHolder>> = {
	popup: { limit: " pop-upów", what: "pop-up", of: "pop-upu", after: "pop-upie" },
	banner: { limit: " banerów", what: "baner", of: "banera", after: "banerze" },
	frame: {
		limit: " ramek rekomendacji",
		what: "ramkę rekomendacji",
		of: "ramki rekomendacji",
		after: "ramce rekomendacji",
	},
	greeting: {
		limit: " zaproszeń do rozmowy",
		what: "zaproszenie do rozmowy",
		of: "zaproszenia do rozmowy",
		after: "zaproszeniu do rozmowy",
	},
};

function polishHolder(of: Holder, format: Format): PolishHolder {
	if (of === "site") {
		const [what, other] = ["treść nad stroną", "treści nad stroną"];
		return { limit: " nad stronami serwisu", what, of: other, after: other };
	}
	if ("channel" in of) return polishKinds[of.channel];
	const group = `grupy ${format.name("groups", of.group)}`;
	return {
		limit: ` ${group}`,
		what: `treść z ${group}`,
		of: `treści z ${group}`,
		after: `treści z ${group}`,
	};
}

const englishKinds: Readonly<Record<ExperienceKind, readonly [one: string, many: string]>> = {
	popup: ["a pop-up", "pop-ups"],
	banner: ["a banner", "banners"],
	frame: ["a recommendation frame", "recommendation frames"],
	greeting: ["a greeting to chat", "greetings to chat"],
};

function englishOne(of: Holder, format: Format): string {
	if (of === "site") return "something over the page";
	if ("channel" in of) return englishKinds[of.channel][0];
	return `one of the group ${format.name("groups", of.group)}`;
}

function englishAll(of: Holder | undefined, format: Format): string {
	if (of === undefined) return "it was shown as often as it may be";
	if (of === "site") return "as much was shown over the pages of the site as may be";
	if ("channel" in of) return `${englishKinds[of.channel][1]} were shown as often as they may be`;
	return `the group ${format.name("groups", of.group)} was shown as often as it may be`;
}

type Cooling = Extract<Restraint, { is: "cooling-down" }>;

function polishCooling({ after, of, at, until }: Cooling, format: Format): string {
	const whose = of && polishHolder(of, format);
	const when = format.minute(at);
	const how = {
		close: `zamknięto ${whose?.what ?? "ją"} ${when}`,
		submit: whose ? `wysłano formularz ${whose.of} ${when}` : `jej formularz wysłano ${when}`,
		conversion: `po ${whose?.after ?? "niej"} złożono zamówienie ${when}`,
	}[after];
	if (!whose && after !== "conversion")
		return `${how} i ${until < Infinity ? `wróci najwcześniej ${format.minute(until)}` : "więcej nie wróci"}`;
	const back = until < Infinity ? `pokaże się najwcześniej ${format.minute(until)}` : "więcej się nie pokaże";
	return `${how}, a ta treść ${back}`;
}

function englishCooling({ after, of, at, until }: Cooling, format: Format): string {
	const whose = of && englishOne(of, format);
	const how = {
		close: `${whose ?? "it"} was closed`,
		submit: whose ? `the form of ${whose} was sent` : "its form was sent",
		conversion: `an order followed ${whose ?? "it"}`,
	}[after];
	const what = whose ? "this one" : "it";
	const comes = whose ? "be shown" : "come back";
	const back = until < Infinity ? `may ${comes} on ${format.minute(until)}` : `will not ${comes}`;
	return `${how} on ${format.minute(at)}, and ${what} ${back}`;
}

const clauses: InEach<(one: Restraint, format: Format) => string> = {
	pl(one, format) {
		switch (one.is) {
			case "landing":
				return "wyszukiwarka skierowała telefon wprost na tę stronę";
			case "capped": {
				const { times, perMs, until, of } = one;
				const whose = of ? polishHolder(of, format).limit : "";
				const most = `limit ${format.number(times)} ${times === 1 ? "wyświetlenia" : "wyświetleń"}${whose}`;
				if (perMs === undefined) return `${most} jest wyczerpany na zawsze`;
				return `${most} w ciągu ${spanGenitive(perMs, format)} jest wyczerpany do ${format.minute(until)}`;
			}
			case "cooling-down":
				return polishCooling(one, format);
			case "bought":
				return `zamówienie złożono ${format.minute(one.at)}, a po zakupie nic nie zasłania stron do ${format.minute(one.until)}`;
			case "interrupted": {
				const open = `nad stroną otwarta jest treść ${format.name("experiences", one.experience)}`;
				return one.until < Infinity ? `${open}, najpóźniej do ${format.minute(one.until)}` : open;
			}
			case "too-soon":
				return `w ciągu ${last(one.gapMs, format)} nad stroną była już inna treść`;
		}
	},
	en(one, format) {
		switch (one.is) {
			case "landing":
				return "a search engine sent the phone to this very page";
			case "capped": {
				const { times, perMs, until, of } = one;
				const most = `${englishAll(of, format)}, ${englishTimes(times, format)}`;
				if (perMs === undefined) return `${most}, and will not be again`;
				return `${most} in ${span(perMs, format)}, until ${format.minute(until)}`;
			}
			case "cooling-down":
				return englishCooling(one, format);
			case "bought":
				return `an order was placed on ${format.minute(one.at)}, and nothing covers a page until ${format.minute(one.until)}`;
			case "interrupted": {
				const open = `${format.name("experiences", one.experience)} is open over a page`;
				return one.until < Infinity ? `${open}, until ${format.minute(one.until)} at the latest` : open;
			}
			case "too-soon":
				return `the last one over a page was less than ${span(one.gapMs, format)} ago`;
		}
	},
};
