// The road not taken: the answers about one person are kept, and after an event only the values that it touched, and the
// segments that ask for what it changed or became due, are asked again. It knows as much of the language as the bench
// asks, and says what that gains, and what it costs: all of this is kept for each person.

import { type Condition, type CountLeaf, type Leaf, leavesOf } from "../../worker/domain/condition.ts";
import type { Value } from "../../worker/domain/event.ts";
import { isTextField, textFields } from "../../worker/domain/fields.ts";
import { isDateTest, matchKey, scalarTester } from "../../worker/domain/match.ts";
import type { Subject } from "../../worker/domain/subject.ts";

/** What an event touched: found ahead, and not measured. */
export interface Touched {
	/** How many leaves of all conditions ask for it. */
	readonly leaves: number;
	/** The distinct tests of it, key by key. */
	readonly values: readonly Int32Array[];
	readonly counts: readonly Int32Array[];
}

/**
 * An answer is the instant until which it holds, above zero for yes and below for no: so `all` is the least of its
 * members' answers, `any` the greatest.
 */
export interface Incremental {
	/** By the keys of counters, tags, attributes and fields. */
	touchedBy(keys: ReadonlySet<string>): Touched;
	update(touched: Touched, now: number): void;
	/** By segment; a copy. */
	answers(): Float64Array;
}

/** A test that several segments ask is made once. */
interface Asked<L extends Leaf> {
	readonly leaf: L;
	readonly segments: number[];
}

/** Several lists in one piece of memory: the n-th from `start[n]` up to `start[n + 1]`. */
interface Lists {
	readonly start: Int32Array;
	readonly all: Int32Array;
}

/** What is the same for everybody is laid out once; each person whom it is given is followed by what it answers with. */
export function incremental(conditions: readonly Condition[]): (subject: Subject) => Incremental {
	const values: Asked<Leaf>[] = [];
	const counts: Asked<CountLeaf>[] = [];
	const places = new Map<string, number>();
	const countsOf: number[][] = conditions.map(() => []);
	function place<L extends Leaf>(leaf: L, all: Asked<L>[], segment: number): number {
		const text = JSON.stringify(leaf);
		const known = places.get(text) ?? all.push({ leaf, segments: [] }) - 1;
		places.set(text, known);
		all[known]?.segments.push(segment);
		return known;
	}
	for (const [segment, condition] of conditions.entries())
		for (const leaf of leavesOf(condition)) {
			if (leaf.field === "events") countsOf[segment]?.push(place(leaf, counts, segment));
			else place(leaf, values, segment);
		}
	const leavesAsking = Map.groupBy(
		conditions.flatMap((one) => [...leavesOf(one)]),
		keyOf,
	);
	const valuesAsking = byKey(values);
	const countsAsking = byKey(counts);
	const countKeys = counts.map(({ leaf }) => keyOf(leaf));
	const passes = values.map(({ leaf }) => passesNow(leaf));
	const needed = Int32Array.from(counts, ({ leaf }) => leaf.count.n);
	const windowMs = Float64Array.from(counts, ({ leaf }) => leaf.withinMs ?? Infinity);
	const askingValue = listsOf(values.map(({ segments }) => segments));
	const askingCount = listsOf(counts.map(({ segments }) => segments));
	const askedOf = listsOf(countsOf);
	/** Nothing settles it but a false member of `all`, a true one of `any`. */
	const settling = Uint8Array.from(conditions, (condition) => Number("any" in condition));

	return (subject) => {
		const { facts } = subject;
		const isSo = new Uint8Array(values.length);
		const instants = counts.map(() => none);
		/** By how many values each segment is settled, whatever it counts. */
		const settledBy = new Int32Array(conditions.length);
		for (const segment of askingValue.all)
			if (settling[segment] === 0) settledBy[segment] = (settledBy[segment] ?? 0) + 1;
		const answers = new Float64Array(conditions.length);
		const isTouched = new Uint8Array(conditions.length);
		let isNew = true;
		let counters: Subject["facts"]["counters"] | undefined;

		function test(n: number): void {
			const is = Number(passes[n]?.(subject));
			if (is === isSo[n]) return;
			isSo[n] = is;
			const end = askingValue.start[n + 1] ?? 0;
			for (let i = askingValue.start[n] ?? 0; i < end; i++) {
				const segment = askingValue.all[i] ?? 0;
				settledBy[segment] = (settledBy[segment] ?? 0) + (settling[segment] === is ? 1 : -1);
				isTouched[segment] = 1;
			}
		}
		function touch(n: number): void {
			const end = askingCount.start[n + 1] ?? 0;
			for (let i = askingCount.start[n] ?? 0; i < end; i++) isTouched[askingCount.all[i] ?? 0] = 1;
		}
		/** Until when there are enough. */
		function endOf(count: number, now: number): number {
			const list = instants[count] ?? none;
			const n = needed[count] ?? 0;
			const until = n <= list.length ? (list[n - 1] ?? 0) + (windowMs[count] ?? 0) : -Infinity;
			return now < until ? until : -Infinity;
		}
		function answer(segment: number, now: number): number {
			const side = settling[segment] === 0 ? 1 : -1;
			if (settledBy[segment] !== 0) return -side * Infinity;
			let least = Infinity;
			const end = askedOf.start[segment + 1] ?? 0;
			for (let i = askedOf.start[segment] ?? 0; i < end; i++)
				least = Math.min(least, side * endOf(askedOf.all[i] ?? 0, now));
			return side * least;
		}

		return {
			touchedBy: (keys) => {
				const known = isNew ? [...leavesAsking.keys()] : [...keys];
				isNew = false;
				return {
					leaves: known.reduce((sum, key) => sum + (leavesAsking.get(key)?.length ?? 0), 0),
					values: known.flatMap((key) => valuesAsking.get(key) ?? []),
					counts: known.flatMap((key) => countsAsking.get(key) ?? []),
				};
			},
			update: (touched, now) => {
				// Lists of instants change in place, until there are others beside them.
				if (counters !== facts.counters)
					for (let n = 0; n < instants.length; n++) instants[n] = facts.counters[countKeys[n] ?? ""] ?? none;
				counters = facts.counters;
				for (const ofKey of touched.values) for (let i = 0; i < ofKey.length; i++) test(ofKey[i] ?? 0);
				for (const ofKey of touched.counts) for (let i = 0; i < ofKey.length; i++) touch(ofKey[i] ?? 0);
				for (let segment = 0; segment < isTouched.length; segment++) {
					if (isTouched[segment] === 0 && Math.abs(answers[segment] ?? 0) > now) continue;
					answers[segment] = answer(segment, now);
					isTouched[segment] = 0;
				}
			},
			answers: () => answers.slice(),
		};
	};
}

