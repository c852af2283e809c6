// Interest: how much a person was drawn to a category or a brand, out of what they viewed, added to a cart and bought.
//
// What both compilers mean:
// - "Product Viewed" counts 1, "Product Added" 3, "Order Completed" 5 for each value that its `category` or `brand` says,
//   or that of one of the first 30 of its `products`, once however many of them say it: text or a number read as text, of
//   up to 200 characters, several joined by "|". Values compare folded. An order with an id counts once for each value,
//   on the last of the days (of UTC) on which it was told, however many sources tell of it; what is taken back later was
//   wanted all the same.
// - What counts halves every 30 days, day by day, and after 180 days is nothing. `strength` is what it comes to today.
// - `share` (in percent of all values) and `rank` (1 is the strongest, equal ones share a rank) are as of the last day on
//   which the person showed any interest: all fades alike, so time alone changes nobody's preference, until 180 days
//   after that day nothing is left. What has no strength then has no rank, and a share of 0.
// - Of each part the latest 100 pairs of a day and a value are looked at: of one day by value and order id.
//
// A weight is a whole number, and what it fades to is a whole number of 65536ths out of a table: sums are exact, in any
// order and in both compilers. The order in which pairs give way does not depend on their weights, so what is left is
// the same whatever came first.

import { dayMs, dayOf } from "./calendar.ts";
import type { InterestLeaf } from "./condition.ts";
import type { Event, Scalar } from "./event.ts";
import { own } from "./keyed.ts";
import { lineLimits } from "./line.ts";
import { rangeOf } from "./match.ts";
import { idOf, orderNames } from "./order.ts";
import type { Verdict } from "./predicate.ts";
import { productsIn } from "./products.ts";
import { fold } from "./text.ts";

export type Dimension = InterestLeaf["in"];
export const dimensions: readonly Dimension[] = ["category", "brand"];

/** On a day (after the epoch) a folded value got so much weight; from an order, where that has an id. */
export type Pull = readonly [day: number, value: string, weight: number, order?: string];
/** The latest day first, of one day by value, then by order. */
export type Interests = Readonly<Partial<Record<Dimension, readonly Pull[]>>>;

export const interestWeights: Readonly<Record<string, number>> = {
	"Product Viewed": 1,
	"Product Added": 3,
	[orderNames.completed]: 5,
};

export const affinityLimits = { pulls: 100, value: 200 } as const;
/** In days. */
export const fading = { halves: 30, ends: 180 } as const;
/** What a weight of 1 is, and what it fades to within a half-life, day by day. */
export const unit = 65_536;
export const units: readonly number[] = Array.from({ length: fading.halves }, (_, age) =>
	Math.round(unit * 2 ** (-age / fading.halves)),
);

/** Whether recording it may change what the person is drawn to. */
export function isDrawing({ name }: Event): boolean {
	return own(interestWeights, name) !== undefined;
}

/** The interests with what one event says; the same object where it says nothing. In any order the same. */
export function recordInterest(interests: Interests | undefined, event: Event): Interests | undefined {
	const weight = own(interestWeights, event.name);
	if (weight === undefined) return interests;
	const order = event.name === orderNames.completed ? idOf(own(event.props, "order_id")) : undefined;
	const products = productsIn(own(event.props, "products"))?.slice(0, lineLimits.products) ?? [];
	const sayings = [event.props, ...products];
	let all = interests;
	for (const dimension of dimensions) {
		const day = dayOf(event.at);
		const values = new Set(sayings.flatMap((saying) => valuesOf(own(saying, dimension))));
		const told = [...values].map(
			(value): Pull => (order === undefined ? [day, value, weight] : [day, value, weight, order]),
		);
		if (told.length === 0) continue;
		const joined = joinPulls(all?.[dimension] ?? [], told.sort(inOrder));
		all = { ...all, [dimension]: joined.slice(0, affinityLimits.pulls) };
	}
	return all;
}

/** Union over parts, not bounded any further. */
export function joinInterests(a: Interests, b: Interests): Interests {
	const all: Partial<Record<Dimension, readonly Pull[]>> = { ...a };
	for (const dimension of dimensions) {
		const [known, more] = [a[dimension], b[dimension]];
		if (more) all[dimension] = known ? joinPulls(known, more) : more;
	}
	return all;
}

function joinPulls(a: readonly Pull[], b: readonly Pull[]): readonly Pull[] {
	const all: Pull[] = [];
	for (const one of [...a, ...b].sort(inOrder)) {
		const last = all.at(-1);
		if (!last || inOrder(last, one) !== 0) all.push(one);
		else if (one[3] === undefined) all[all.length - 1] = [one[0], one[1], last[2] + one[2]];
	}
	return all;
}

