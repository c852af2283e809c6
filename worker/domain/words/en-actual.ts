// What is so of a leaf, in English.

import type { CountBecause, LeafBecause, WhereaboutsSource } from "../because.ts";
import type { Value } from "../event.ts";
import { isDateTest } from "../match.ts";
import { wordsOfAttribute } from "./attributes.ts";
import { consentWords } from "./consents.ts";
import { size } from "./en-tests.ts";
import { numberWords, textWords } from "./fields.ts";
import { type Format, shortened } from "./format.ts";
import { afterEnglish, english } from "./plural.ts";
import { valueText } from "./value.ts";

const sources: Readonly<Record<WhereaboutsSource, string>> = {
	declared: "as declared",
	delivery: "by the delivery address",
	seen: "by the browser",
};

/** Nothing of a segment: its condition is told by itself. */
export function englishActual(because: LeafBecause, format: Format): string {
	switch (because.kind) {
		case "text": {
			if (because.actual === undefined) return "there is no value";
			const from = because.from ? `, ${sources[because.from]}` : "";
			return `it is ${valueText(textWords[because.field], because.actual, "en", format)}${from}`;
		}
		case "number":
			if (because.actual === undefined) return "there is no value";
			return `it is ${size(because.actual, numberWords[because.field].quantity, format)}`;
		case "attribute":
			if (because.actual === undefined) return "there is no value";
			return `it is ${attributeText(because, because.actual, format)}`;
		case "age":
			return because.actual === undefined
				? "there is no value"
				: `it is ${size(because.actual, "years", format)}`;
		case "member":
			return because.actual === undefined
				? "the person is not in it"
				: `the person joined on ${format.minute(because.actual)}`;
		case "near": {
			if (because.actual === undefined) return "nobody knows where the person is";
			const from = because.from ? `, ${sources[because.from]}` : "";
			return `it is ${format.number(Math.round(because.actual * 10) / 10)} km away${from}`;
		}
		case "tag":
			return because.actual === 0
				? "it was never added"
				: `it was added ${times(because.actual, "", format)}`;
		case "events":
			return counted(because, format);
		case "points":
			return `it is ${size(because.actual, "points", format)}`;
		case "sum":
			return `it is ${format.number(because.actual)}`;
		case "date":
		case "tagged":
		case "moment":
			return because.actual === undefined
				? "it never happened"
				: `it was on ${format.minute(because.actual)}`;
		case "sequence": {
			if (because.actual) {
				const { firstAt, thenAt } = because.actual;
				return `it was on ${format.minute(firstAt)}, and then on ${format.minute(thenAt)}`;
			}
			if (!because.open) return "it never happened";
			const { firstAt, until } = because.open;
			return `it began on ${format.minute(firstAt)}, and there is time for the rest until ${format.minute(until)}`;
		}
		case "orders": {
			const { count, revenue } = because.orders;
			const orders = `${format.number(count)} ${afterEnglish(count, english.order)}`;
			if (because.of === "count") return `there ${count === 1 ? "is" : "are"} ${orders}`;
			if (because.actual === undefined) return "there are no orders";
			const total = `${orders}, ${format.money(revenue)} in total`;
			return because.of === "revenue"
				? `there ${count === 1 ? "is" : "are"} ${total}`
				: `it is ${format.cents(because.actual)} (${total})`;
		}
		case "cart":
			if (because.actual.length === 0) return "the cart is empty";
			return `in the cart: ${because.actual.map(format.quote).join(", ")}`;
		case "interest":
			if (because.actual === undefined) return "there is no such interest";
			return `it is ${size(shortened(because.actual), because.of === "share" ? "percent" : "plain", format)}`;
		case "list":
			if (because.actual === undefined) return "the person is not on it";
			return `the person has been on it since ${format.minute(because.actual)}`;
		case "consent":
			if (because.actual === undefined) return "there is no such consent";
			return `it has been ${consentWords[because.actual.state].en} since ${format.minute(because.actual.since)}`;
		case "segment":
			return "";
	}
}

type AttributeBecause = LeafBecause & { readonly kind: "attribute" };

function attributeText({ name, needed }: AttributeBecause, value: Value, format: Format): string {
	if (typeof value === "string") return valueText(wordsOfAttribute(name, needed) ?? {}, value, "en", format);
	if (typeof value === "boolean") return value ? "true" : "false";
	if (typeof value === "object")
		return value.length === 0 ? "an empty list" : value.map(format.quote).join(", ");
	return isDateTest(needed) ? format.minute(value) : format.number(value);
}

function times(n: number, more: string, format: Format): string {
	if (n === 1 && !more) return "once";
	return `${format.number(n)}${more} ${more ? english.time.other : afterEnglish(n, english.time)}`;
}

function counted({ actual, by, isAtLeast, lastAt }: CountBecause, format: Format): string {
	const more = isAtLeast ? " or more" : "";
	const last = lastAt === undefined ? "" : `, last on ${format.minute(lastAt)}`;
	if (actual === 0) return `it never happened${last}`;
	if (by === undefined) return `it happened ${times(actual, more, format)}${last}`;
	const n = format.number(actual) + more;
	const isOne = actual === 1 && !isAtLeast;
	if (by === "visit") return `it happened in ${n} ${isOne ? "visit" : "visits"}${last}`;
	return `number of different values: ${n}${last}`;
}
