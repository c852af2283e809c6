// Which days a report is of, as the address says it: the last so many, or days of one's own. Days are the site's own, as
// `YYYY-MM-DD`; the API knows which of them is today.

export const presets = [1, 7, 28, 90] as const;
export type Preset = (typeof presets)[number];
const usual: Preset = 28;

export type Days = { readonly days: Preset } | { readonly from: string; readonly until: string };

export interface Choice {
	readonly of: Days;
	/** Beside as many days before. */
	readonly isCompared: boolean;
}

type Query = Readonly<Record<string, string>>;
const dayMs = 86_400_000;

/** What is no period is the usual one. */
export function choiceIn({ days, from, until, compare }: Query): Choice {
	const isCompared = compare !== "no";
	if (isDay(from) && isDay(until) && from <= until) return { of: { from, until }, isCompared };
	return { of: { days: presets.find((one) => String(one) === days) ?? usual }, isCompared };
}

/** What is usual is not said. */
export function queryOf({ of, isCompared }: Choice): Query {
	const isUsual = "days" in of && of.days === usual;
	return {
		...(isUsual ? {} : "days" in of ? { days: String(of.days) } : of),
		...(isCompared ? {} : { compare: "no" }),
	};
}

/** For the API. */
export function askedOf(of: Days): string {
	return new URLSearchParams("days" in of ? { days: String(of.days) } : { ...of }).toString();
}

interface Span {
	readonly from: string;
	readonly until: string;
}

export function daysIn({ from, until }: Span): number {
	return Math.round((Date.parse(until) - Date.parse(from)) / dayMs) + 1;
}

/** As many days, right before. */
export function before(span: Span): Span {
	return { from: dayAfter(span.from, -daysIn(span)), until: dayAfter(span.from, -1) };
}

export function dayAfter(day: string, days: number): string {
	return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** The day of an instant on the clocks of a zone. In Sweden days are written so. */
export function dayOf(at: number, timeZone: string): string {
	return new Intl.DateTimeFormat("sv", { timeZone }).format(at);
}

/** An address with these in its query; what is undefined is not said. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
	const said = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined) said.set(name, value);
	const text = said.toString();
	return text === "" ? path : `${path}?${text}`;
}

function isDay(text: string | undefined): text is string {
	return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
