// The tests of predicate.ts, one loop for each kind, and the loop that joins their answers into trees. Loops over flat
// columns without calls or guesses: a test costs less than the jump that would skip it.

import { type Item, type Op, ops, type Slot } from "./program.ts";
import { kinds, type Readings } from "./reading.ts";

/** Answers, by the place of a leaf or a tree. What says nothing of `until` never changes with time. */
export interface Answers {
	readonly is: Uint8Array;
	readonly until: Float64Array;
}

/** All tests of one kind, whose answers stand one after the other from `first` on. */
export function testsOf(
	op: Op,
	leaves: readonly Item[],
	first: number,
	slots: readonly Slot[],
	{ kind, number, literal, text, instants }: Readings,
	{ is, until }: Answers,
): (now: number) => void {
	const size = leaves.length;
	const slot = Int32Array.from(leaves, (leaf) => slots.indexOf(leaf.slot));
	const low = Float64Array.from(leaves, (leaf) => leaf.low);
	const high = Float64Array.from(leaves, (leaf) => leaf.high);
	const windowMs = Float64Array.from(leaves, (leaf) => leaf.windowMs);
	const isKind = (wanted: number) => (): void => {
		for (let i = 0; i < size; i++) is[first + i] = Number(kind[slot[i] ?? 0] === wanted);
	};
	const inText = (passes: (text: string, wanted: string) => boolean) => (): void => {
		for (let i = 0; i < size; i++) {
			const value = text[slot[i] ?? 0];
			is[first + i] = Number(value !== undefined && passes(value, leaves[i]?.text ?? ""));
		}
	};
	switch (op) {
		case ops.exists:
			return () => {
				for (let i = 0; i < size; i++) is[first + i] = Number(kind[slot[i] ?? 0] !== kinds.none);
			};
		case ops.isTrue:
			return isKind(kinds.yes);
		case ops.isFalse:
			return isKind(kinds.no);
		case ops.inRange:
			return () => {
				for (let i = 0; i < size; i++) {
					const value = number[slot[i] ?? 0] ?? Number.NaN;
					is[first + i] = Number(value >= (low[i] ?? 0)) & Number(value <= (high[i] ?? 0));
				}
			};
		case ops.textIs:
			return () => {
				for (let i = 0; i < size; i++) is[first + i] = Number(literal[slot[i] ?? 0] === low[i]);
			};
		case ops.textAnyOf: {
			const { flags, start } = flagsOf(leaves);
			return () => {
				for (let i = 0; i < size; i++)
					is[first + i] = flags[(start[i] ?? 0) + (literal[slot[i] ?? 0] ?? -1)] ?? 0;
			};
		}
		case ops.contains:
			return inText((value, wanted) => value.includes(wanted));
		case ops.startsWith:
			return inText((value, wanted) => value.startsWith(wanted));
		case ops.endsWith:
			return inText((value, wanted) => value.endsWith(wanted));
		case ops.atLeast:
			return (now) => {
				for (let i = 0; i < size; i++) {
					const end = endOf(instants[slot[i] ?? 0], low[i] ?? 0, windowMs[i] ?? 0);
					is[first + i] = Number(now < end);
					until[first + i] = now < end ? end : Infinity;
				}
			};
		case ops.atMost:
			return (now) => {
				for (let i = 0; i < size; i++) {
					const end = endOf(instants[slot[i] ?? 0], (low[i] ?? 0) + 1, windowMs[i] ?? 0);
					is[first + i] = Number(now >= end);
					until[first + i] = now < end ? end : Infinity;
				}
			};
		case ops.exactly:
			return (now) => {
				for (let i = 0; i < size; i++) {
					const n = low[i] ?? 0;
					const end = endOf(instants[slot[i] ?? 0], n, windowMs[i] ?? 0);
					const endOfMore = endOf(instants[slot[i] ?? 0], n + 1, windowMs[i] ?? 0);
					const isMore = now < endOfMore;
					is[first + i] = Number(!isMore && now < end);
					// Where the n-th leaves in the same instant as the one after it, the count jumps over n.
					if (isMore) until[first + i] = end > endOfMore ? endOfMore : Infinity;
					else until[first + i] = now < end ? end : Infinity;
				}
			};
		case ops.tree:
			return () => undefined;
	}
}

/**
 * Until when there are `n` instants in the window. Latest first, so the n-th alone decides: it is in the window up to
 * `at + windowMs`, where `at > now - windowMs` ceases to hold. -Infinity where there never were so many.
 */
function endOf(instants: readonly number[] | undefined, n: number, windowMs: number): number {
	if (n === 0) return Infinity;
	return instants && n <= instants.length ? (instants[n - 1] ?? 0) + windowMs : -Infinity;
}

/** 1 at `start` plus the number of each literal that a leaf wants; before each leaf's own a 0, for the literal -1. */
function flagsOf(leaves: readonly Item[]): { readonly flags: Uint8Array; readonly start: Int32Array } {
	const start = new Int32Array(leaves.length);
	let size = 0;
	for (const [i, { slot }] of leaves.entries()) {
		start[i] = size + 1;
		size += slot.literals.size + 1;
	}
	const flags = new Uint8Array(size);
	for (const [i, { ids }] of leaves.entries()) for (const id of ids) flags[(start[i] ?? 0) + id] = 1;
	return { flags, start };
}

/**
 * Joins the answers of members, tree by tree. A tree that some member decides stays so until the last of those that do
 * may turn; where none decides, until the first of all.
 */
export function joinOf(
	trees: readonly Item[],
	first: number,
	placeOf: (item: Item) => number,
	{ is, until }: Answers,
): () => void {
	const members = Int32Array.from(trees.flatMap((tree) => tree.members.map(placeOf)));
	const sizes = Int32Array.from(trees, (tree) => tree.members.length);
	const decisive = Uint8Array.from(trees, (tree) => Number(tree.decisive));
	const negated = Uint8Array.from(trees, (tree) => Number(tree.negated));
	return () => {
		let next = 0;
		for (let tree = 0; tree < sizes.length; tree++) {
			const end = next + (sizes[tree] ?? 0);
			const wanted = decisive[tree] ?? 0;
			let soonest = Infinity;
			let latest = -Infinity;
			for (; next < end; next++) {
				const member = members[next] ?? 0;
				const then = until[member] ?? 0;
				if (is[member] === wanted) latest = Math.max(then, latest);
				else soonest = Math.min(then, soonest);
			}
			const isDecided = latest !== -Infinity;
			is[first + tree] = (isDecided ? wanted : 1 - wanted) ^ (negated[tree] ?? 0);
			until[first + tree] = isDecided ? latest : soonest;
		}
	};
}
