// The tests of the language as Polish clauses about something named.

import type { DateTest, NumberTest, TextTest, ValueTest } from "../condition.ts";
import { wordsOfAttribute } from "./attributes.ts";
import type { DatedName, Gender, Name } from "./fields.ts";
import type { Format } from "./format.ts";
import type { Quantity } from "./language.ts";
import { afterNumber, genitiveAfter, type Noun, polish, spanOf } from "./plural.ts";
import { valueText } from "./value.ts";

export interface Amount extends Name {
	readonly verb: "wynosi" | "to";
	readonly quantity: Quantity;
	readonly canBeMissing: boolean;
}

const known: Readonly<Record<Gender, string>> = { masculine: "znany", feminine: "znana", neuter: "znane" };
const unknown: Readonly<Record<Gender, string>> = {
	masculine: "nieznany",
	feminine: "nieznana",
	neuter: "nieznane",
};

/** `value` writes a text that is compared whole. */
export function textClause(
	{ name, gender }: Name,
	test: TextTest,
	isSo: boolean,
	format: Format,
	value = format.quote,
): string {
	const no = isSo ? "" : "nie ";
	switch (test.op) {
		case "is":
			return `${name} to ${no}${value(test.value)}`;
		case "any-of":
			if (test.values.length === 0) return `${name} ${no}jest na pustej liście`;
			return `${name} to ${no}${isSo ? format.or(test.values.map(value)) : nor(test.values.map(value))}`;
		case "contains":
			return `${name} ${no}zawiera ${format.quote(test.value)}`;
		case "starts-with":
			return `${name} ${no}zaczyna się od ${format.quote(test.value)}`;
		case "ends-with":
			return `${name} ${no}kończy się na ${format.quote(test.value)}`;
		case "wildcard":
			return `${name} ${no}pasuje do wzorca ${format.quote(test.value)}`;
		case "exists":
			return `${name} jest ${(isSo ? known : unknown)[gender]}`;
	}
}

/** Where a value may be missing, what is not at least ten need not be less. */
export function numberClause(
	{ name, gender, verb, quantity, canBeMissing }: Amount,
	test: NumberTest,
	isSo: boolean,
	format: Format,
): string {
	if (isSo) return `${name} ${verb} ${amount(test, quantity, format)}`;
	if (test.op === "between") return `${name} nie mieści się w przedziale ${amount(test, quantity, format)}`;
	if (test.op === "=")
		return `${name} ${verb === "to" ? "to nie" : `nie ${verb}`} ${amount(test, quantity, format)}`;
	const orMissing = canBeMissing ? ` (albo jest ${unknown[gender]})` : "";
	return `${name} ${verb} ${opposite[test.op]} ${size(test.n, quantity, format)}${orMissing}`;
}

export const compared = { ">=": "co najmniej", "<=": "najwyżej", "=": "dokładnie" } as const;
/** What is not at least so many is fewer; to not being exactly so many nothing corresponds. */
export const opposite = { ">=": "mniej niż", "<=": "więcej niż" } as const;

/** co najmniej 22 punkty, od 2 do 5 punktów */
function amount(test: NumberTest, quantity: Quantity, format: Format): string {
	if (test.op !== "between") return `${compared[test.op]} ${size(test.n, quantity, format)}`;
	const { from, to } = test;
	if (quantity === "money") return `od ${format.money(from)} do ${format.money(to)}`;
	if (quantity === "percent") return `od ${format.number(from)} do ${size(to, quantity, format)}`;
	const unit = unitOf(quantity);
	return `od ${format.number(from)} do ${format.number(to)}${unit ? ` ${genitiveAfter(to, unit)}` : ""}`;
}

/** 22 punkty, 100 zł */
export function size(n: number, quantity: Quantity, format: Format): string {
	if (quantity === "money") return format.money(n);
	if (quantity === "percent") return `${format.number(n)}%`;
	const unit = unitOf(quantity);
	return unit ? `${format.number(n)} ${afterNumber(n, unit)}` : format.number(n);
}

function unitOf(quantity: Quantity): Noun | undefined {
	if (quantity === "points") return polish.point;
	return quantity === "years" ? polish.year : undefined;
}

export interface DateVerbs {
	readonly past: string;
	readonly future: string;
}
const happened: Readonly<Record<Gender, DateVerbs>> = {
	masculine: { past: "nastąpił", future: "nastąpi" },
	feminine: { past: "nastąpiła", future: "nastąpi" },
	neuter: { past: "nastąpiło", future: "nastąpi" },
};

export function dateClause(
	{ name, genitive, gender }: DatedName,
	test: DateTest,
	isSo: boolean,
	format: Format,
	verbs = happened[gender],
): string {
	const no = isSo ? "" : "nie ";
	const or = isSo ? "lub" : "ani";
	switch (test.op) {
		case "before":
			return `${name} ${no}${verbs.past} przed ${format.instant(test.at)}`;
		case "after":
			return `${name} ${no}${verbs.past} ${format.instant(test.at)} ${or} później`;
		case "in-the-last":
			return `${name} ${no}${verbs.past} w ciągu ${last(test.ms, format)}`;
		case "longer-ago":
			return `${name} ${no}${verbs.past} ${span(test.ms, format)} temu ${or} dawniej`;
		case "in-the-next":
			return `${name} ${no}${verbs.future} w ciągu ${next(test.ms, format)}`;
		case "anniversary":
			return `rocznica ${genitive} ${no}przypada ${soon(test.days, or, format)}`;
	}
}

