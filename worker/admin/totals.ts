// What the figures of a time come to, as reports and "today" tell it.

import { type Amounts, amountsIn, figuresByHour, gainedByHour, hoursOf } from "../data/figures.ts";
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

/** `hours`: those of the visits, where a time ends within one. Of visits of one value of an origin alone, where it is said; nobody who became known, and no order, is told of those. */
export async function hourlyOf(
	db: D1Database,
	site: string,
	{ from, to }: Span,
	of?: { readonly by: Origin; readonly value: string },
	hours = hoursOf(from, to),
): Promise<Hourly> {
	const [visits, contacts, orders] = await db.batch<Record<string, string | number | null>>([
		figuresByHour(db, site, of?.by ?? "all", hours, of && { value: of.value }),
		gainedByHour(db, site, from, to),
		ordersByHour(db, site, from, to),
	]);
	return {
		visits: amountsIn(visits?.results ?? []),
		contacts: of ? [] : amountsIn(contacts?.results ?? []),
		orders: of ? [] : amountsIn(orders?.results ?? []),
	};
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
