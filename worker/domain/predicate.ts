// Conditions compiled for the edge: all of a site's conditions as one program over flat arrays, evaluated at once.
// What is the same in several conditions is read and tested once. The meaning of a single test is match.ts;
// this file is that meaning, made fast.

import type { Condition } from "./condition.ts";
import { type Item, kinds, layOut, noInstants, ops, type Slot } from "./program.ts";
import type { Subject } from "./subject.ts";
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
	readonly roots: readonly Item[];
	stamp: number;
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
	return { size: conditions.length, roots: layOut(conditions), stamp: 0 };
}

/** Evaluates every condition of the program over one subject at `now`. */
export function evaluate(program: Program, subject: Subject, now: number): Verdicts {
	const run = { subject, now, stamp: ++program.stamp };
	const { roots, size } = program;
	const is = new Uint8Array(size);
	const until = new Float64Array(size);
	for (let i = 0; i < size; i++) {
		const item = roots[i];
		if (!item) continue;
		is[i] = answer(item, run) ? 1 : 0;
		until[i] = item.until;
	}
	return { is: (index) => is[index] === 1, until: (index) => until[index] ?? Infinity };
}

/** For a single question; compile once what is asked more than once. */
export function evaluateOne(condition: Condition, subject: Subject, now: number): Verdict {
	const verdicts = evaluate(compile([condition]), subject, now);
	return { is: verdicts.is(0), until: verdicts.until(0) };
}

interface Run {
	readonly subject: Subject;
	readonly now: number;
	/** What bears it was read or answered in this run. */
	readonly stamp: number;
}

function answer(item: Item, run: Run): boolean {
	if (item.stamp === run.stamp) return item.is;
	item.stamp = run.stamp;
	if (item.op === ops.tree) return answerTree(item, run);
	const { slot } = item;
	if (slot.stamp !== run.stamp) load(slot, run);
	item.is = item.op >= ops.atLeast ? testCount(item, slot.instants, run.now) : testValue(item, slot);
	return item.is;
}

/**
 * A tree that some member decides stays so until the last of those that do may turn; where none decides, until the
 * first of all. A deciding member that time never turns makes the others irrelevant, and only that.
 */
function answerTree(tree: Item, run: Run): boolean {
	const { members, decisive, witness } = tree;
	const likely = members[witness];
	if (likely && answer(likely, run) === decisive && likely.until === Infinity)
		return settle(tree, decisive, Infinity);
	let decided = false;
	let first = Infinity;
	let last = -Infinity;
	for (let i = 0; i < members.length; i++) {
		const member = members[i];
		if (!member) continue;
		if (answer(member, run) === decisive) {
			decided = true;
			if (member.until > last) {
				last = member.until;
				tree.witness = i;
				if (last === Infinity) break;
			}
		} else if (member.until < first) first = member.until;
	}
	return decided ? settle(tree, decisive, last) : settle(tree, !decisive, first);
}

function settle(tree: Item, is: boolean, until: number): boolean {
	tree.is = is !== tree.negated;
	tree.until = until;
	return tree.is;
}

function load(slot: Slot, { subject, stamp }: Run): void {
	slot.stamp = stamp;
	if (slot.counter !== "") {
		slot.instants = subject.facts.counters[slot.counter] ?? noInstants;
		return;
	}
	const value = slot.read(subject);
	if (typeof value === "string") {
		slot.kind = kinds.text;
		// Folding is the dearest step, and from one evaluation to the next text seldom changes.
		if (slot.unfolded === value) return;
		slot.unfolded = value;
		slot.text = fold(value);
		slot.literal = slot.literals.get(slot.text) ?? -1;
	} else if (typeof value === "number") {
		slot.kind = kinds.number;
		slot.number = value;
	} else if (typeof value === "boolean") slot.kind = value ? kinds.yes : kinds.no;
	else slot.kind = kinds.none;
}

function testValue(item: Item, { kind, literal, number, text }: Slot): boolean {
	switch (item.op) {
		case ops.textIs:
			return kind === kinds.text && literal === item.low;
		case ops.textAnyOf:
			return kind === kinds.text && item.ids.has(literal);
		case ops.exists:
			return kind !== kinds.none;
		case ops.isTrue:
			return kind === kinds.yes;
		case ops.isFalse:
			return kind === kinds.no;
		case ops.inRange:
			return kind === kinds.number && number >= item.low && number <= item.high;
		case ops.contains:
			return kind === kinds.text && text.includes(item.text);
		case ops.startsWith:
			return kind === kinds.text && text.startsWith(item.text);
		default:
			return kind === kinds.text && text.endsWith(item.text);
	}
}

/**
 * Latest first, so two instants settle everything: the n-th latest says whether there are n, the one after it whether
 * there are more. An event is in the window up to `at + windowMs`, where `at > now - windowMs` ceases to hold.
 */
function testCount(item: Item, instants: readonly number[], now: number): boolean {
	const { op, low: n, windowMs } = item;
	// Both are where the window's answer ends; Infinity for a count that is never reached or never ends.
	const reachedUntil = n === 0 ? Infinity : (instants[n - 1] ?? -Infinity) + windowMs;
	const reached = n === 0 || (n <= instants.length && now < reachedUntil);
	if (op === ops.atLeast) {
		item.until = reached ? reachedUntil : Infinity;
		return reached;
	}
	const exceededUntil = (instants[n] ?? -Infinity) + windowMs;
	const exceeded = n < instants.length && now < exceededUntil;
	if (op === ops.atMost) {
		item.until = exceeded ? exceededUntil : Infinity;
		return !exceeded;
	}
	if (!exceeded) {
		item.until = reached ? reachedUntil : Infinity;
		return reached;
	}
	// Where the n-th leaves in the same instant as the one after it, the count jumps over n and is never exactly that.
	item.until = reachedUntil > exceededUntil ? exceededUntil : Infinity;
	return false;
}
