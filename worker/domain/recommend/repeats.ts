// How long it takes until people buy a product again: of each product the latest times between two purchases of one person.
// Who they were is not kept. A plain median, as in Bhagat et al.: "Buy It Again: Modeling Repeat Purchase Recommendations"
// (KDD 2018), whose time models start from each product's own distribution of such intervals.

import { dayMs } from "../calendar.ts";

export interface Repeats {
	readonly mostProducts: number;
	/** Days, the latest last. Products stand in the order in which they were last bought again. */
	readonly intervals: Map<string, readonly number[]>;
}

/** How many repeat purchases tell a usual interval. */
export const leastRepeats = 3;
const keptIntervals = 25;
/** Two orders of one day are one purchase in two parcels. */
const leastDays = 1;

export function newRepeats(mostProducts: number): Repeats {
	return { mostProducts, intervals: new Map() };
}

/** Somebody bought again what they had bought so long before (both epoch ms). */
export function boughtAgain(
	{ intervals, mostProducts }: Repeats,
	product: string,
	before: number,
	at: number,
): void {
	const days = (at - before) / dayMs;
	if (days < leastDays) return;
	const known = intervals.get(product) ?? [];
	intervals.delete(product);
	intervals.set(product, [...known, days].slice(-keptIntervals));
	if (intervals.size <= mostProducts) return;
	for (const oldest of intervals.keys()) {
		intervals.delete(oldest);
		return;
	}
}

/** The usual interval in ms; nothing where too few repeat purchases are known. */
export function usualInterval({ intervals }: Repeats, product: string): number | undefined {
	const known = intervals.get(product) ?? [];
	if (known.length < leastRepeats) return undefined;
	const days = known.toSorted((a, b) => a - b);
	const middle = (days.length - 1) / 2;
	const median = ((days[Math.floor(middle)] ?? 0) + (days[Math.ceil(middle)] ?? 0)) / 2;
	return median * dayMs;
}
