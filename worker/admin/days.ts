// A time on the site's own clock, in days or hours, with what came before it.

import { settingsOf } from "../data/sites.ts";
import { beginningOf, dayIn, daysAfter } from "../domain/calendar.ts";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { asked } from "./request.ts";

const usualDays = 30;
export const usualZone = "Europe/Warsaw";
const hourMs = 3_600_000;

/** Instants: from <= at < to. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

export interface Period extends Span {
	readonly timeZone: string;
	/** On the site's clock. */
	readonly now: number;
	/** The first day and the last, as `YYYY-MM-DD`. */
	readonly days: { readonly from: string; readonly until: string };
	/** Of as many days, right before. */
	readonly previous: Span;
}

/** Days by name, both included, or how many of the last. */
export interface Asked {
	readonly from?: string;
	readonly until?: string;
	readonly days?: number;
}

/** Nothing where there is no such site. */
export async function clockOf(
	env: Env,
	site: string,
): Promise<{ readonly timeZone: string; readonly now: number } | undefined> {
	const [written, offset] = await Promise.all([
		asked(settingsOf(env, site)),
		siteOf(env, site).clockOffsetMs(),
	]);
	if (!written) return undefined;
	return { timeZone: written.settings.timeZone ?? usualZone, now: Date.now() + offset };
}

export async function periodOf(env: Env, site: string, asked: Asked): Promise<Period | undefined> {
	const clock = await clockOf(env, site);
	return clock && { ...clock, ...spanOf(asked, clock.timeZone, clock.now) };
}

/** As long as details of contacts are counted back. */
const mostDays = 400;

/** Days that are asked for the wrong way round are one day; of too many, the last are told. */
export function spanOf(asked: Asked, timeZone: string, now: number): Omit<Period, "now" | "timeZone"> {
	const until = asked.until ?? dayIn(timeZone)(now);
	const first = asked.from ?? daysAfter(until, 1 - (asked.days ?? usualDays));
	const longest = daysAfter(until, 1 - mostDays);
	const ordered = first > until ? until : first;
	const from = ordered < longest ? longest : ordered;
	const days = Math.round((Date.parse(until) - Date.parse(from)) / (24 * hourMs)) + 1;
	const begins = beginningOf(from, timeZone);
	return {
		from: begins,
		to: beginningOf(daysAfter(until, 1), timeZone),
		days: { from, until },
		previous: { from: beginningOf(daysAfter(from, -days), timeZone), to: begins },
	};
}

/** The instants at which the days or the hours of a period begin, and its end. */
export function stepsOf(
	{ from, to, days, timeZone }: Pick<Period, "from" | "to" | "days" | "timeZone">,
	step: "hour" | "day",
): readonly number[] {
	const instants: number[] = [];
	if (step === "hour") for (let at = from; at < to; at += hourMs) instants.push(at);
	else
		for (let day = days.from; day <= days.until; day = daysAfter(day, 1))
			instants.push(beginningOf(day, timeZone));
	return instants;
}

/** Sums of what each hour has, one for each step: the place of an hour is the last step that begins with it or before. */
export function inSteps<T>(
	steps: readonly number[],
	hours: readonly T[],
	hourOf: (one: T) => number,
): readonly (readonly T[])[] {
	const all: T[][] = steps.map(() => []);
	const starts = steps.map((at) => Math.floor(at / hourMs));
	for (const one of hours) {
		const hour = hourOf(one);
		let low = 0;
		let high = starts.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if ((starts[middle] ?? 0) <= hour) low = middle;
			else high = middle;
		}
		all[low]?.push(one);
	}
	return all;
}
