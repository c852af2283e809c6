// What the figures of a time come to, as reports and "today" tell it.

import {
	type Amounts,
	type Ask,
	amountsIn,
	amountsOfEach,
	figuresOf,
	gainedByHour,
	type Hours,
	hoursOf,
} from "../data/figures.ts";
import { ordersByHour } from "../data/reports.ts";
import type { Origin } from "../domain/figure.ts";
import type { Span } from "./days.ts";

/** Of one hour: what was counted, how many became known, and what was ordered. */
export interface Hourly {
	readonly visits: readonly Amounts[];
	readonly contacts: readonly Amounts[];
	readonly orders: readonly Amounts[];
}

export interface Totals {
	readonly visits: number;
	readonly pages: number;
	readonly visitors: number;
	readonly newcomers: number;
	readonly contacts: number;
	readonly orders: number;
	readonly revenue: number;
	readonly conversions: number;
	readonly convertedRevenue: number;
}

/** A time of which it is asked what it came to. */
export interface Counted extends Span {
	/** Those of its visits, where a time ends within one. */
	readonly hours?: Hours;
}

/** The visits of one value of an origin alone. */
export interface OfOrigin {
	readonly by: Origin;
	readonly value: string;
}

/**
 * What each of these times came to, and what is asked beside, in one question. Of visits of one origin, nobody who became
 * known, and no order, is told.
 */
export async function hourlyOf<Time extends string, Beside extends string>(
	db: D1Database,
	site: string,
	times: Readonly<Record<Time, Counted>>,
	beside: Readonly<Record<Beside, Ask>>,
	of?: OfOrigin,
): Promise<Readonly<Record<Time, Hourly> & Record<Beside, readonly Amounts[]>>> {
	const all = Object.values<Counted>(times);
	const hours = all.map(({ from, to, hours = hoursOf(from, to) }) => hours);
	const visits: Ask = {
		...(of ? { dimension: of.by, value: of.value } : { dimension: "all" }),
		hours: { from: Math.min(...hours.map(({ from }) => from)), to: Math.max(...hours.map(({ to }) => to)) },
		byHour: true,
	};
	const asks = [visits, ...Object.values<Ask>(beside)];
	const [figures, ...others] = await db.batch<Record<string, string | number | null>>([
		figuresOf(db, site, asks),
		...(of ? [] : all).flatMap(({ from, to }) => [
			gainedByHour(db, site, from, to),
			ordersByHour(db, site, from, to),
		]),
	]);
	const [counted = [], ...told] = amountsOfEach(figures?.results ?? [], asks.length);
	const each = hours.map(({ from, to }, n) => ({
		visits: counted.filter(({ hour }) => hour >= from && hour < to),
		contacts: amountsIn(others[2 * n]?.results ?? []),
		orders: amountsIn(others[2 * n + 1]?.results ?? []),
	}));
	return Object.fromEntries([
		...Object.keys(times).map((name, n) => [name, each[n]]),
		...Object.keys(beside).map((name, n) => [name, told[n]]),
	]);
}

/** `shareOf` an hour: how much of its visits counts. */
export function totalsOf(
	{ visits, contacts, orders }: Hourly,
	shareOf: (hour: number) => number = () => 1,
): Totals {
	const came = (place: 0 | 1 | 2 | 3) =>
		Math.round(visits.reduce((total, { hour, amounts }) => total + amounts[place] * shareOf(hour), 0));
	const sum = (all: readonly Amounts[], place: 0 | 1 | 2 | 3) =>
		all.reduce((total, { amounts }) => total + amounts[place], 0);
	return {
		visits: came(0),
		pages: came(1),
		visitors: came(2),
		newcomers: came(3),
		contacts: sum(contacts, 0),
		orders: sum(orders, 0),
		revenue: sum(orders, 1) / 100,
		conversions: sum(orders, 2),
		convertedRevenue: sum(orders, 3) / 100,
	};
}

/** The same of each step, by its hours. */
export function totalsIn(
	hourly: Hourly,
	steps: readonly number[],
	share: (all: readonly Amounts[]) => readonly (readonly Amounts[])[],
): readonly (Totals & { readonly at: number })[] {
	const [visits, contacts, orders] = [hourly.visits, hourly.contacts, hourly.orders].map(share);
	return steps.map((at, i) => ({
		at,
		...totalsOf({
			visits: visits?.[i] ?? [],
			contacts: contacts?.[i] ?? [],
			orders: orders?.[i] ?? [],
		}),
	}));
}
