// Conditions compiled for the edge: all of a site's conditions as one program over flat arrays, evaluated at once.
// What is the same in several conditions is read and tested once. The meaning of a single test is match.ts;
// this file is that meaning, made fast.

import type { Condition } from "./condition.ts";
import { layOut, ops } from "./program.ts";
import type { Subject } from "./subject.ts";
import { kinds, noInstants, type Tables, tablesOf } from "./tables.ts";
import { fold } from "./text.ts";

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
	readonly tables: Tables;
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
	return { size: conditions.length, tables: tablesOf(layOut(conditions)) };
}

/** Evaluates every condition of the program over one subject at `now`. */
export function evaluate(program: Program, subject: Subject, now: number): Verdicts {
	const { tables, size } = program;
	const { roots, until: untils } = tables;
	tables.stamp++;
	const is = new Uint8Array(size);
	const until = new Float64Array(size);
	for (let i = 0; i < size; i++) {
		const item = roots[i] ?? 0;
		is[i] = answer(tables, item, subject, now) ? 1 : 0;
		until[i] = untils[item] ?? 0;
	}
	return { is: (index) => is[index] === 1, until: (index) => until[index] ?? Infinity };
}

/** For a single question; compile once what is asked more than once. */
export function evaluateOne(condition: Condition, subject: Subject, now: number): Verdict {
	const verdicts = evaluate(compile([condition]), subject, now);
	return { is: verdicts.is(0), until: verdicts.until(0) };
}

function answer(t: Tables, item: number, subject: Subject, now: number): boolean {
	if (t.answered[item] === t.stamp) return t.is[item] === 1;
	t.answered[item] = t.stamp;
	const op = t.op[item] ?? 0;
	if (op === ops.tree) return answerTree(t, item, subject, now);
	const slot = t.from[item] ?? 0;
	if (t.loaded[slot] !== t.stamp) load(t, slot, subject);
	const is = op >= ops.atLeast ? testCount(t, op, item, slot, now) : testValue(t, op, item, slot);
	t.is[item] = is ? 1 : 0;
	return is;
}

/**
 * A tree that some member decides stays so until the last of those that do may turn; where none decides, until the
 * first of all. A deciding member that time never turns makes the others irrelevant, and only that.
 */
function answerTree(t: Tables, tree: number, subject: Subject, now: number): boolean {
	const decisive = t.decisive[tree] === 1;
	const to = t.to[tree] ?? 0;
	const likely = t.witness[tree] ?? 0;
	if (likely < to) {
		const member = t.members[likely] ?? 0;
		if (answer(t, member, subject, now) === decisive && t.until[member] === Infinity)
			return settle(t, tree, decisive, Infinity);
	}
	let decided = false;
	let first = Infinity;
	let last = -Infinity;
	for (let i = t.from[tree] ?? 0; i < to; i++) {
		const member = t.members[i] ?? 0;
		const is = answer(t, member, subject, now);
		const until = t.until[member] ?? 0;
		if (is !== decisive) {
			if (until < first) first = until;
			continue;
		}
		decided = true;
		if (until <= last) continue;
		last = until;
		t.witness[tree] = i;
		if (last === Infinity) break;
	}
	return decided ? settle(t, tree, decisive, last) : settle(t, tree, !decisive, first);
}

function settle(t: Tables, tree: number, decided: boolean, until: number): boolean {
	const is = decided !== (t.negated[tree] === 1);
	t.is[tree] = is ? 1 : 0;
	t.until[tree] = until;
	return is;
}

function load(t: Tables, slot: number, subject: Subject): void {
	t.loaded[slot] = t.stamp;
	const counter = t.counter[slot];
	if (counter) {
		t.instants[slot] = subject.facts.counters[counter] ?? noInstants;
		return;
	}
	const value = t.read[slot]?.(subject);
	if (typeof value === "number") {
		t.kind[slot] = kinds.number;
		t.number[slot] = value;
	} else if (typeof value === "string") {
		t.kind[slot] = kinds.text;
		// Folding is the dearest step, and from one evaluation to the next text seldom changes.
		if (t.unfolded[slot] === value) return;
		t.unfolded[slot] = value;
		const text = fold(value);
		t.text[slot] = text;
		t.literal[slot] = t.literals[slot]?.get(text) ?? -1;
	} else if (typeof value === "boolean") t.kind[slot] = value ? kinds.yes : kinds.no;
	else t.kind[slot] = kinds.none;
}

function testValue(t: Tables, op: number, item: number, slot: number): boolean {
	const kind = t.kind[slot];
	switch (op) {
		case ops.inRange: {
			const number = t.number[slot] ?? 0;
			return kind === kinds.number && number >= (t.low[item] ?? 0) && number <= (t.high[item] ?? 0);
		}
		case ops.textIs:
			return kind === kinds.text && t.literal[slot] === t.low[item];
		case ops.textAnyOf:
			return kind === kinds.text && t.ids[item]?.[t.literal[slot] ?? -1] === 1;
		case ops.exists:
			return kind !== kinds.none;
		case ops.isTrue:
			return kind === kinds.yes;
		case ops.isFalse:
			return kind === kinds.no;
	}
	if (kind !== kinds.text) return false;
	const text = t.text[slot] ?? "";
	const wanted = t.wanted[item] ?? "";
	if (op === ops.contains) return text.includes(wanted);
	return op === ops.startsWith ? text.startsWith(wanted) : text.endsWith(wanted);
}

/**
 * Latest first, so two instants settle everything: the n-th latest says whether there are n, the one after it whether
 * there are more. An event is in the window up to `at + windowMs`, where `at > now - windowMs` ceases to hold.
 */
function testCount(t: Tables, op: number, item: number, slot: number, now: number): boolean {
	const instants = t.instants[slot] ?? noInstants;
	const n = t.low[item] ?? 0;
	const windowMs = t.high[item] ?? 0;
	const reachedUntil =
		n === 0 ? Infinity : n <= instants.length ? (instants[n - 1] ?? 0) + windowMs : -Infinity;
	const reached = now < reachedUntil;
	if (op === ops.atLeast) {
		t.until[item] = reached ? reachedUntil : Infinity;
		return reached;
	}
	const exceededUntil = n < instants.length ? (instants[n] ?? 0) + windowMs : -Infinity;
	const exceeded = now < exceededUntil;
	if (op === ops.atMost) {
		t.until[item] = exceeded ? exceededUntil : Infinity;
		return !exceeded;
	}
	if (!exceeded) {
		t.until[item] = reached ? reachedUntil : Infinity;
		return reached;
	}
	// Where the n-th leaves in the same instant as the one after it, the count jumps over n and is never exactly that.
	t.until[item] = reachedUntil > exceededUntil ? exceededUntil : Infinity;
	return false;
}
