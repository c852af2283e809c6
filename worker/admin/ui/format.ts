// Numbers, money, dates and spans, as the language writes them.

import type { Lang } from "./language.ts";

export interface Format {
	readonly number: (value: number, digits?: number) => string;
	/** Of a share between 0 and 1. */
	readonly percent: (share: number, digits?: number) => string;
	/** An amount in units of the currency. */
	readonly money: (value: number, currency: string, digits?: number) => string;
	readonly date: (at: number) => string;
	readonly time: (at: number) => string;
	readonly dateTime: (at: number) => string;
	/** "5 minutes ago", "tomorrow". */
	readonly relative: (at: number, now?: number) => string;
	readonly span: (ms: number) => string;
	/** Of a country by its two letters; anything else as it is. */
	readonly country: (code: string) => string;
	readonly list: (items: readonly string[]) => string;
	/** Orders texts as a dictionary does, and numbers in them by their size. */
	readonly compare: (one: string, other: string) => number;
}

const units = [
	["year", 31_557_600_000],
	["month", 2_629_800_000],
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000],
	["second", 1_000],
] as const;

/** The largest unit of which there is at least one. */
function unitOf(ms: number): (typeof units)[number] {
	return units.find(([, size]) => Math.abs(ms) >= size) ?? ["second", 1_000];
}

export function formatOf(lang: Lang): Format {
	const of = <T>(make: (locale: string) => T): T => make(lang === "pl" ? "pl-PL" : "en-GB");
	const date = of((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }));
	const time = of((locale) => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
	const dateTime = of(
		(locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
	);
	const relative = of((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
	const list = of((locale) => new Intl.ListFormat(locale, { type: "conjunction" }));
	const countries = of((locale) => new Intl.DisplayNames(locale, { type: "region" }));
	const collator = of((locale) => new Intl.Collator(locale, { numeric: true }));
	return {
		number: (value, digits = 0) =>
			of((locale) => value.toLocaleString(locale, { maximumFractionDigits: digits })),
		percent: (share, digits = 0) =>
			of((locale) => share.toLocaleString(locale, { style: "percent", maximumFractionDigits: digits })),
		money: (value, currency, digits = 2) =>
			of((locale) =>
				value.toLocaleString(locale, {
					style: "currency",
					currency,
					minimumFractionDigits: digits,
					maximumFractionDigits: digits,
				}),
			),
		date: (at) => date.format(at),
		time: (at) => time.format(at),
		dateTime: (at) => dateTime.format(at),
		relative: (at, now = Date.now()) => {
			const [unit, size] = unitOf(at - now);
			return relative.format(Math.round((at - now) / size), unit);
		},
		span: (ms) => {
			const [unit, size] = unitOf(ms);
			return of((locale) =>
				Math.round(ms / size).toLocaleString(locale, { style: "unit", unit, unitDisplay: "long" }),
			);
		},
		country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
		list: (items) => list.format(items),
		compare: collator.compare,
	};
}

export const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
