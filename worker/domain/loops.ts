// The tests of predicate.ts, and how trees join them. Tests of values are made all at once, kind by kind, in loops over
// flat columns without calls or guesses: such a test costs less than the jump that would skip it. Instants lie all over
// the memory, so counts are asked one by one, by the trees that the rest has not settled, and so is what turning.ts knows.

import type { Facts } from "./facts.ts";
import { passesWildcard, wildcardOf } from "./match.ts";
import { type Item, trees as kindsOfTree, ops, type Tree } from "./program.ts";
import { type Columns, kinds, noInstants, type Reading, type Slots } from "./reading.ts";

/** An answer in one bit, from no to yes: `all` is the lowest of its members' bits, `any` the highest. */
export const codes = {
	/** No, and time alone does not change it. */
	never: 1,
	/** No up to its `until`. */
	notYet: 2,
	/** Yes up to its `until`. */
	still: 4,
	/** Yes, and time alone does not change it. */
	always: 8,
} as const;
const { never, notYet, still, always } = codes;
/** The answers that have an `until`. */
const turns = notYet | still;

/** By the place of an item. */
export interface Answers {
	readonly code: Uint8Array;
	/** Of a leaf that turns. Of every tree, with the sign of its answer: above zero for yes, infinite where it does not turn. */
	readonly until: Float64Array;
}

/** Tests of values, all of one kind and of one source: time does not change them. They stand from `first` on. */
export function testsOf(
	leaves: readonly Item[],
	first: number,
	slots: Slots,
	{ code }: Answers,
): (columns: Columns) => void {
	const slot = slotsOf(leaves, slots);
	const size = leaves.length;
	const isKind =
		(wanted: number) =>
		({ kind }: Columns): void => {
			for (let i = 0; i < size; i++) code[first + i] = settled(Number(kind[slot[i] ?? 0] === wanted));
		};
	const inText =
		(passes: (text: string, wanted: string) => boolean) =>
		({ text }: Columns): void => {
			for (let i = 0; i < size; i++) {
				const value = text[slot[i] ?? 0];
				code[first + i] = settled(Number(value !== undefined && passes(value, leaves[i]?.text ?? "")));
			}
		};
	const inList =
		(passes: (list: ReadonlySet<number>, ids: ReadonlySet<number>) => boolean) =>
		({ list }: Columns): void => {
			for (let i = 0; i < size; i++) {
				const value = list[slot[i] ?? 0];
				const ids = leaves[i]?.ids;
				code[first + i] = settled(Number(value !== undefined && ids !== undefined && passes(value, ids)));
			}
		};
	switch (leaves[0]?.op) {
		case ops.exists:
			return ({ kind }) => {
				for (let i = 0; i < size; i++) code[first + i] = settled(Number(kind[slot[i] ?? 0] !== kinds.none));
			};
		case ops.isTrue:
			return isKind(kinds.yes);
		case ops.isFalse:
			return isKind(kinds.no);
		case ops.inRange: {
			const low = Float64Array.from(leaves, (leaf) => leaf.low);
			const high = Float64Array.from(leaves, (leaf) => leaf.high);
			return ({ number }) => {
				for (let i = 0; i < size; i++) {
					const value = number[slot[i] ?? 0] ?? Number.NaN;
					code[first + i] = settled(Number(value >= (low[i] ?? 0)) & Number(value <= (high[i] ?? 0)));
				}
			};
		}
		case ops.textIs: {
			const wanted = Int32Array.from(leaves, (leaf) => leaf.low);
			return ({ literal }) => {
				for (let i = 0; i < size; i++) code[first + i] = settled(Number(literal[slot[i] ?? 0] === wanted[i]));
			};
		}
		case ops.textAnyOf: {
			const { codeOf, start } = literalsOf(leaves);
			return ({ literal }) => {
				for (let i = 0; i < size; i++)
					code[first + i] = codeOf[(start[i] ?? 0) + (literal[slot[i] ?? 0] ?? -1)] ?? never;
			};
		}
		case ops.hasAny:
			return inList((list, ids) => [...ids].some((id) => list.has(id)));
		case ops.hasAll:
			return inList((list, ids) => [...ids].every((id) => list.has(id)));
		case ops.wildcard: {
			const wildcards = leaves.map(({ text }) => wildcardOf(text));
			return ({ text }) => {
				for (let i = 0; i < size; i++) {
					const value = text[slot[i] ?? 0];
					const wildcard = wildcards[i];
					code[first + i] = settled(
						Number(value !== undefined && wildcard !== undefined && passesWildcard(wildcard, value)),
					);
				}
			};
		}
		case ops.contains:
			return inText((value, wanted) => value.includes(wanted));
		case ops.startsWith:
			return inText((value, wanted) => value.startsWith(wanted));
		case ops.endsWith:
			return inText((value, wanted) => value.endsWith(wanted));
		default:
			throw new Error("not a test of a value");
	}
}

