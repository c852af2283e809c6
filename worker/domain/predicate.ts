// Conditions compiled for the edge: all of a site's conditions as one program over flat columns, evaluated at once. What
// they ask of a subject is read once, each distinct test is made once, in one loop for each kind of test, and the trees
// are joined over the answers. Nothing is skipped: a loop that runs to its end is faster than one that guesses.
// The meaning of a single test is match.ts; this file is that meaning, made fast.

import type { Condition } from "./condition.ts";
import { type Answers, joinOf, testsOf } from "./loops.ts";
import { type Item, layOut, ops, type Slot } from "./program.ts";
import { readingsOf } from "./reading.ts";
import type { Subject } from "./subject.ts";

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

/** Compiled conditions. Remembers what it read last: cheap to run, one run at a time. */
export interface Program {
	readonly size: number;
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

function newProgram(roots: readonly Item[]): Program {
	const { leaves, trees, slots } = sortOut(roots);
	const places = new Map([...leaves, ...trees].map((item, place) => [item, place]));
	const placeOf = (item: Item): number => places.get(item) ?? -1;
	const readings = readingsOf(slots);
	const answers: Answers = {
		is: new Uint8Array(places.size),
		until: new Float64Array(places.size).fill(Infinity),
	};
	const tests = Object.values(ops).flatMap((op) => {
		const alike = leaves.filter((leaf) => leaf.op === op);
		const [first] = alike;
		return first ? [testsOf(op, alike, placeOf(first), slots, readings, answers)] : [];
	});
	const join = joinOf(trees, leaves.length, placeOf, answers);
	const rootPlaces = Int32Array.from(roots, placeOf);
	const isSo = roots.map(() => false);
	const untils = roots.map(() => Infinity);
	return {
		size: roots.length,
		run: (subject, now) => {
			readings.load(subject);
			for (const test of tests) test(now);
			join();
			for (let i = 0; i < rootPlaces.length; i++) {
				const place = rootPlaces[i] ?? 0;
				isSo[i] = answers.is[place] === 1;
				untils[i] = answers.until[place] ?? Infinity;
			}
			return verdictsOf(isSo.slice(), untils.slice());
		},
	};
}

function verdictsOf(is: readonly boolean[], until: readonly number[]): Verdicts {
	return { is: (index) => is[index] === true, until: (index) => until[index] ?? Infinity };
}

/** Leaves by kind of test, trees after what they join, slots in the order in which leaves ask for them. */
function sortOut(roots: readonly Item[]): {
	readonly leaves: readonly Item[];
	readonly trees: readonly Item[];
	readonly slots: readonly Slot[];
} {
	const seen = new Set<Item>();
	const walk = (item: Item): void => {
		for (const member of item.members) if (!seen.has(member)) walk(member);
		seen.add(item);
	};
	for (const root of roots) walk(root);
	const trees = [...seen].filter(({ op }) => op === ops.tree);
	const leaves = [...seen].filter(({ op }) => op !== ops.tree).sort((a, b) => a.op - b.op);
	return { leaves, trees, slots: [...new Set(leaves.map(({ slot }) => slot))] };
}
