// How trees join the answers of their members. All trees look first at what is known already, in one loop without
// guesses, which settles nearly all of them; those that it leaves open then ask for the rest, one by one.

import type { Facts } from "./facts.ts";
import { type Item, isAsked, trees as kinds, mostKnown, ops, type Tree } from "./item.ts";
import { codes, placesOf } from "./loops.ts";
import { noInstants, type Reading, type Slots } from "./reading.ts";
import { askOf } from "./turning.ts";

const { no, yes, turns } = codes;
/** Nothing is known yet. */
const open = 0;

/** Of the trees of the last level, those that turn, by their number there, and up to when each stays. */
export interface Turns {
	readonly which: readonly number[];
	readonly until: readonly number[];
}

/** Where a tree has fewer known members, a place that is never answered stands for the rest. */
const most = mostKnown;
/** What a count asks, in one piece of memory: which counter, how many must be there, how many are too many, what window. */
const perCount = 4;
/** More instants than anybody has. */
const endless = 2 ** 31 - 1;

/**
 * Trees stand from `first` on, level by level: none is a member of another of its level or of one before. The place
 * behind the last of them is never answered.
 */
export function joinOf(
	levels: readonly (readonly Item[])[],
	first: number,
	placeOf: (item: Item) => number,
	slots: Slots,
	code: Uint8Array,
): (reading: Reading, facts: Facts, now: number) => Turns {
	const trees = levels.flat();
	const nobody = first + trees.length;
	const listed = <T>(is: (item: Item) => boolean, map: (item: Item) => T): readonly (readonly T[])[] =>
		trees.map(({ members }) => members.filter(is).map(map));
	const member = Int32Array.from(listed(isKnown, placeOf).flatMap((places) => padded(places, nobody)));
	const windows = [...new Set(trees.flatMap(({ members }) => members.map(({ windowMs }) => windowMs)))];
	const counts = listed(isCount, (one) => [...countOf(one, slots), windows.indexOf(one.windowMs)]);
	const count = Int32Array.from(counts.flat(2));
	const countStart = startsOf(counts.map((list) => list.flat()));
	const rest = trees.map(({ members }) => {
		const below = members.filter(isTree).map(placeOf);
		const asks = members.filter(isTurning).map((one) => askOf(one, slots));
		return below.length + asks.length > 0 ? { below, asks } : undefined;
	});
	const shape = Uint8Array.from(trees, shapeOf);
	/** Of the trees that turn. */
	const until = new Float64Array(trees.length);
	const ends = new Float64Array(count.length);
	const openTrees = new Int32Array(Math.max(...levels.map(({ length }) => length)));

	/** What is known of the members settles a tree or leaves it open. Answers with how many are open. */
	function settle(from: number, to: number): number {
		let many = 0;
		for (let i = from; i < to; i++) {
			const k = i * most;
			// As many as `most`, without a loop: it would cost as much again.
			const bits =
				(code[member[k] ?? 0] ?? 0) |
				(code[member[k + 1] ?? 0] ?? 0) |
				(code[member[k + 2] ?? 0] ?? 0) |
				(code[member[k + 3] ?? 0] ?? 0);
			const answer = settled[(shape[i] ?? 0) | bits] ?? open;
			code[first + i] = answer;
			openTrees[many] = i;
			many += Number(answer === open);
		}
		return many;
	}
	/**
	 * Until when the counts of open trees hold, all at once: instants lie all over the memory, which is waited for together
	 * where nothing else is decided in between.
	 */
	function gather(many: number, counters: Reading["counters"]): void {
		let m = 0;
		for (let i = 0; i < many; i++) {
			const tree = openTrees[i] ?? 0;
			const end = countStart[tree + 1] ?? 0;
			for (let k = countStart[tree] ?? 0; k < end; k += perCount) {
				const instants = counters[count[k] ?? 0] ?? noInstants;
				const windowMs = windows[count[k + 3] ?? 0] ?? Infinity;
				ends[m++] = endOf(instants, count[k + 1] ?? 0, windowMs);
				ends[m++] = endOf(instants, count[k + 2] ?? 0, windowMs);
			}
		}
	}

	/**
	 * The instant up to which the answer of an open tree holds: above zero for yes and below for no. So `all` is the least
	 * of its members' instants, and `any` the greatest, where infinity stands for what does not turn. `ends` of its counts
	 * are those from `m` up to `end`.
	 */
	function instantOf(
		tree: number,
		m: number,
		end: number,
		reading: Reading,
		facts: Facts,
		now: number,
	): number {
		const kind = (shape[tree] ?? 0) & kindBits;
		// The greatest is the least of the opposites.
		const side = kind === anyBits ? -1 : 1;
		let least = Infinity;
		for (let i = m; i < end; i += 2) {
			const answer = side * counted(ends[i] ?? 0, ends[i + 1] ?? 0, now);
			if (answer < least) least = answer;
		}
		if ((shape[tree] ?? 0) & restBit) {
			const { below = [], asks = [] } = rest[tree] ?? {};
			for (const place of below)
				if (code[place] === turns) least = Math.min(least, side * (until[place - first] ?? 0));
			// Last what costs most, and that only where the others leave the tree open.
			for (const ask of asks) if (least > -Infinity) least = Math.min(least, side * ask(reading, facts, now));
		}
		return kind === allBits ? least : -least;
	}

	return (reading, facts, now) => {
		const which: number[] = [];
		const when: number[] = [];
		let from = 0;
		for (const level of levels) {
			const to = from + level.length;
			const isLast = to === trees.length;
			const many = settle(from, to);
			gather(many, reading.counters);
			let m = 0;
			for (let i = 0; i < many; i++) {
				const tree = openTrees[i] ?? 0;
				const end = m + ((countStart[tree + 1] ?? 0) - (countStart[tree] ?? 0)) / 2;
				const instant = instantOf(tree, m, end, reading, facts, now);
				m = end;
				const doesTurn = instant > -Infinity && instant < Infinity;
				code[first + tree] = doesTurn && !isLast ? turns : instant > 0 ? yes : no;
				if (!doesTurn) continue;
				if (!isLast) until[tree] = instant;
				else {
					which.push(tree - from);
					when.push(Math.abs(instant));
				}
			}
			from = to;
		}
		return { which, until: when };
	};
}

