// What is so of a leaf, in Polish: what follows “jest” or “było”.

import type { CountBecause, LeafBecause, WhereaboutsSource } from "../because.ts";
import type { Value } from "../event.ts";
import { isDateTest } from "../match.ts";
import { wordsOfAttribute } from "./attributes.ts";
import { consentWords } from "./consents.ts";
import { numberWords, textWords } from "./fields.ts";
import { type Format, shortened } from "./format.ts";
import type { Quantity } from "./language.ts";
import { size } from "./pl-tests.ts";
import { afterNumber, polish, thereIs } from "./plural.ts";
import { valueText } from "./value.ts";

const sources: Readonly<Record<WhereaboutsSource, string>> = {
	declared: "według deklaracji",
	delivery: "według adresu dostawy",
	seen: "według przeglądarki",
};

/** A bare number and an amount of money are one thing, points are several. */
function verb(actual: number, quantity: Quantity): string {
	return quantity === "points" ? afterNumber(actual, thereIs) : "jest";
}

/** Nothing of a segment: its condition is told by itself. */
export function polishActual(because: LeafBecause, format: Format): string {
	switch (because.kind) {
		case "text": {
			if (because.actual === undefined) return "brak wartości";
			const from = because.from ? `, ${sources[because.from]}` : "";
			return `jest ${valueText(textWords[because.field], because.actual, "pl", format)}${from}`;
		}
		case "number":
			if (because.actual === undefined) return "brak wartości";
			return `${verb(because.actual, numberWords[because.field].quantity)} ${size(because.actual, numberWords[because.field].quantity, format)}`;
		case "attribute":
			if (because.actual === undefined) return "brak wartości";
			return `jest ${attributeText(because, because.actual, format)}`;
		case "age":
			return because.actual === undefined ? "brak wartości" : `ma ${size(because.actual, "years", format)}`;
		case "member":
			return because.actual === undefined
				? "nie ma w nim tej osoby"
				: `dołączono ${format.minute(because.actual)}`;
		case "near": {
			if (because.actual === undefined) return "miejsce pobytu jest nieznane";
			const from = because.from ? `, ${sources[because.from]}` : "";
			return `odległość: ${format.number(Math.round(because.actual * 10) / 10)} km${from}`;
		}
		case "tag":
			if (because.actual === 0) return "nie dodano go ani razu";
			return `dodano go ${format.number(because.actual)} ${afterNumber(because.actual, polish.time)}`;
		case "events":
			return counted(because, format);
		case "points":
			return `${verb(because.actual, "points")} ${size(because.actual, "points", format)}`;
		case "sum":
			return `jest ${format.number(because.actual)}`;
		case "date":
		case "tagged":
		case "moment":
			return because.actual === undefined ? "nie było ani razu" : `było ${format.minute(because.actual)}`;
		case "sequence": {
			if (because.actual) {
				const { firstAt, thenAt } = because.actual;
				return `było ${format.minute(firstAt)}, a potem ${format.minute(thenAt)}`;
			}
			if (!because.open) return "nie było";
			const { firstAt, until } = because.open;
			return `początek był ${format.minute(firstAt)}, na resztę jest czas do ${format.minute(until)}`;
		}
		case "orders": {
			const { count, revenue } = because.orders;
			const orders = `${format.number(count)} ${afterNumber(count, polish.order)}`;
			const are = afterNumber(count, thereIs);
			if (because.of === "count") return `${are} ${orders}`;
			const total = `${orders}, łącznie ${format.money(revenue)}`;
			if (because.actual === undefined) return "nie ma zamówień";
			return because.of === "revenue" ? `${are} ${total}` : `jest ${format.cents(because.actual)} (${total})`;
		}
		case "cart":
			if (because.actual.length === 0) return "koszyk jest pusty";
			return `w koszyku: ${because.actual.map(format.quote).join(", ")}`;
		case "interest":
			if (because.actual === undefined) return "nie ma takiego zainteresowania";
			return `jest ${size(shortened(because.actual), because.of === "share" ? "percent" : "plain", format)}`;
		case "list":
			if (because.actual === undefined) return "nie ma na niej tej osoby";
			return `jest na niej od ${format.minute(because.actual)}`;
		case "consent":
			if (because.actual === undefined) return "nie ma takiej zgody";
			return `${consentWords[because.actual.state].pl} (od ${format.minute(because.actual.since)})`;
		case "segment":
			return "";
	}
}

type AttributeBecause = LeafBecause & { readonly kind: "attribute" };

function attributeText({ name, needed }: AttributeBecause, value: Value, format: Format): string {
	if (typeof value === "string") return valueText(wordsOfAttribute(name, needed) ?? {}, value, "pl", format);
	if (typeof value === "boolean") return value ? "„tak”" : "„nie”";
	if (typeof value === "object")
		return value.length === 0 ? "pusta lista" : value.map(format.quote).join(", ");
	return isDateTest(needed) ? format.minute(value) : format.number(value);
}

function times(n: number, format: Format): string {
	return n === 0 ? "nie było ani razu" : `było ${format.number(n)} ${afterNumber(n, polish.time)}`;
}

function counted({ actual, by, isAtLeast, lastAt }: CountBecause, format: Format): string {
	const more = isAtLeast ? " lub więcej" : "";
	const last = lastAt === undefined ? "" : `, ostatnio ${format.minute(lastAt)}`;
	if (actual === 0 || by === undefined) return `${times(actual, format)}${more}${last}`;
	const n = format.number(actual);
	if (by === "visit")
		return `było w ${n}${more} ${actual === 1 && !isAtLeast ? "wizycie" : "wizytach"}${last}`;
	return `liczba różnych wartości: ${n}${more}${last}`;
}