function passesNow(leaf: Leaf): (subject: Subject) => boolean {
	if (leaf.field === "tag") return ({ facts }) => (facts.tags[leaf.tag]?.count ?? 0) >= leaf.count.n;
	const passes = passesOf(leaf);
	const known = new Map<unknown, boolean>();
	const { field } = leaf;
	const read = isTextField(field)
		? textFields[field].read
		: ({ facts }: Subject) => (leaf.field === "attribute" ? facts.attributes[leaf.name]?.value : undefined);
	return (subject) => {
		const value = read(subject);
		const answer = known.get(value) ?? passes(value);
		known.set(value, answer);
		return answer;
	};
}

function listsOf(lists: readonly (readonly number[])[]): Lists {
	const start = new Int32Array(lists.length + 1);
	for (const [n, { length }] of lists.entries()) start[n + 1] = (start[n] ?? 0) + length;
	return { start, all: Int32Array.from(lists.flat()) };
}

const none: readonly number[] = [];

function byKey(all: readonly Asked<Leaf>[]): ReadonlyMap<string, Int32Array> {
	const groups = Map.groupBy(all.keys(), (n) => keyOf(all[n]?.leaf));
	return new Map(Array.from(groups, ([key, list]) => [key, Int32Array.from(list)]));
}

function passesOf(leaf: Leaf): (value: Value | undefined) => boolean {
	if (!("test" in leaf)) return () => false;
	const { test } = leaf;
	if (isDateTest(test)) return () => false;
	switch (test.op) {
		case "has-any":
		case "has-all":
			return () => false;
		default:
			return scalarTester(test);
	}
}

function keyOf(leaf: Leaf | undefined): string {
	if (!leaf) return "";
	switch (leaf.field) {
		case "events":
			return matchKey(leaf.match);
		case "tag":
			return leaf.tag;
		case "attribute":
			return leaf.name;
		default:
			return leaf.field;
	}
}
