// A test of a count, negated or not, in the form in which it is said. Counts are never missing and never below zero, so
// “not at least once” is never, and “not exactly zero times” is at least once.

import type { Comparison } from "../condition.ts";

export interface Counted extends Comparison {
	readonly isSo: boolean;
}

export const once: Counted = { op: ">=", n: 1, isSo: true };

export function countedOf({ op, n }: Comparison, isSo: boolean): Counted | "none" {
	const asksForNone = n === 0 && op !== ">=";
	const asksForSome = n === 1 && op === ">=";
	if (asksForNone || asksForSome) return asksForSome === isSo ? once : "none";
	return { op, n, isSo };
}