function settled(isSo: number): number {
	return never + isSo * (always - never);
}

/** The answer at `start` plus the number of each literal; before each leaf's own a no, for the literal -1. */
function literalsOf(leaves: readonly Item[]): { readonly codeOf: Uint8Array; readonly start: Int32Array } {
	const start = new Int32Array(leaves.length);
	let size = 0;
	for (const [i, { slots }] of leaves.entries()) {
		start[i] = size + 1;
		size += (slots[0]?.literals.size ?? 0) + 1;
	}
	const codeOf = new Uint8Array(size).fill(never);
	for (const [i, { ids }] of leaves.entries()) for (const id of ids) codeOf[(start[i] ?? 0) + id] = always;
	return { codeOf, start };
}

/** The places of the slots of an item, each among those of its source. */
export function placesOf(item: Item, slots: Slots): readonly number[] {
	return item.slots.map((slot) => slots[slot.from].indexOf(slot));
}

function slotsOf(leaves: readonly Item[], slots: Slots): Int32Array {
	return Int32Array.from(leaves, (leaf) => placesOf(leaf, slots)[0] ?? -1);
}

/** Answers a leaf by its place. */
export type Asking = (place: number, reading: Reading, facts: Facts, now: number) => number;

type Counts = (place: number, instants: Reading["counters"], now: number) => number;

/** Tests of counters, by place: they stand first of all. */
export function countsOf(leaves: readonly Item[], slots: Slots, { code, until }: Answers): Counts {
	const slot = slotsOf(leaves, slots);
	const op = Uint8Array.from(leaves, (leaf) => leaf.op);
	const threshold = Int32Array.from(leaves, (leaf) => leaf.low);
	const windowMs = Float64Array.from(leaves, (leaf) => leaf.windowMs);

	function put(place: number, isSo: boolean, end: number): number {
		const whereItTurns = isSo ? still : notYet;
		const whereItStays = isSo ? always : never;
		const answer = end < Infinity ? whereItTurns : whereItStays;
		code[place] = answer;
		until[place] = end;
		return answer;
	}
	return (place, instants, now) => {
		const list = instants[slot[place] ?? 0] ?? noInstants;
		const n = threshold[place] ?? 0;
		const end = endOf(list, n, windowMs[place] ?? 0);
		if (op[place] === ops.atLeast) return now < end ? put(place, true, end) : put(place, false, Infinity);
		const endOfMore = endOf(list, n + 1, windowMs[place] ?? 0);
		if (op[place] === ops.atMost)
			return now < endOfMore ? put(place, false, endOfMore) : put(place, true, Infinity);
		// Where the n-th leaves in the same instant as the one after it, the count jumps over n.
		if (now < endOfMore) return put(place, false, end > endOfMore ? endOfMore : Infinity);
		return now < end ? put(place, true, end) : put(place, false, Infinity);
	};
}

/**
 * Until when there are `n` instants in the window. Latest first, so the n-th alone decides: it is in the window up to
 * `at + windowMs`, where `at > now - windowMs` ceases to hold. -Infinity where there never were so many.
 */
function endOf(instants: readonly number[], n: number, windowMs: number): number {
	if (n === 0) return Infinity;
	return n <= instants.length ? (instants[n - 1] ?? 0) + windowMs : -Infinity;
}

