// How values are written in a sentence: exactly, so that two values never look the same.

import { own } from "../keyed.ts";
import type { Context, InEach, Language } from "./language.ts";

export interface Format {
	/** In quotation marks, so that no text can pass for a part of the sentence. */
	quote(text: string): string;
	number(n: number): string;
	money(n: number): string;
	/** Money in whole hundredths: averages seldom are. */
	cents(n: number): string;
	/** To the millisecond, as far as it needs: `1 March 2026` is its midnight. */
	instant(at: number): string;
	/** Rounded down to the minute. */
	minute(at: number): string;
	and(texts: readonly string[]): string;
	or(texts: readonly string[]): string;
	/** The name that a marketer gave it, and its id where that alone tells it from others. */
	name(of: "segments" | "programmes" | "lists" | "rules" | "experiences" | "groups", id: string): string;
	/** Of the site's own: its name as it is sent where it has no other. */
	attribute(key: string): string;
	tier(programme: string, tier: string): string;
}

const locales: Readonly<Record<Language, string>> = { pl: "pl-PL", en: "en-GB" };
const marks: Readonly<Record<Language, readonly [string, string]>> = { pl: ["„", "”"], en: ["“", "”"] };

/** What makes formats is costly to make and always the same. */
const writers = new Map<string, Writers>();

export function formatOf(language: Language, context: Context): Format {
	const { currency = "", timeZone = "UTC" } = context;
	const key = `${language} ${currency} ${timeZone}`;
	const known = writers.get(key) ?? writersOf(locales[language], currency, timeZone);
	// A server sees few zones and currencies; a caller with many must not make this grow.
	if (writers.size >= 64) writers.clear();
	writers.set(key, known);
	const quote = (text: string) => quoted(text, marks[language]);
	return {
		quote,
		number: (n) => numberOf(n, known.number),
		money: (n) => numberOf(n, known.money),
		cents: (n) => numberOf(Math.round(n * 100) / 100, known.money),
		instant: (at) => instantOf(at, known),
		minute: (at) => instantOf(Math.floor(at / minuteMs) * minuteMs, known),
		and: (texts) => known.and.format(texts),
		or: (texts) => known.or.format(texts),
		name: (of, id) => nameOf(namesOf(context[of] ?? {}, language), id, quote),
		attribute: (key) => {
			const names = namesOf(context.attributes ?? {}, language);
			return own(names, key) === undefined ? quote(key) : nameOf(names, key, quote);
		},
		tier: (programme, tier) => nameOf(own(context.tiers ?? {}, programme) ?? {}, tier, quote),
	};
}

interface Writers {
	readonly number: Intl.NumberFormat;
	readonly money: Intl.NumberFormat;
	readonly day: Intl.DateTimeFormat;
	readonly time: Intl.DateTimeFormat;
	readonly offset: Intl.DateTimeFormat;
	readonly and: Intl.ListFormat;
	readonly or: Intl.ListFormat;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function writersOf(locale: string, currency: string, timeZone: string): Writers {
	const exactly = { maximumFractionDigits: 20 } as const;
	const number = new Intl.NumberFormat(locale, exactly);
	return {
		number,
		money: currency
			? new Intl.NumberFormat(locale, {
					...exactly,
					style: "currency",
					currency,
					trailingZeroDisplay: "stripIfInteger",
				})
			: number,
		day: new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long", year: "numeric" }),
		time: new Intl.DateTimeFormat(locale, {
			timeZone,
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
			fractionalSecondDigits: 3,
			hourCycle: "h23",
		}),
		offset: new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "longOffset" }),
		and: new Intl.ListFormat(locale, { type: "conjunction" }),
		or: new Intl.ListFormat(locale, { type: "disjunction" }),
	};
}

/** To hundredths, downwards: what is nearly enough must not look as if it were. */
export function shortened(n: number): number {
	return Math.floor(n * 100) / 100;
}

/** Outside of these sizes twenty decimals do not tell all numbers apart, or nobody reads the digits. */
function numberOf(n: number, writer: Intl.NumberFormat): string {
	const size = Math.abs(n);
	return n === 0 || (size >= 1e-3 && size <= 1e15) ? writer.format(n === 0 ? 0 : n) : String(n);
}

/** Years of four digits at most, before which calendars, and after which readers, are at a loss. */
const writable = { from: Date.UTC(1000, 0, 1), to: Date.UTC(9999, 11, 30) } as const;

function instantOf(at: number, writers: Writers): string {
	if (!Number.isInteger(at) || at < writable.from || at > writable.to) return `${at} ms`;
	const text = localTime(at, writers);
	// When clocks are put back, an hour of the wall comes twice.
	const isTwice = [at - hourMs, at + hourMs].some((other) => localTime(other, writers) === text);
	const offset = writers.offset.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
	return isTwice ? `${text} (${offset})` : text;
}

function localTime(at: number, { day, time }: Writers): string {
	const part = Object.fromEntries(time.formatToParts(at).map(({ type, value }) => [type, value]));
	const fraction = part.fractionalSecond === "000" ? "" : `.${part.fractionalSecond}`;
	const second = part.second === "00" && !fraction ? "" : `:${part.second}${fraction}`;
	const clock = `${part.hour}:${part.minute}${second}`;
	return clock === "00:00" ? day.format(at) : `${day.format(at)}, ${clock}`;
}

/**
 * What a reader could not see, or could take for the end of the quotation, is escaped: its mark, backslashes, every white
 * space but the space, control and format characters, halves of letters.
 */
function quoted(text: string, [open, close]: readonly [string, string]): string {
	const safe = text
		.replace(/[\\”]/g, "\\$&")
		.replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
	return open + safe + close;
}

function namesOf(
	names: Readonly<Record<string, string | InEach<string>>>,
	language: Language,
): Readonly<Record<string, string>> {
	const each = Object.entries(names).map(([id, name]) => [
		id,
		typeof name === "string" ? name : name[language],
	]);
	return Object.fromEntries(each);
}

function nameOf(names: Readonly<Record<string, string>>, id: string, quote: Format["quote"]): string {
	const name = own(names, id);
	if (name === undefined) return `${quote(id)} (id)`;
	const isOnly = Object.values(names).filter((other) => other === name).length === 1;
	return isOnly ? quote(name) : `${quote(name)} (id ${quote(id)})`;
}
