// Events and their pages in Polish: that they happened, how many there are, the first and the last of them.

import type { EventMatch, PathTest } from "../condition.ts";
import type { PolishEvent } from "./event-forms.ts";
import { polishEvent } from "./events.ts";
import type { DatedName, Gender } from "./fields.ts";
import type { Format } from "./format.ts";
import { numberClause, textClause, truth } from "./pl-tests.ts";
import { afterNumber } from "./plural.ts";

/** wyświetlono stronę „/cennik” */
export function polishHappened(match: EventMatch, format: Format): string {
	const event = polishEvent(match.name, format.quote(match.name));
	return event.did + rest(match, event, format);
}

/** 2 odsłony strony „/cennik” */
export function polishOccurrences(n: number, match: EventMatch, format: Format): string {
	const event = polishEvent(match.name, format.quote(match.name));
	return `${format.number(n)} ${afterNumber(n, event.noun)}${rest(match, event, format)}`;
}

/** pierwsza odsłona strony „/cennik” */
export function momentName(match: EventMatch, which: "first" | "last", format: Format): DatedName {
	const event = polishEvent(match.name, format.quote(match.name));
	const tail = rest(match, event, format);
	return ordinal(which, event.noun.one + tail, event.noun.other + tail, event.gender);
}

const ordinals = {
	first: { masculine: "pierwszy", feminine: "pierwsza", neuter: "pierwsze" },
	last: { masculine: "ostatni", feminine: "ostatnia", neuter: "ostatnie" },
} as const;

const ordinalGenitives = {
	first: { masculine: "pierwszego", feminine: "pierwszej", neuter: "pierwszego" },
	last: { masculine: "ostatniego", feminine: "ostatniej", neuter: "ostatniego" },
} as const;

export function ordinal(which: "first" | "last", noun: string, genitive: string, gender: Gender): DatedName {
	return {
		name: `${ordinals[which][gender]} ${noun}`,
		genitive: `${ordinalGenitives[which][gender]} ${genitive}`,
		gender,
	};
}

const paths: Readonly<Record<Exclude<PathTest["op"], "is">, string>> = {
	"starts-with": "zaczynającej się od",
	contains: "zawierającej",
	wildcard: "pasującej do wzorca",
};

/** (strona) „/cennik”, o ścieżce zaczynającej się od „/oferta” */
export function whichPage({ op, value }: PathTest, format: Format): string {
	return `${op === "is" ? "" : ` o ścieżce ${paths[op]}`} ${format.quote(value)}`;
}

/** What follows the name of an event: its page, its properties, its time. */
export function rest(
	{ path, where = [], during }: EventMatch,
	{ isPage }: PolishEvent,
	format: Format,
): string {
	const page = path ? `${isPage ? "" : " na stronie"}${whichPage(path, format)}` : "";
	const tests = where.map(({ property, test }) => {
		const name = `właściwość ${format.quote(property)}`;
		switch (test.op) {
			case "is-true":
			case "is-false":
				return `${name} ${truth(test.op, true)}`;
			case ">=":
			case "<=":
			case "=":
			case "between": {
				const number = { verb: "wynosi", quantity: "plain", canBeMissing: true } as const;
				return numberClause({ name, gender: "feminine", ...number }, test, true, format);
			}
			default:
				return textClause({ name, gender: "feminine" }, test, true, format);
		}
	});
	const properties = tests.length > 0 ? ` (${tests.join(" i ")})` : "";
	const time = during
		? ` (nie wcześniej niż ${format.instant(during.from)} i przed ${format.instant(during.to)})`
		: "";
	return page + properties + time;
}