/** What a tree makes of its members, from the bits of all their answers. */
function treeCode(tree: Tree, bits: number): number {
	const present = Object.values(codes).filter((one) => bits & one);
	switch (tree) {
		case kindsOfTree.all:
			return present[0] ?? always;
		case kindsOfTree.any:
			return present.at(-1) ?? never;
		case kindsOfTree.not:
			return opposite(present[0] ?? never);
	}
}

function opposite(answer: number): number {
	return (never * always) / answer;
}

/** By kind of tree, four bits of answers each. */
const treeCodes = Uint8Array.from({ length: 48 }, (_, i) => treeCode((i >> 4) as Tree, i & 15));
/** The answers of members after which no other matters. */
const settling: Readonly<Record<Tree, number>> = {
	[kindsOfTree.all]: never,
	[kindsOfTree.any]: always,
	[kindsOfTree.not]: 0,
};

/** How the leaves are answered that are not tests of values. */
export interface Asked {
	readonly count: Counts;
	readonly turning: Asking;
}

/** Joins the answers of members tree by tree, each after those that it joins. They stand from `first` on. */
export function joinOf(
	trees: readonly Item[],
	first: number,
	placeOf: (item: Item) => number,
	{ count, turning }: Asked,
	{ code, until }: Answers,
): (reading: Reading, facts: Facts, now: number) => void {
	// Last what costs most: it is asked only where the others leave the tree open.
	const members = trees.map(({ members }) => members.toSorted((a, b) => effortOf(a) - effortOf(b)));
	const member = Int32Array.from(members.flat(), placeOf);
	const known = Int32Array.from(members, (list) => list.filter((one) => effortOf(one) === 0).length);
	const counted = Int32Array.from(members, (list) => list.filter((one) => effortOf(one) < 2).length);
	const size = Int32Array.from(members, ({ length }) => length);
	const kind = Uint8Array.from(trees, ({ tree }) => tree << 4);
	const settled = Uint8Array.from(trees, ({ tree }) => settling[tree]);
	return (reading, facts, now) => {
		const instants = reading.counters;
		let start = 0;
		for (let i = 0; i < kind.length; i++) {
			const firstCount = start + (known[i] ?? 0);
			const end = start + (size[i] ?? 0);
			const settles = settled[i] ?? 0;
			let bits = kind[i] ?? 0;
			let k = start;
			for (; k < firstCount; k++) bits |= code[member[k] ?? 0] ?? 0;
			if ((bits & settles) === 0) {
				const firstTurning = start + (counted[i] ?? 0);
				for (; k < firstTurning; k++) bits |= count(member[k] ?? 0, instants, now);
				for (; k < end && (bits & settles) === 0; k++) bits |= turning(member[k] ?? 0, reading, facts, now);
			}
			const joined = treeCodes[bits] ?? never;
			code[first + i] = joined;
			if (joined & turns) until[first + i] = turnOf(i, joined, start, end);
			else until[first + i] = joined === always ? Infinity : -Infinity;
			start = end;
		}
	};

	/**
	 * A tree that some member decides stays so until the last of those that do may turn; where none decides, until the
	 * first of all.
	 */
	function turnOf(tree: number, joined: number, start: number, end: number): number {
		const { tree: kind } = trees[tree] ?? { tree: kindsOfTree.all };
		const wanted = kind === kindsOfTree.not ? opposite(joined) : joined;
		const isDecided = joined === (kind === kindsOfTree.any ? still : notYet);
		let when = isDecided ? 0 : Infinity;
		for (let k = start; k < end; k++) {
			const place = member[k] ?? 0;
			if (code[place] !== wanted) continue;
			const then = Math.abs(until[place] ?? 0);
			when = isDecided ? Math.max(then, when) : Math.min(then, when);
		}
		return joined === still ? when : -when;
	}
}

/** Tests of values are made already; counts are cheap, and the rest is not. */
export function effortOf({ op }: Item): 0 | 1 | 2 {
	if (op === ops.turning) return 2;
	return op === ops.atLeast || op === ops.atMost || op === ops.exactly ? 1 : 0;
}
