// What would have to become so for one leaf to answer otherwise, and what that costs.

import type { LeafBecause, SequenceBecause } from "./because.ts";
import { isWorkedOut } from "./bought.ts";
import type { CartLeaf, DateTest, EventMatch, NumberTest } from "./condition.ts";
import { rangeOf } from "./match.ts";
import type { Verdict } from "./predicate.ts";
import { fold } from "./text.ts";

/** Instants are epoch ms. */
export type Need =
	/** Nothing but time. */
	| { readonly kind: "time"; readonly at: number }
	/** `n` more of what is counted; before `before`, or what is there is no longer enough. */
	| { readonly kind: "more"; readonly n: number; readonly before?: number }
	/** Orders alone, and what was bought with them, may become fewer: by being taken back. */
	| { readonly kind: "fewer"; readonly n: number }
	| AmountNeed
	/** The value has to pass the test, or no longer to. */
	| { readonly kind: "value" }
	/** It has to happen (once more), not before `from`; and then `thenMs` have to pass. */
	| { readonly kind: "happening"; readonly from?: number; readonly thenMs?: number }
	/** Of a sequence: all of it, or the rest before `before`. */
	| { readonly kind: "sequence"; readonly missing: "both" }
	| { readonly kind: "sequence"; readonly missing: "second"; readonly before: number }
	/** Any of the products, or each of them, has to come into the cart or to leave it. */
	| {
			readonly kind: "products";
			readonly change: "add" | "remove";
			readonly of: "any" | "each";
			readonly products: readonly string[];
	  };

/** A number has to rise or to fall: by `by` at least, exactly, or more; and by `most` at most, where that is less. */
export interface AmountNeed {
	readonly kind: "amount";
	readonly direction: "up" | "down";
	readonly by: number;
	readonly bound: "at-least" | "exactly" | "more-than";
	readonly most?: number;
}

export interface Priced {
	readonly cost: number;
	readonly need: Need;
}

/** What would make the leaf answer `to`, which it does not yet; nothing where nothing can. */
export function needOf(
	because: Verdict & Exclude<LeafBecause, { kind: "segment" }>,
	to: boolean,
	now: number,
): Priced | undefined {
	if (because.until < Infinity) return { cost: 0, need: { kind: "time", at: because.until } };
	switch (because.kind) {
		case "events": {
			if (isOver(because.match, now)) return undefined;
			// What was bought may be given back.
			const canFall = because.by === undefined && isWorkedOut(because.match);
			const known = countNeed(because.needed, because.actual, to, canFall);
			if (known?.need.kind !== "more" || because.dropsAt === undefined) return known;
			return { ...known, need: { ...known.need, before: because.dropsAt } };
		}
		case "tag":
			return countNeed(because.needed, because.actual, to);
		case "number":
			if (because.actual === undefined) return aValue;
			if (because.field === "visits") return countNeed(because.needed, because.actual, to);
			// A version is what it is: it does not grow by being added to.
			return because.field === "browserVersion" ? aValue : amountNeed(because.needed, because.actual, to);
		case "points":
			return amountNeed(because.needed, because.actual, to, because.of === "balance");
		case "sum":
			return isOver(because.match, now) ? undefined : amountNeed(because.needed, because.actual, to);
		case "orders":
			if (because.of === "count") return countNeed(because.needed, because.orders.count, to, true);
			return because.actual === undefined
				? { cost: 1, need: { kind: "more", n: 1 } }
				: amountNeed(because.needed, because.actual, to);
		case "text":
			return because.isFixed || isUnmeetable(because.needed, to) ? undefined : aValue;
		case "attribute":
			return isUnmeetable(because.needed, to) ? undefined : aValue;
		case "age":
		case "near":
		case "interest":
		case "consent":
			return aValue;
		case "list":
			return because.needed && !dateNeed(because.needed, to, now) ? undefined : aValue;
		case "member":
			// Nobody leaves a programme.
			return to ? aValue : undefined;
		case "cart":
			return cartNeed(because.needed, because.actual, to);
		case "sequence":
			return sequenceNeed(because, to, now);
		case "moment":
			if (isOver(because.match, now)) return undefined;
			return because.which === "first" && because.actual !== undefined
				? undefined
				: dateNeed(because.needed, to, now);
		case "tagged":
			return because.which === "first" && because.actual !== undefined
				? undefined
				: dateNeed(because.needed, to, now);
		case "date": {
			const isFirst = because.field === "seen.first" || because.field === "order.first";
			return isFirst && because.actual !== undefined ? undefined : dateNeed(because.needed, to, now);
		}
	}
}

