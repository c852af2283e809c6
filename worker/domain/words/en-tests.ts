// The tests of the language as English clauses about something named.

import type { DateTest, NumberTest, TextTest, ValueTest } from "../condition.ts";
import { wordsOfAttribute } from "./attributes.ts";
import type { Format } from "./format.ts";
import type { Quantity } from "./language.ts";
import { afterEnglish, english, spanOf } from "./plural.ts";
import { valueText } from "./value.ts";

export interface Amount {
	readonly name: string;
	readonly quantity: Quantity;
	readonly canBeMissing: boolean;
}

/** `value` writes a text that is compared whole. */
export function textClause(
	name: string,
	test: TextTest,
	isSo: boolean,
	format: Format,
	value = format.quote,
): string {
	const verb = (does: string, stem: string) => `${name} ${isSo ? does : `does not ${stem}`}`;
	const is = `${name} ${isSo ? "is" : "is not"}`;
	switch (test.op) {
		case "is":
			return `${is} ${value(test.value)}`;
		case "any-of":
			if (test.values.length === 0) return `${is} in the empty list`;
			if (isSo || test.values.length === 1) return `${is} ${format.or(test.values.map(value))}`;
			return `${name} is ${neither(test.values.map(value))}`;
		case "contains":
			return `${verb("contains", "contain")} ${format.quote(test.value)}`;
		case "starts-with":
			return `${verb("starts with", "start with")} ${format.quote(test.value)}`;
		case "ends-with":
			return `${verb("ends with", "end with")} ${format.quote(test.value)}`;
		case "wildcard":
			return `${verb("matches", "match")} the pattern ${format.quote(test.value)}`;
		case "exists":
			return `${name} is ${isSo ? "known" : "unknown"}`;
	}
}

/** Where a value may be missing, what is not at least ten need not be less. */
export function numberClause(
	{ name, quantity, canBeMissing }: Amount,
	test: NumberTest,
	isSo: boolean,
	format: Format,
): string {
	if (isSo) return `${name} is ${amount(test, quantity, format)}`;
	if (test.op === "=") return `${name} is not ${amount(test, quantity, format)}`;
	if (test.op === "between") return `${name} is not in the range ${amount(test, quantity, format)}`;
	const orMissing = canBeMissing ? " (or is unknown)" : "";
	return `${name} is ${opposite[test.op]} ${size(test.n, quantity, format)}${orMissing}`;
}

export const compared = { ">=": "at least", "<=": "at most", "=": "exactly" } as const;
/** What is not at least so many is fewer; to not being exactly so many nothing corresponds. */
export const opposite = { ">=": "less than", "<=": "more than" } as const;
/** Of what is counted one by one. */
export const oppositeCount = { ">=": "fewer than", "<=": "more than" } as const;

/** at least 22 points, from 2 to 5 points */
function amount(test: NumberTest, quantity: Quantity, format: Format): string {
	if (test.op !== "between") return `${compared[test.op]} ${size(test.n, quantity, format)}`;
	const from = quantity === "money" ? format.money(test.from) : format.number(test.from);
	return `from ${from} to ${size(test.to, quantity, format)}`;
}

/** 22 points, PLN 100 */
export function size(n: number, quantity: Quantity, format: Format): string {
	if (quantity === "money") return format.money(n);
	if (quantity === "percent") return `${format.number(n)}%`;
	if (quantity === "plain") return format.number(n);
	return `${format.number(n)} ${afterEnglish(n, quantity === "points" ? english.point : english.year)}`;
}

/** What happened was, and a date that somebody wrote down is. */
const happened = { was: "was", wasNot: "was not", willBe: "will be", willNotBe: "will not be" };
const written = { was: "is", wasNot: "is not", willBe: "is", willNotBe: "is not" };

export function dateClause(
	name: string,
	test: DateTest,
	isSo: boolean,
	format: Format,
	verbs = happened,
): string {
	const was = isSo ? verbs.was : verbs.wasNot;
	switch (test.op) {
		case "before":
			return `${name} ${was} before ${format.instant(test.at)}`;
		case "after":
			return `${name} ${was} on or after ${format.instant(test.at)}`;
		case "in-the-last":
			return `${name} ${was} in the last ${last(test.ms, format)}`;
		case "longer-ago":
			return `${name} ${was} ${span(test.ms, format)} ago or earlier`;
		case "in-the-next":
			return `${name} ${isSo ? verbs.willBe : verbs.willNotBe} in the next ${last(test.ms, format)}`;
		case "anniversary":
			return `the anniversary of ${name} ${isSo ? "falls" : "does not fall"} ${soon(test.days, format)}`;
	}
}

function soon(days: number, format: Format): string {
	if (days === 0) return "today";
	if (days === 1) return "today or tomorrow";
	return `today or in the ${format.number(days)} days after`;
}

export function attributeClause(key: string, test: ValueTest, isSo: boolean, format: Format): string {
	const words = wordsOfAttribute(key, test);
	const name = words?.en ?? `the attribute ${format.attribute(key)}`;
	const list = words ? name : `the list in ${name}`;
	const contains = `${list} ${isSo ? "contains" : "does not contain"}`;
	switch (test.op) {
		case "is-true":
		case "is-false":
			return `${name} ${truth(test.op, isSo)}`;
		case "has-any":
			if (test.values.length === 0) return `${contains} anything of the empty list`;
			return isSo || test.values.length === 1
				? `${contains} ${format.or(test.values.map(format.quote))}`
				: `${list} contains ${neither(test.values.map(format.quote))}`;
		case "has-all": {
			if (test.values.length === 0) return `${name} ${isSo ? "is" : "is not"} a list`;
			return `${contains} ${together(test.values, isSo, format)}`;
		}
		case "before":
		case "after":
		case "in-the-last":
		case "longer-ago":
		case "in-the-next":
		case "anniversary":
			return dateClause(words ? name : `the date in ${name}`, test, isSo, format, written);
		case ">=":
		case "<=":
		case "=":
		case "between": {
			const clause = numberClause({ name, quantity: "plain", canBeMissing: false }, test, isSo, format);
			// An attribute that is no number is not unknown.
			return !isSo && (test.op === ">=" || test.op === "<=") ? `${clause} (or is not a number)` : clause;
		}
		default: {
			const value = words && ((text: string) => valueText(words, text, "en", format));
			return textClause(name, test, isSo, format, value);
		}
	}
}

/** is true, without the marks that texts have. */
export function truth(op: "is-true" | "is-false", isSo: boolean): string {
	return `${isSo ? "is" : "is not"} ${op === "is-true" ? "true" : "false"}`;
}

/** neither “a” nor “b” */
export function neither(texts: readonly string[]): string {
	return `neither ${texts.slice(0, -1).join(", ")} nor ${texts.at(-1)}`;
}

/** Not each of them is not none of them. */
export function together(values: readonly string[], isSo: boolean, format: Format): string {
	const all = format.and(values.map(format.quote));
	return isSo || values.length === 1 ? all : `all of ${all}`;
}

/** (in the) last 7 days, last hour */
export function last(ms: number, format: Format): string {
	const { unit, n } = spanOf(ms);
	return n === 1 ? english[unit].one : `${format.number(n)} ${afterEnglish(n, english[unit])}`;
}

/** 30 minutes, 1 hour */
export function span(ms: number, format: Format): string {
	const { unit, n } = spanOf(ms);
	return `${format.number(n)} ${afterEnglish(n, english[unit])}`;
}
