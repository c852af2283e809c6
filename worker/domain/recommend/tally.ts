// How often each product was looked at, by day: what is popular, and what is looked at more than it used to be. One number
// for each product and day of five weeks; the memory is bounded, and its days pass as they come.

import { dayOf } from "../calendar.ts";

export const tallyDays = 35;
const weekDays = 7;

export interface Tally {
	readonly mostProducts: number;
	readonly names: string[];
	readonly numbers: Map<string, number>;
	/** Of product n on day d, since the epoch, in place `n * tallyDays + d % tallyDays`. */
	counts: Uint32Array;
	/** The latest day that anything was counted on: earlier ones are known as far back as the tally reaches. */
	today: number;
	/** The first day. */
	since: number;
	/** Days that changed, for whoever keeps them and empties it; none where nobody does. */
	changed: Set<number> | undefined;
	/** What was worked out since the last count. */
	ranked:
		| { readonly day: number; readonly popular: readonly Counted[]; readonly trending: readonly Counted[] }
		| undefined;
}

export interface Counted {
	readonly product: string;
	readonly count: number;
}

export function newTally(mostProducts: number): Tally {
	return {
		mostProducts,
		names: [],
		numbers: new Map(),
		counts: new Uint32Array(0),
		today: Number.NEGATIVE_INFINITY,
		since: Number.POSITIVE_INFINITY,
		changed: undefined,
		ranked: undefined,
	};
}

/** So often on that day (at an instant, epoch ms). What is older than the tally reaches is not counted. */
export function count(tally: Tally, product: string, at: number, times = 1): void {
	const day = dayOf(at);
	if (day <= tally.today - tallyDays) return;
	if (day > tally.today) turn(tally, day);
	const number = numberOf(tally, product);
	if (number === undefined) return;
	const place = number * tallyDays + (day % tallyDays);
	tally.counts[place] = (tally.counts[place] ?? 0) + times;
	tally.since = Math.min(tally.since, day);
	tally.changed?.add(day);
	tally.ranked = undefined;
}

/** What was counted on a day, for whoever keeps it. */
export function countedOn(tally: Tally, day: number): readonly Counted[] {
	if (day > tally.today || day <= tally.today - tallyDays) return [];
	return tally.names.flatMap((product, number) => {
		const counted = tally.counts[number * tallyDays + (day % tallyDays)] ?? 0;
		return counted === 0 ? [] : [{ product, count: counted }];
	});
}

/** All that were counted in the last four weeks, the most first. */
export function popular(tally: Tally, now: number): readonly Counted[] {
	return rankedAt(tally, now).popular;
}

/**
 * What is counted this week more than chance explains, by the weeks before: each product's count is held against a Poisson
 * variable of its mean week, (x - m) / sqrt(m + 1), as in Hendrickson, Kolb, Lehman, Montague: "Trend Detection in Social
 * Data" (Twitter 2015); the 1 keeps what is new from winning by three views. `count` is this week's. Nothing for what was
 * counted less than `leastTrending` times this week, and nothing at all before a whole week lies behind this one.
 */
export function trending(tally: Tally, now: number): readonly Counted[] {
	return rankedAt(tally, now).trending;
}

export const leastTrending = 10;
/** How many deviations above its mean week is a trend. */
const leastDeviations = 2;
const popularDays = 28;

function rankedAt(tally: Tally, now: number): NonNullable<Tally["ranked"]> {
	const day = dayOf(now);
	if (tally.ranked?.day === day) return tally.ranked;
	const { names, counts, today, since } = tally;
	const known = Math.min(day - weekDays + 1 - since, tallyDays - weekDays);
	const all = names.map((product, number) => {
		let [lately, week, before] = [0, 0, 0];
		for (let back = 0; back < tallyDays; back++) {
			const at = day - back;
			if (at > today || at <= today - tallyDays || at < 0) continue;
			const counted = counts[number * tallyDays + (at % tallyDays)] ?? 0;
			if (back < popularDays) lately += counted;
			if (back < weekDays) week += counted;
			else before += counted;
		}
		const mean = (before * weekDays) / known;
		return { product, lately, week, deviations: (week - mean) / Math.sqrt(mean + 1) };
	});
	const isTrending = known >= weekDays;
	tally.ranked = {
		day,
		popular: all
			.filter(({ lately }) => lately > 0)
			.sort((a, b) => b.lately - a.lately || inOrder(a, b))
			.map(({ product, lately }) => ({ product, count: lately })),
		trending: all
			.filter(({ week, deviations }) => isTrending && week >= leastTrending && deviations >= leastDeviations)
			.sort((a, b) => b.deviations - a.deviations || inOrder(a, b))
			.map(({ product, week }) => ({ product, count: week })),
	};
	return tally.ranked;
}

/** Days between the latest and this one have passed, and their places are used again. */
function turn(tally: Tally, day: number): void {
	const from = Math.max(tally.today + 1, day - tallyDays + 1);
	const { counts } = tally;
	for (let one = from; one <= day; one++)
		for (let place = one % tallyDays; place < counts.length; place += tallyDays) counts[place] = 0;
	tally.today = day;
	tally.since = Math.max(tally.since, day - tallyDays + 1);
	if (tally.names.length >= tally.mostProducts) thin(tally);
}

/** Half of the products are kept, those that are counted most: what is full makes room once a day. */
function thin(tally: Tally): void {
	const { names, counts } = tally;
	const totals = names.map((product, number) => {
		const own = counts.subarray(number * tallyDays, (number + 1) * tallyDays);
		return { product, own, total: own.reduce((sum, one) => sum + one, 0) };
	});
	const kept = totals
		.sort((a, b) => b.total - a.total || inOrder(a, b))
		.slice(0, Math.floor(tally.mostProducts / 2))
		.filter(({ total }) => total > 0);
	const left = new Uint32Array(tally.counts.length);
	for (const [number, { own }] of kept.entries()) left.set(own, number * tallyDays);
	tally.counts = left;
	tally.names.splice(0, names.length, ...kept.map(({ product }) => product));
	tally.numbers.clear();
	for (const [number, product] of tally.names.entries()) tally.numbers.set(product, number);
	tally.ranked = undefined;
}

/** None for one too many. */
function numberOf(tally: Tally, product: string): number | undefined {
	const known = tally.numbers.get(product);
	if (known !== undefined) return known;
	const number = tally.names.length;
	if (number >= tally.mostProducts) return undefined;
	tally.names.push(product);
	tally.numbers.set(product, number);
	const needed = (number + 1) * tallyDays;
	if (needed > tally.counts.length) {
		const grown = new Uint32Array(Math.max(needed, tally.counts.length * 2));
		grown.set(tally.counts);
		tally.counts = grown;
	}
	return number;
}

function inOrder(a: { readonly product: string }, b: { readonly product: string }): number {
	return a.product < b.product ? -1 : 1;
}