const aValue: Priced = { cost: 1, need: { kind: "value" } };

/** No event to come can match. */
function isOver({ during }: EventMatch, now: number): boolean {
	return during !== undefined && (now >= during.to || during.from >= during.to);
}

/** A list without members holds no value. */
function isUnmeetable(
	needed: { readonly op: string; readonly values?: readonly string[] },
	to: boolean,
): boolean {
	return to && (needed.op === "any-of" || needed.op === "has-any") && needed.values?.length === 0;
}

/** Whole things, none of them below zero. What happened cannot become fewer, except by time. */
function countNeed(test: NumberTest, actual: number, to: boolean, canFall = false): Priced | undefined {
	const { low, high } = rangeOf(test);
	const [least, most] = [Math.max(Math.ceil(low), 0), Math.floor(high)];
	if (to && least > most) return undefined;
	const more = to ? least - actual : most + 1 - actual;
	const fewer = to ? actual - most : actual - least + 1;
	const isUp = to ? more > 0 : more <= fewer || !canFall || least === 0;
	if (isUp) return more < Infinity ? { cost: more, need: { kind: "more", n: more } } : undefined;
	return canFall ? { cost: fewer, need: { kind: "fewer", n: fewer } } : undefined;
}

/** One act may bring any amount, so that each costs the same. */
function amountNeed(test: NumberTest, actual: number, to: boolean, canFall = true): Priced | undefined {
	const { low, high } = rangeOf(test);
	if (to && low > high) return undefined;
	const [up, down] = to ? [low - actual, actual - high] : [high - actual, actual - low];
	const isUp = to ? up > 0 : up <= down || !canFall;
	// A sum is compared in whole hundredths, so that it may pass a test that the bare numbers do not.
	const by = Math.max(tidy(isUp ? up : down), 0);
	if (by === Infinity || !(isUp || canFall)) return undefined;
	const room = tidy(isUp ? high - actual : actual - low);
	const bound = to ? (low === high ? "exactly" : "at-least") : "more-than";
	const most = to && low !== high && room < Infinity ? { most: room } : {};
	return { cost: 1, need: { kind: "amount", direction: isUp ? "up" : "down", by, bound, ...most } };
}

/** Without what binary fractions add: 0.3 less 0.1 is 0.2. */
function tidy(n: number): number {
	return Number.isFinite(n) ? Number(n.toPrecision(12)) : n;
}

/** An instant that is replaced by that of a new happening: now, or some time from now on. */
function dateNeed(test: DateTest, to: boolean, now: number): Priced | undefined {
	const happening = (rest: { readonly from?: number; readonly thenMs?: number } = {}): Priced => ({
		cost: 1,
		need: { kind: "happening", ...rest },
	});
	switch (test.op) {
		case "before":
			if (to) return now < test.at ? happening() : undefined;
			return happening(now < test.at ? { from: test.at } : {});
		case "after":
			if (!to) return now < test.at ? happening() : undefined;
			return happening(now < test.at ? { from: test.at } : {});
		case "in-the-last":
		case "anniversary":
			return to ? happening() : undefined;
		case "longer-ago":
			return happening(to ? { thenMs: test.ms } : {});
		case "in-the-next":
			// What has happened never lies ahead.
			return to ? undefined : happening();
	}
}

function sequenceNeed(
	{ first, second, withinMs, open }: SequenceBecause,
	to: boolean,
	now: number,
): Priced | undefined {
	// What was completed stays so, unless it leaves a window, and that is a matter of time.
	if (!to || isOver(second, now) || withinMs === 0) return undefined;
	if (open) return { cost: 1, need: { kind: "sequence", missing: "second", before: open.until } };
	return isOver(first, now) ? undefined : { cost: 2, need: { kind: "sequence", missing: "both" } };
}

function cartNeed(
	{ op, values }: CartLeaf["test"],
	actual: readonly string[],
	to: boolean,
): Priced | undefined {
	if (values.length === 0) return undefined;
	const inCart = new Set(actual.map(fold));
	const products = values.filter((value) => inCart.has(fold(value)) !== to);
	const isEach = (op === "has-all") === to;
	const need = {
		kind: "products",
		change: to ? "add" : "remove",
		of: isEach ? "each" : "any",
		products,
	} as const;
	return { cost: isEach ? products.length : 1, need };
}
