// The road not taken: the answers about one person are kept, and after an event only the values that it touched, and the
// segments that ask for what it touched or became due, are asked again. It knows as much of the language as the bench asks, and says what that gains.

import { type Condition, type Leaf, leavesOf } from "../../worker/domain/condition.ts";
import type { Value } from "../../worker/domain/event.ts";
import { isTextField, textFields } from "../../worker/domain/fields.ts";
import { isDateTest, matchKey, scalarTester } from "../../worker/domain/match.ts";
import type { Subject } from "../../worker/domain/subject.ts";

interface Test {
	readonly leaf: Leaf;
	readonly key: string;
	readonly segment: number;
}

/**
 * An answer is the instant until which it holds, above zero for yes and below for no: so `all` is the least of its
 * members' answers, `any` the greatest.
 */
export interface Incremental {
	/** The tests that ask for any of these counters, tags, attributes and fields: found ahead, and not measured. */
	touchedBy(keys: ReadonlySet<string>): Int32Array;
	update(touched: Int32Array, now: number): void;
	answer(segment: number): number;
}

export function incremental(conditions: readonly Condition[], { facts, identity }: Subject): Incremental {
	// In each segment counts come last, because they are asked only where the rest does not settle it.
	const tests = conditions.flatMap((condition, segment) =>
		[...leavesOf(condition)]
			.map((leaf): Test => ({ leaf, key: keyOf(leaf), segment }))
			.sort((one, other) => Number(isCount(one)) - Number(isCount(other))),
	);
	const asking = Map.groupBy(tests.keys(), (test) => tests[test]?.key);
	const segmentOf = Int32Array.from(tests, ({ segment }) => segment);
	const starts = Int32Array.from(conditions.keys(), (segment) => segmentOf.indexOf(segment));
	const sign = Int8Array.from(conditions, (condition) => ("any" in condition ? -1 : 1));
	const counts = Uint8Array.from(tests, (test) => Number(isCount(test)));
	const needed = Int32Array.from(tests, ({ leaf }) => ("count" in leaf ? leaf.count.n : 0));
	const windowMs = Float64Array.from(tests, ({ leaf }) =>
		"withinMs" in leaf ? (leaf.withinMs ?? Infinity) : 0,
	);
	const instants = tests.map((): readonly number[] => []);
	const valueTests = tests.map(({ leaf }) => valueTest(leaf));
	const values = new Float64Array(tests.length);
	const ofSegments = new Float64Array(conditions.length);
	const isTouched = new Uint8Array(conditions.length);
	let isNew = true;

	function count(test: number, now: number): number {
		const list = instants[test] ?? [];
		const n = needed[test] ?? 0;
		const end = n <= list.length ? (list[n - 1] ?? 0) + (windowMs[test] ?? 0) : -Infinity;
		return now < end ? end : -Infinity;
	}
	function valueTest(leaf: Leaf): () => number {
		if (leaf.field === "tag") return () => settled((facts.tags[leaf.tag]?.count ?? 0) >= leaf.count.n);
		const passes = passesOf(leaf);
		const known = new Map<unknown, number>();
		const { field } = leaf;
		const read = isTextField(field)
			? textFields[field].read
			: () => (leaf.field === "attribute" ? facts.attributes[leaf.name]?.value : undefined);
		return () => {
			const value = read({ facts, identity });
			const answer = known.get(value) ?? settled(passes(value));
			known.set(value, answer);
			return answer;
		};
	}

	return {
		touchedBy: (keys) => {
			const touched = isNew ? [...tests.keys()] : [...keys].flatMap((key) => asking.get(key) ?? []);
			for (const test of touched) instants[test] = facts.counters[tests[test]?.key ?? ""] ?? [];
			isNew = false;
			return Int32Array.from(touched);
		},
		update: (touched, now) => {
			for (let i = 0; i < touched.length; i++) {
				const test = touched[i] ?? 0;
				isTouched[segmentOf[test] ?? 0] = 1;
				if (counts[test] === 0) values[test] = valueTests[test]?.() ?? 0;
			}
			for (let segment = 0; segment < isTouched.length; segment++) {
				if (isTouched[segment] === 0 && Math.abs(ofSegments[segment] ?? 0) > now) continue;
				const side = sign[segment] ?? 1;
				let least = Infinity;
				for (let test = starts[segment] ?? 0; segmentOf[test] === segment && least > -Infinity; test++) {
					const answer = counts[test] ? count(test, now) : (values[test] ?? 0);
					least = Math.min(least, side * answer);
				}
				ofSegments[segment] = side * least;
				isTouched[segment] = 0;
			}
		},
		answer: (segment) => ofSegments[segment] ?? 0,
	};
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

const isCount = ({ leaf }: Test): boolean => leaf.field === "events";
const settled = (isSo: boolean): number => (isSo ? Infinity : -Infinity);

function keyOf(leaf: Leaf): string {
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
