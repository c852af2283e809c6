// Events and their pages in English: that they happened, how many there are, the first and the last of them.

import type { EventMatch, PathTest } from "../condition.ts";
import { numberClause, textClause, truth } from "./en-tests.ts";
import type { EnglishEvent } from "./event-forms.ts";
import { englishEvent } from "./events.ts";
import type { Format } from "./format.ts";
import { afterEnglish } from "./plural.ts";

/** the page “/pricing” was viewed */
export function englishHappened(match: EventMatch, format: Format): string {
	const event = englishEvent(match.name, format.quote(match.name));
	return `${subjectOf(match, event, format)} ${event.did}`;
}

/** 2 more views of the page “/pricing” */
export function moreEnglish(n: number, match: EventMatch, format: Format): string {
	return occurrences(n, "more", match, format);
}

/** 2 fewer purchases of a product */
export function fewerEnglish(n: number, match: EventMatch, format: Format): string {
	return occurrences(n, "fewer", match, format);
}

function occurrences(n: number, how: "more" | "fewer", match: EventMatch, format: Format): string {
	const event = englishEvent(match.name, format.quote(match.name));
	return `${format.number(n)} ${how} ${afterEnglish(n, event.noun)}${rest(match, event, format)}`;
}

export function subjectOf(match: EventMatch, event: EnglishEvent, format: Format): string {
	return (event.subject + rest(match, event, format)).trimStart();
}

/** the first view of the page “/pricing” */
export function momentName(match: EventMatch, which: "first" | "last", format: Format): string {
	return `the ${which} ${englishOccurrence(match, format)}`;
}

/** view of the page “/pricing” */
export function englishOccurrence(match: EventMatch, format: Format): string {
	const event = englishEvent(match.name, format.quote(match.name));
	return event.noun.one + rest(match, event, format);
}

const paths: Readonly<Record<Exclude<PathTest["op"], "is">, string>> = {
	"starts-with": "starts with",
	contains: "contains",
	wildcard: "matches the pattern",
};

/** What follows the name of an event: its page, its properties, its time. */
export function rest(
	{ path, where = [], during }: EventMatch,
	{ isPage }: EnglishEvent,
	format: Format,
): string {
	const tests = where.map(({ property, test }) => {
		const name = `the property ${format.quote(property)}`;
		switch (test.op) {
			case "is-true":
			case "is-false":
				return `${name} ${truth(test.op, true)}`;
			case ">=":
			case "<=":
			case "=":
			case "between":
				return numberClause({ name, quantity: "plain", canBeMissing: true }, test, true, format);
			default:
				return textClause(name, test, true, format);
		}
	});
	const on = isPage ? " " : " on ";
	const anywhere = isPage ? " a page" : "";
	const page = path ? on + pageText(path, format) : anywhere;
	const properties = tests.length > 0 ? ` (${tests.join(" and ")})` : "";
	const time = during
		? ` (on or after ${format.instant(during.from)} and before ${format.instant(during.to)})`
		: "";
	return page + properties + time;
}

/** the page “/pricing”, a page whose path starts with “/offer” */
export function pageText({ op, value }: PathTest, format: Format): string {
	if (op === "is") return `the page ${format.quote(value)}`;
	return `a page whose path ${paths[op]} ${format.quote(value)}`;
}