function soon(days: number, or: string, format: Format): string {
	if (days === 0) return "dziś";
	if (days === 1) return `dziś ${or} jutro`;
	return `dziś ${or} w ciągu następnych ${format.number(days)} ${genitiveAfter(days, polish.day)}`;
}

const attributeVerbs: DateVerbs = { past: "przypada", future: "przypada" };

export function attributeClause(key: string, test: ValueTest, isSo: boolean, format: Format): string {
	const words = wordsOfAttribute(key, test);
	const quoted = format.attribute(key);
	const { name, gender }: Name = words?.pl ?? { name: `atrybut ${quoted}`, gender: "masculine" };
	const list = words ? name : `lista w atrybucie ${quoted}`;
	const no = isSo ? "" : "nie ";
	switch (test.op) {
		case "is-true":
		case "is-false":
			return `${name} ${truth(test.op, isSo)}`;
		case "has-any":
			if (test.values.length === 0) return `${list} ${no}zawiera cokolwiek z pustej listy`;
			return `${list} ${no}zawiera ${listed(test.values, isSo, format)}`;
		case "has-all":
			if (test.values.length === 0) return `${name} ${no}jest listą`;
			return `${list} ${no}zawiera ${atOnce(test.values, isSo)}${together(test.values, format)}`;
		case "before":
		case "after":
		case "in-the-last":
		case "longer-ago":
		case "in-the-next":
		case "anniversary": {
			const date: DatedName = words?.pl ?? {
				name: `data w atrybucie ${quoted}`,
				genitive: `daty w atrybucie ${quoted}`,
				gender: "feminine",
			};
			return dateClause(date, test, isSo, format, attributeVerbs);
		}
		case ">=":
		case "<=":
		case "=":
		case "between": {
			const number = {
				name,
				gender,
				verb: "wynosi",
				quantity: "plain",
				canBeMissing: true,
			} as const;
			// An attribute that is no number is not unknown.
			if (!isSo && (test.op === ">=" || test.op === "<="))
				return `${numberClause({ ...number, canBeMissing: false }, test, isSo, format)} (albo nie jest liczbą)`;
			return numberClause(number, test, isSo, format);
		}
		default: {
			const value = words && ((text: string) => valueText(words, text, "pl", format));
			return textClause({ name, gender }, test, isSo, format, value);
		}
	}
}

/** Of a text it is never said that something has it as a value. */
export function truth(op: "is-true" | "is-false", isSo: boolean): string {
	const value = op === "is-true" ? "tak" : "nie";
	return isSo ? `ma wartość „${value}”` : `nie ma wartości „${value}”`;
}

/** Any of them: „a” lub „b”; none of them: „a” ani „b”. */
export function listed(values: readonly string[], isSo: boolean, format: Format): string {
	const quoted = values.map(format.quote);
	return isSo ? format.or(quoted) : nor(quoted);
}

/** Each of them: „a” i „b”. */
export function together(values: readonly string[], format: Format): string {
	return format.and(values.map(format.quote));
}

/** Not each of them is not none of them. */
function atOnce(values: readonly string[], isSo: boolean): string {
	return isSo || values.length === 1 ? "" : "jednocześnie ";
}

function nor(texts: readonly string[]): string {
	const [only = ""] = texts;
	if (texts.length < 2) return only;
	return `${texts.slice(0, -1).join(", ")} ani ${texts.at(-1)}`;
}

const lastOne = {
	day: "ostatniego dnia",
	hour: "ostatniej godziny",
	minute: "ostatniej minuty",
	second: "ostatniej sekundy",
	millisecond: "ostatniej milisekundy",
} as const;
const nextOne = {
	day: "najbliższego dnia",
	hour: "najbliższej godziny",
	minute: "najbliższej minuty",
	second: "najbliższej sekundy",
	millisecond: "najbliższej milisekundy",
} as const;

/** (w ciągu) ostatnich 7 dni, ostatniej godziny */
export function last(ms: number, format: Format): string {
	const { unit, n } = spanOf(ms);
	return n === 1 ? lastOne[unit] : `ostatnich ${format.number(n)} ${genitiveAfter(n, polish[unit])}`;
}

function next(ms: number, format: Format): string {
	const { unit, n } = spanOf(ms);
	return n === 1 ? nextOne[unit] : `najbliższych ${format.number(n)} ${genitiveAfter(n, polish[unit])}`;
}

/** (w ciągu) 30 minut, 1 godziny */
export function spanGenitive(ms: number, format: Format): string {
	const { unit, n } = spanOf(ms);
	return `${format.number(n)} ${genitiveAfter(n, polish[unit])}`;
}

/** 30 minut (temu), 1 godzinę (temu) */
function span(ms: number, format: Format): string {
	const { unit, n } = spanOf(ms);
	const noun = afterNumber(n, polish[unit]);
	// Feminine units change in the accusative, and only after one.
	return `${format.number(n)} ${n === 1 ? noun.replace(/a$/, "ę") : noun}`;
}
