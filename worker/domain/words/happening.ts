// What happened, as a sentence: “Wyświetlono stronę „/cennik”.”

import { eventNames, type Properties, type Scalar } from "../event.ts";
import { happeningKindOf } from "../happening.ts";
import { own } from "../keyed.ts";
import { englishEvent, polishEvent } from "./events.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { capital } from "./sentence.ts";

/** `by`: whose doing it was, where that was nobody's on a page. */
export interface Happening {
	readonly name: string;
	readonly props: Properties;
	readonly by?: { readonly is: "rule"; readonly rule: string } | { readonly is: "clock" | "hand" };
}

const words: InEach<{
	readonly rule: (name: string) => string;
	readonly clock: string;
	readonly hand: string;
	readonly reward: (name: string) => string;
	readonly seconds: (n: string) => string;
}> = {
	pl: {
		rule: (name) => `reguła ${name}`,
		clock: "upływ czasu",
		hand: "ręcznie",
		reward: (name) => `nagroda ${name}`,
		seconds: (n) => `po ${n} s`,
	},
	en: {
		rule: (name) => `rule ${name}`,
		clock: "time alone",
		hand: "by hand",
		reward: (name) => `reward ${name}`,
		seconds: (n) => `after ${n} s`,
	},
};

export function happeningSentence(happening: Happening, language: Language, context: Context): string {
	const format = formatOf(language, context);
	const { name, props, by } = happening;
	const path = textOf(own(props, "path"));
	const { text, isPage } = languageOf(name, path, language, format);
	const details = [
		...detailsOf(happening, language, format),
		...(isPage || !path ? [] : [format.quote(path)]),
	];
	const author = by && by.is !== "rule" ? [words[language][by.is]] : [];
	const known = by?.is === "rule" ? ruleOf(by.rule, name, context, language, format) : [];
	const aside = [...author, ...known];
	const said = details.length > 0 ? `${text}: ${details.join(", ")}` : text;
	return `${capital(said)}${aside.length > 0 ? ` (${aside.join(", ")})` : ""}.`;
}

function languageOf(name: string, path: string | undefined, language: Language, format: Format) {
	const quoted = format.quote(name);
	const page = path === undefined ? "" : ` ${format.quote(path)}`;
	if (language === "pl") {
		const { did, isPage } = polishEvent(name, quoted);
		return { text: isPage ? did + page : did, isPage };
	}
	const { subject, did, isPage } = englishEvent(name, quoted);
	return { text: isPage ? `the page${page} ${did}` : `${subject} ${did}`, isPage };
}

function detailsOf({ name, props }: Happening, language: Language, format: Format): readonly string[] {
	const text = (property: string) => textOf(own(props, property));
	const quoted = (property: string) => {
		const value = text(property);
		return value === undefined ? [] : [format.quote(value)];
	};
	const named = (of: "segments" | "programmes" | "lists" | "experiences", property: string) => {
		const id = text(property);
		return id === undefined ? [] : [format.name(of, id)];
	};
	const number = (property: string) => {
		const value = own(props, property);
		return typeof value === "number" ? [format.number(value)] : [];
	};
	switch (happeningKindOf(name)) {
		case "page": {
			const seconds = number("seconds");
			return name === eventNames.pageLeft ? seconds.map(words[language].seconds) : [];
		}
		case "product":
			if (name === "Products Searched") return quoted("query");
			return text("name") === undefined ? quoted("product_id") : quoted("name");
		case "order": {
			const amount = own(props, "revenue");
			return [...quoted("order_id"), ...(typeof amount === "number" ? [format.cents(amount)] : [])];
		}
		case "experience":
			return named("experiences", "experience");
		case "form":
			return named("experiences", "experience");
		case "tag":
			return quoted("tag");
		case "points":
			return [
				...number("points"),
				...named("programmes", "programme"),
				...quoted("reward").map(words[language].reward),
			];
		case "segment":
			return named("segments", "segment");
		case "list":
			return named("lists", "list");
		default:
			return [];
	}
}

/** Of a segment it would be its own name, which stands there already. */
function ruleOf(rule: string, name: string, { rules = {} }: Context, language: Language, format: Format) {
	const isNamed = happeningKindOf(name) === "points" && Object.hasOwn(rules, rule);
	return isNamed ? [words[language].rule(format.name("rules", rule))] : [];
}

function textOf(value: Scalar | undefined): string | undefined {
	return value === undefined || value === "" ? undefined : String(value);
}