/**
 * Up to when there are enough instants in the window (`end`) and not too many (`endOfMore`), as of `now`. Where the last
 * that is needed leaves in the same instant as the first that is too many, the count jumps over what is asked.
 */
function counted(end: number, endOfMore: number, now: number): number {
	if (now < endOfMore) return end > endOfMore ? -endOfMore : -Infinity;
	return now < end ? end : -Infinity;
}

/**
 * Until when there are `n` instants in the window. Latest first, so the n-th alone decides: it is in the window up to
 * `at + windowMs`, where `at > now - windowMs` ceases to hold. -Infinity where there never were so many.
 */
function endOf(instants: readonly number[], n: number, windowMs: number): number {
	if (n === 0) return Infinity;
	return n <= instants.length ? (instants[n - 1] ?? 0) + windowMs : -Infinity;
}

function countOf({ op, low, ...item }: Item, slots: Slots): readonly number[] {
	const least = op === ops.atMost ? 0 : low;
	return [placesOf(item, slots)[0] ?? 0, least, op === ops.atLeast ? endless : low + 1];
}

/** Where each of several lists starts that stand one after the other; and behind them, where the last one ends. */
function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
	const start = new Int32Array(lists.length + 1);
	for (const [i, { length }] of lists.entries()) start[i + 1] = (start[i] ?? 0) + length;
	return start;
}

function padded(places: readonly number[], nobody: number): readonly number[] {
	return Array.from({ length: most }, (_, i) => places[i] ?? nobody);
}

const isKnown = (item: Item): boolean => !isAsked(item);
const isTree = ({ op }: Item): boolean => op === ops.tree;
const isTurning = ({ op }: Item): boolean => op === ops.turning;
const isCount = (item: Item): boolean => isAsked(item) && !isTurning(item);

/** Above the three bits of what is known: the kind of a tree, whether it asks anything, and whether more than counts. */
const bitsOfCode = no | yes | turns;
const [allBits, anyBits, kindBits] = [kinds.all << 3, kinds.any << 3, 3 << 3];
const [asksBit, restBit] = [0x20, 0x40];
function shapeOf({ tree, members }: Item): number {
	const asks = members.every(isKnown) ? 0 : asksBit;
	const hasRest = members.some((one) => isTree(one) || isTurning(one)) ? restBit : 0;
	return (tree << 3) | asks | hasRest;
}

/** What settles a tree, whatever else there is. */
const settling: Readonly<Record<Tree, number>> = { [kinds.all]: no, [kinds.any]: yes, [kinds.not]: 0 };
const otherwise: Readonly<Record<Tree, number>> = { [kinds.all]: yes, [kinds.any]: no, [kinds.not]: no };

/** By shape and bits of what is known. */
const settled = Uint8Array.from({ length: 0x80 }, (_, i) => {
	const tree = ((i >> 3) & 3) as Tree;
	const bits = i & bitsOfCode;
	if (bits & (settling[tree] ?? 0)) return settling[tree];
	if (bits & turns || i & asksBit) return open;
	return tree === kinds.not && bits === no ? yes : otherwise[tree];
});
