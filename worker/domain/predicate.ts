// Conditions compiled for the edge: all of a site's conditions as one program over flat columns, evaluated at once. What
// they ask of a subject is read (reading.ts), each distinct test of a value is made once, in one loop for each kind of
// test (loops.ts), and the trees are joined over the answers, asking counters where those do not settle it (trees.ts).
// The meaning of a single test is match.ts; this file is that meaning, made fast.

import type { Condition } from "./condition.ts";
import { type Item, isAsked, ops } from "./item.ts";
import { codes, hasNoEnd, testsOf } from "./loops.ts";
import { layOut } from "./program.ts";
import { readerFor, type Slots } from "./reading.ts";
import type { Subject } from "./subject.ts";
import { joinOf, type Turns } from "./trees.ts";

/** `until`: time alone changes nothing before that instant; Infinity where it never does. */
export interface Verdict {
	readonly is: boolean;
	readonly until: number;
}

/** One verdict for each condition, in the order in which they were compiled. Stays as it is when the program runs again. */
export interface Verdicts {
	is(index: number): boolean;
	until(index: number): number;
	/** Which of the first `size` conditions hold, in their order. */
	holding(size: number): readonly number[];
	/** The first instant at which time alone may change the answer to one of the first `size` conditions. */
	soonest(size: number): number;
}

/** Compiled conditions. Remembers where it found what it asks, for as long as those facts are in memory. One run at a time. */
export interface Program {
	readonly size: number;
	/** About what a subject that stays in memory costs beside its facts: what an evaluation holds on to. */
	readonly bytesPerSubject: number;
	/** @internal */
	run(subject: Subject, now: number): Verdicts;
}

/**
 * Compiles conditions into one program.
 *
 * Semantics: two-valued. A missing value makes every test false, so `not` of it is true; empty `all` is true, empty
 * `any` is false. Text compares folded. A count leaf counts the matching events with `at > now - withinMs`.
 *
 * `until` of a count is exact: the first instant at which an event that leaves the window flips the answer. A tree is
 * false for as long as one false member of its `all` is (their maximum), true until the first member may turn (their
 * minimum); `any` is the dual. So an answer never changes before its `until`, unless an event arrives.
 */
export function compile(conditions: readonly Condition[]): Program {
	return newProgram(layOut(conditions));
}

/** Evaluates every condition of the program over one subject at `now`. */
export function evaluate(program: Program, subject: Subject, now: number): Verdicts {
	return program.run(subject, now);
}

/** For a single question; compile once what is asked more than once. */
export function evaluateOne(condition: Condition, subject: Subject, now: number): Verdict {
	const verdicts = compile([condition]).run(subject, now);
	return { is: verdicts.is(0), until: verdicts.until(0) };
}

const { no } = codes;
/** As measured: of a reading whatever it asks, and of each slot. */
const bytesPerReading = 1_500;
const bytesPerSlot = 24;

function newProgram(roots: readonly Item[]): Program {
	const { values, levels, slots } = sortOut(roots);
	const firstTree = values.flat().length;
	const all = [...values.flat(), ...levels.flat()];
	const places = new Map(all.map((item, place) => [item, place]));
	const placeOf = (item: Item): number => places.get(item) ?? -1;
	// One more, which is never answered.
	const code = new Uint8Array(all.length + 1);
	const read = readerFor(slots);
	const tests = values.flatMap((alike) => {
		const [one] = alike;
		const from = one?.slots[0]?.from;
		if (!one || !from || from === "counters" || from === "sums") return [];
		return { from, test: testsOf(alike, placeOf(one), slots, code) };
	});
	const join = joinOf(levels, firstTree, placeOf, slots, code);
	const firstRoot = all.length - roots.length;
	return {
		size: roots.length,
		bytesPerSubject: bytesPerReading + bytesPerSlot * Object.values(slots).flat().length,
		run: (subject, now) => {
			const reading = read(subject);
			for (const { from, test } of tests) test(reading[from]);
			const turns = join(reading, subject.facts, now);
			return verdictsOf(packed(code, firstRoot, roots.length), turns);
		},
	};
}

/** So many answers to a word: what the engine holds without a box. */
const bitsOfWord = 30;

/** A bit for each condition that holds: a list of so few small numbers costs less than a copy of all codes. */
function packed(code: Uint8Array, first: number, size: number): readonly number[] {
	const words: number[] = [];
	for (let start = 0; start < size; start += bitsOfWord) {
		const end = Math.min(start + bitsOfWord, size);
		let word = 0;
		for (let i = start; i < end; i++) word |= ((code[first + i] ?? no) >> 1) << (i - start);
		words.push(word);
	}
	return words;
}

function verdictsOf(words: readonly number[], turns: Turns): Verdicts {
	return {
		is: (index) => (((words[Math.floor(index / bitsOfWord)] ?? 0) >> (index % bitsOfWord)) & 1) === 1,
		until: (index) => turns.until[turns.which.indexOf(index)] ?? Infinity,
		holding: (size) => {
			const places: number[] = [];
			for (let word = 0; word * bitsOfWord < size; word++) {
				for (let left = words[word] ?? 0; left > 0; left &= left - 1) {
					const place = word * bitsOfWord + 31 - Math.clz32(left & -left);
					if (place < size) places.push(place);
				}
			}
			return places;
		},
		soonest: (size) => {
			const { which, until } = turns;
			let first = Infinity;
			for (let i = 0; i < which.length; i++)
				if ((which[i] ?? 0) < size) first = Math.min(first, until[i] ?? Infinity);
			return first;
		},
	};
}

/** Tests of values by kind and source; trees level by level, each above what it joins, and the roots last of all. */
function sortOut(roots: readonly Item[]): {
	readonly values: readonly (readonly Item[])[];
	readonly levels: readonly (readonly Item[])[];
	readonly slots: Slots;
} {
	const levelOf = new Map<Item, number>();
	const walk = (item: Item): number => {
		const known = levelOf.get(item);
		if (known !== undefined) return known;
		const level = item.op === ops.tree ? 1 + Math.max(-1, ...item.members.map(walk)) : -1;
		levelOf.set(item, level);
		return level;
	};
	for (const { members } of roots) members.forEach(walk);
	const items = [...levelOf.keys()];
	const leaves = items.filter(({ op }) => op !== ops.tree);
	const trees = Map.groupBy(
		items.filter(({ op }) => op === ops.tree),
		walk,
	);
	const values = leaves.filter((leaf) => !isAsked(leaf));
	const slots = Object.groupBy(new Set(leaves.flatMap(({ slots }) => slots)), ({ from }) => from);
	return {
		values: [
			...Map.groupBy(values, (leaf) => `${leaf.op} ${leaf.slots[0]?.from} ${hasNoEnd(leaf)}`).values(),
		],
		levels: [...[...trees].toSorted(([a], [b]) => a - b).map(([, level]) => level), roots],
		slots: { ...noSlots, ...slots },
	};
}

const noSlots: Slots = {
	counters: [],
	sums: [],
	tags: [],
	attributes: [],
	environment: [],
	firstTouch: [],
	lastTouch: [],
	whereabouts: [],
	cart: [],
	subject: [],
};
