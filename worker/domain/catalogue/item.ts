// What a feed's item says in its fields, read with care: each mistake is named with its field and what was said.

import { own } from "../keyed.ts";
import { hundredths } from "../money.ts";
import { unescaped } from "./entities.ts";

export type FieldFault =
	| "missing"
	| "too-long"
	| "not-an-address"
	| "not-a-price"
	| "unknown-word"
	| "other-currency"
	/** Not as its kind of file has it: a quote or an element that is not closed. */
	| "malformed";

export interface ItemFault {
	readonly field: string;
	readonly is: FieldFault;
	/** What was said, shortened. */
	readonly said: string;
}

/** In whole hundredths of the currency (ISO 4217). */
export interface Amount {
	readonly hundredths: number;
	readonly currency: string;
}

const mostSaid = 80;
/** From here on it is a mistake. */
const dearest = 1e9;
const currencySigns: Readonly<Record<string, string>> = {
	zł: "PLN",
	"€": "EUR",
	$: "USD",
	"£": "GBP",
	kč: "CZK",
};

/** The fields of one item by their names; `faults` gathers what is wrong with those that were asked for. */
export class Item {
	readonly faults: ItemFault[] = [];
	readonly #fields: Readonly<Record<string, string>>;
	readonly #currency: string;

	/** `currency` is the site's, for prices that name none. */
	constructor(fields: Readonly<Record<string, string>>, currency: string) {
		this.#fields = fields;
		this.#currency = currency;
	}

	/** Nothing where the field is empty, or longer than `most` characters. */
	text(field: string, most: number): string | undefined {
		const text = plain(own(this.#fields, field) ?? "");
		if (text.length > most) return this.fault(field, "too-long", text);
		return text === "" ? undefined : text;
	}

	/** As `text`; that there is nothing is a fault. */
	needed(field: string, most: number): string | undefined {
		const text = this.text(field, most);
		if (text === undefined && !this.#isAtFault(field)) this.fault(field, "missing");
		return text;
	}

	/** Of a page or a picture on the web. */
	address(field: string, most: number): string | undefined {
		const text = this.text(field, most);
		return text === undefined || isAddress(text) ? text : this.fault(field, "not-an-address", text);
	}

	amount(field: string): Amount | undefined {
		const text = this.text(field, mostSaid);
		if (text === undefined) return undefined;
		return amountOf(text, this.#currency) ?? this.fault(field, "not-a-price", text);
	}

	word<Meaning>(field: string, meanings: Readonly<Record<string, Meaning>>, otherwise: Meaning): Meaning {
		const text = this.text(field, mostSaid);
		if (text === undefined) return otherwise;
		const meaning = own(meanings, text.toLowerCase().replaceAll("_", " "));
		if (meaning === undefined) this.fault(field, "unknown-word", text);
		return meaning ?? otherwise;
	}

	fault(field: string, is: FieldFault, said = ""): undefined {
		this.faults.push({ field, is, said: said.slice(0, mostSaid) });
	}

	#isAtFault(field: string): boolean {
		return this.faults.some((one) => one.field === field);
	}
}

/**
 * An amount as feeds and shops write it: `105.29 USD`, `1 299,00 zł`, `PLN 1.299,00`, `1,299.00`; nothing for what is none.
 */
export function amountOf(text: string, currency: string): Amount | undefined {
	const written = /^(?<before>\D*?)\s*(?<number>\d[\d\s.,'’]*)\s*(?<after>\D*)$/u.exec(text.trim())?.groups;
	if (!written) return undefined;
	const { before = "", number = "", after = "" } = written;
	const named = currencyOf(before.trim() || after.trim(), currency);
	const value = Number(decimal(number.replace(/[\s'’]/gu, "")));
	if (named === undefined || !(value < dearest)) return undefined;
	return { hundredths: hundredths(value), currency: named };
}

/** Text without the tags and the entities of HTML, which titles are full of, and without runs of blanks. */
export function plain(text: string): string {
	return unescaped(text.replace(/<\/?[a-z][^<>]{0,500}>/giu, " "))
		.replace(/\s+/gu, " ")
		.trim();
}

function isAddress(text: string): boolean {
	return /^https?:\/\/[^\s"'<>\\]+$/iu.test(text);
}

function currencyOf(said: string, otherwise: string): string | undefined {
	if (said === "") return otherwise;
	const word = said.toLowerCase().replace(/\.$/u, "");
	return own(currencySigns, word) ?? (/^[a-z]{3}$/u.test(word) ? word.toUpperCase() : undefined);
}

/** "1.299" is a thousand and more in a feed, as "1,299" is: prices have two decimals or none. */
const grouped = /^\d{1,3}(?:(?<group>[.,])\d{3})(?:\k<group>\d{3})*(?:(?!\k<group>)[.,](?<fraction>\d+))?$/u;

/** As the language of the machine writes it; what is none in any way of writing stays as it is. */
function decimal(number: string): string {
	const { fraction } = grouped.exec(number)?.groups ?? {};
	if (!grouped.test(number)) return number.replace(",", ".");
	const whole = number.slice(0, fraction === undefined ? undefined : -fraction.length - 1);
	return `${whole.replace(/[.,]/gu, "")}.${fraction ?? ""}`;
}
