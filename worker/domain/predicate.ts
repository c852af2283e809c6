// Conditions compiled for the edge: all of a site's conditions as one program over flat columns, evaluated at once. What
// they ask of a subject is read (reading.ts), each distinct test of a value is made once, in one loop for each kind of
// test, and the trees are joined over the answers, asking counters where those do not settle it (loops.ts).
// The meaning of a single test is match.ts; this file is that meaning, made fast.

import type { Condition } from "./condition.ts";
import { type Answers, countsOf, effortOf, joinOf, testsOf } from "./loops.ts";
import { type Item, layOut, ops } from "./program.ts";
import { readerFor, type Slots } from "./reading.ts";
import type { Subject } from "./subject.ts";
import { turningsOf } from "./turning.ts";

/** `until`: time alone changes nothing before that instant; Infinity where it never does. */
export interface Verdict {
	readonly is: boolean;
	readonly until: number;
}

/** One verdict for each condition, in the order in which they were compiled. Stays as it is when the program runs again. */
export interface Verdicts {
	is(index: number): boolean;
	until(index: number): number;
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

const bytesPerSlot = 24;

function newProgram(roots: readonly Item[]): Program {
	const { counts, turning, values, trees, slots } = sortOut(roots);
	const all = [...counts, ...turning, ...values.flat(), ...trees];
	const places = new Map(all.map((item, place) => [item, place]));
	const placeOf = (item: Item): number => places.get(item) ?? -1;
	const answers: Answers = { code: new Uint8Array(places.size), until: new Float64Array(places.size) };
	const read = readerFor(slots);
	const tests = values.flatMap((alike) => {
		const [one] = alike;
		const from = one?.slots[0]?.from;
		if (!one || !from || from === "counters" || from === "sums") return [];
		return { from, test: testsOf(alike, placeOf(one), slots, answers) };
	});
	const firstTree = places.size - trees.length;
	const firstRoot = places.size - roots.length;
	const asked = {
		count: countsOf(counts, slots, answers),
		turning: turningsOf(turning, counts.length, slots, answers),
	};
	const join = joinOf(trees, firstTree, placeOf, asked, answers);
	const ofRoots = roots.map(() => Infinity);
	return {
		size: roots.length,
		bytesPerSubject: bytesPerSlot * Object.values(slots).reduce((sum, { length }) => sum + length, 0),
		run: (subject, now) => {
			const reading = read(subject);
			for (const { from, test } of tests) test(reading[from]);
			join(reading, subject.facts, now);
			for (let i = 0; i < ofRoots.length; i++) ofRoots[i] = answers.until[firstRoot + i] ?? 0;
			return verdictsOf(ofRoots.slice());
		},
	};
}

/** Instants until which answers hold, with the sign of the answer. */
function verdictsOf(signed: readonly number[]): Verdicts {
	return {
		is: (index) => (signed[index] ?? 0) > 0,
		until: (index) => Math.abs(signed[index] ?? Infinity),
	};
}

/** Tests of values by kind and source; trees after what they join, and the roots last of all. */
function sortOut(roots: readonly Item[]): {
	readonly counts: readonly Item[];
	readonly turning: readonly Item[];
	readonly values: readonly (readonly Item[])[];
	readonly trees: readonly Item[];
	readonly slots: Slots;
} {
	const seen = new Set<Item>();
	const walk = (item: Item): void => {
		for (const member of item.members) if (!seen.has(member)) walk(member);
		seen.add(item);
	};
	for (const { members } of roots) for (const member of members) walk(member);
	const items = [...seen];
	const leaves = items.filter(({ op }) => op !== ops.tree);
	const values = leaves.filter((leaf) => effortOf(leaf) === 0);
	const slots = Object.groupBy(new Set(leaves.flatMap(({ slots }) => slots)), ({ from }) => from);
	return {
		counts: leaves.filter((leaf) => effortOf(leaf) === 1),
		turning: leaves.filter((leaf) => effortOf(leaf) === 2),
		values: [...Map.groupBy(values, ({ op, slots }) => `${op} ${slots[0]?.from}`).values()],
		trees: [...items.filter(({ op }) => op === ops.tree), ...roots],
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