function inOrder(a: Pull, b: Pull): number {
	return b[0] - a[0] || compare(a[1], b[1]) || compare(a[3] ?? "", b[3] ?? "");
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

function valuesOf(said: Scalar | undefined): readonly string[] {
	if (typeof said !== "string" && typeof said !== "number") return [];
	const texts = String(said).split("|");
	const values = texts.filter(({ length }) => length <= affinityLimits.value).map(fold);
	return values.filter((value) => value !== "");
}

/** Of one dimension: what is asked of it, worked out once. */
interface Drawn {
	readonly lastDay: number;
	readonly byValue: ReadonlyMap<string, readonly Pull[]>;
	/** As of the last day, in 65536ths; those that come to nothing are left out. */
	readonly then: ReadonlyMap<string, number>;
	readonly total: number;
}

/** Pulls never change in place, so what was worked out of an object holds for its life. */
const drawn = new WeakMap<readonly Pull[], Drawn>();

function drawnOf(pulls: readonly Pull[]): Drawn {
	const known = drawn.get(pulls);
	if (known) return known;
	const orders = new Set<string>();
	const counting = pulls.filter(([, value, , order]) => {
		if (order === undefined) return true;
		const key = JSON.stringify([value, order]);
		return !orders.has(key) && orders.add(key);
	});
	const byValue = Map.groupBy(counting, ([, value]) => value);
	const lastDay = pulls[0]?.[0] ?? Number.NEGATIVE_INFINITY;
	const then = new Map<string, number>();
	for (const [value, its] of byValue) {
		const strength = strengthOn(lastDay, its);
		if (strength > 0) then.set(value, strength);
	}
	const total = [...then.values()].reduce((sum, strength) => sum + strength, 0);
	const made = { lastDay, byValue, then, total };
	drawn.set(pulls, made);
	return made;
}

/** In 65536ths. What is of a later day has not begun to fade. */
function strengthOn(day: number, pulls: readonly Pull[]): number {
	let sum = 0;
	for (const [at, , weight] of pulls) {
		const age = Math.max(day - at, 0);
		if (age >= fading.ends) continue;
		sum += weight * ((units[age % fading.halves] ?? 0) >> Math.floor(age / fading.halves));
	}
	return sum;
}

const noPulls: readonly Pull[] = [];

/** What is asked of an interest, as of `now`; none for the rank of what there is no interest in. */
export function interestOf(
	interests: Interests | undefined,
	{ in: dimension, value, of }: Pick<InterestLeaf, "in" | "value" | "of">,
	now: number,
): number | undefined {
	const { lastDay, byValue, then, total } = drawnOf(interests?.[dimension] ?? noPulls);
	const folded = fold(value);
	const today = dayOf(now);
	if (of === "strength") return strengthOn(today, byValue.get(folded) ?? []) / unit;
	const strength = today - lastDay < fading.ends ? (then.get(folded) ?? 0) : 0;
	if (of === "share") return strength === 0 ? 0 : (strength * 100) / total;
	if (strength === 0) return undefined;
	let rank = 1;
	for (const other of then.values()) if (other > strength) rank++;
	return rank;
}

/** Whether it is as the leaf asks, and the midnight up to which time alone leaves that so. */
export function judgeInterest(interests: Interests | undefined, leaf: InterestLeaf, now: number): Verdict {
	const { low, high } = rangeOf(leaf.test);
	const amountOn = (day: number): number => interestOf(interests, leaf, day * dayMs) ?? Number.NaN;
	const passes = (amount: number): boolean => amount >= low && amount <= high;
	const today = dayOf(now);
	const is = passes(amountOn(today));
	const last = fadesOn(interests, leaf);
	if (last === undefined || last <= today) return { is, until: Infinity };
	// An amount only falls: there is one day on which it drops out of the range, or to its upper end.
	const hasFallen = (day: number): boolean => (is ? !passes(amountOn(day)) : amountOn(day) <= high);
	let from = leaf.of === "strength" ? today + 1 : last;
	for (let to = last; from < to; ) {
		const middle = Math.floor((from + to) / 2);
		if (hasFallen(middle)) to = middle;
		else from = middle + 1;
	}
	return { is, until: passes(amountOn(from)) === is ? Infinity : from * dayMs };
}

/** The day on which nothing is left of it. */
function fadesOn(
	interests: Interests | undefined,
	{ in: dimension, value, of }: InterestLeaf,
): number | undefined {
	const { lastDay, byValue } = drawnOf(interests?.[dimension] ?? noPulls);
	const lastPull = byValue.get(fold(value))?.[0];
	return lastPull && (of === "strength" ? lastPull[0] : lastDay) + fading.ends;
}

/** The folded values of a dimension that the person was ever drawn to, as far as is remembered. */
export function valuesIn(interests: Interests | undefined, dimension: Dimension): Iterable<string> {
	return drawnOf(interests?.[dimension] ?? noPulls).byValue.keys();
}
