// Instants, spans and numbers as the language writes them.

import type { Lang } from "./words.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export interface Format {
	/** `14:05:33` */
	time(at: number): string;
	/** `14:05` today, `28 Nov, 14:05` on other days. */
	when(at: number, now: number): string;
	/** `Tue 24 Nov, 14:05:33` */
	full(at: number): string;
	/** `in 7 days` */
	relative(at: number, now: number): string;
	/** `7 days` */
	span(ms: number): string;
	number(n: number): string;
	/** `+10`, `−15` */
	signed(n: number): string;
	percent(n: number): string;
	place(country: string): string;
}

export function formatOf(lang: Lang): Format {
	// British: day before month and 24 hours, as in Polish.
	const locale = lang === "pl" ? "pl-PL" : "en-GB";
	const clockwise = { hour: "2-digit", minute: "2-digit" } as const;
	const short = { day: "numeric", month: "short" } as const;
	const time = new Intl.DateTimeFormat(locale, { ...clockwise, second: "2-digit" });
	const soon = new Intl.DateTimeFormat(locale, clockwise);
	const later = new Intl.DateTimeFormat(locale, { ...short, ...clockwise });
	const whole = new Intl.DateTimeFormat(locale, {
		weekday: "short",
		...short,
		...clockwise,
		second: "2-digit",
	});
	const apart = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
	const plain = new Intl.NumberFormat(locale);
	const plus = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
	const share = new Intl.NumberFormat(locale, { style: "percent" });
	const countries = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });
	const long = (n: number, unit: "minute" | "hour" | "day") =>
		new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(n);
	return {
		time: (at) => time.format(at),
		when: (at, now) => (isSameDay(at, now) ? soon : later).format(at),
		full: (at) => whole.format(at),
		relative(at, now) {
			const ms = at - now;
			if (Math.abs(ms) < minute) return apart.format(Math.round(ms / second), "second");
			if (Math.abs(ms) < hour) return apart.format(Math.round(ms / minute), "minute");
			if (Math.abs(ms) < 2 * day) return apart.format(Math.round(ms / hour), "hour");
			return apart.format(Math.round(ms / day), "day");
		},
		span(ms) {
			const parts = [
				[Math.floor(ms / day), "day"],
				[Math.floor((ms % day) / hour), "hour"],
				[Math.floor((ms % hour) / minute), "minute"],
			] as const;
			return parts
				.filter(([n]) => n > 0)
				.map(([n, unit]) => long(n, unit))
				.join(" ");
		},
		number: (n) => plain.format(n),
		signed: (n) => plus.format(n),
		percent: (n) => share.format(n / 100),
		// What a visitor could have sent as a country need not be one.
		place: (country) => (/^[A-Z]{2}$/.test(country) ? (countries.of(country) ?? country) : country),
	};
}

function isSameDay(a: number, b: number): boolean {
	return new Date(a).toDateString() === new Date(b).toDateString();
}
