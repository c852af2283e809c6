// What evaluating a site's segments costs, beside a well-kept library that evaluates Mongo-like conditions.
// Both sides answer the same 200 segments of 5 conditions for the same person, who changes between any two evaluations.
// The peer gets its counts computed beforehand, for free, and says nothing about `until`.

import { evalCondition } from "@growthbook/growthbook";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import { emptyFacts, type Facts } from "../../worker/domain/facts.ts";
import { matchKey } from "../../worker/domain/match.ts";
import { compile, evaluate } from "../../worker/domain/predicate.ts";
import type { Subject } from "../../worker/domain/subject.ts";

export interface Measure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	readonly bar: number;
	readonly ok: boolean;
}

const segmentCount = 200;
const conditionsEach = 5;
/** Of all keys that conditions ask for, how many change before each evaluation: one in so many. */
const changeEvery = 4;
const dayMs = 86_400_000;
const start = 1_760_000_000_000;
const rounds = 41;
const evaluationsEach = 40;

type Mongo = Record<string, unknown>;
type Attributes = Record<string, unknown>;
/** One condition for both, and how a step of the person's life changes what it asks for. */
interface Pair {
	readonly leaf: Leaf;
	readonly mongo: Mongo;
	change(step: number, now: number): void;
}

/** The same numbers on every run and machine. */
function sequence(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

interface Scene {
	readonly ours: readonly Condition[];
	readonly theirs: readonly Mongo[];
	readonly subject: Subject;
	readonly attributes: Attributes;
	change(step: number, now: number): void;
}

function scene(): Scene {
	const random = sequence(7);
	const facts = emptyFacts();
	const attributes: Attributes = {};
	const pairs: Pair[] = [];
	const ours: Condition[] = [];
	const theirs: Mongo[] = [];
	for (let segment = 0; segment < segmentCount; segment++) {
		const members = Array.from({ length: conditionsEach }, (_, i) =>
			pairOf(segment * conditionsEach + i, random, facts, attributes),
		);
		pairs.push(...members);
		const leaves = members.map(({ leaf }) => leaf);
		const mongos = members.map(({ mongo }) => mongo);
		// Three in four segments ask for everything, the others for anything.
		ours.push(segment % 4 < 3 ? { all: leaves } : { any: leaves });
		theirs.push(segment % 4 < 3 ? { $and: mongos } : { $or: mongos });
	}
	const change = (step: number, now: number): void => {
		for (let i = step % changeEvery; i < pairs.length; i += changeEvery) pairs[i]?.change(step, now);
	};
	for (let step = 0; step < changeEvery; step++) change(step, start);
	return { ours, theirs, subject: { facts, identity: "monitored" }, attributes, change };
}

/** Counts in windows, tags, text and numbers in turn; each is true in three of four steps of the person's life. */
function pairOf(i: number, random: () => number, facts: Facts, attributes: Attributes): Pair {
	const name = `key ${i}`;
	const n = 1 + Math.floor(random() * 5);
	const isSo = (step: number): boolean => (i + Math.floor(step / changeEvery)) % 4 > 0;
	const say = (value: string | number, at: number): void => {
		facts.attributes[name] = { value, at, id: String(at) };
		attributes[name] = value;
	};
	switch (i % 5) {
		case 0:
		case 1: {
			const match = { name: "Page Viewed", path: { op: "starts-with", value: `/oferta/${i}` } } as const;
			const withinMs = dayMs * (1 + (i % 30));
			const key = matchKey(match);
			return {
				leaf: { field: "events", match, count: { op: ">=", n }, withinMs },
				mongo: { [name]: { $gte: n } },
				change: (step, now) => {
					const count = isSo(step) ? n : n - 1;
					facts.counters[key] = Array.from({ length: count }, (_, k) => now - k * 1_000);
					attributes[name] = count;
				},
			};
		}
		case 2:
			return {
				leaf: { field: "tag", tag: name, count: { op: ">=", n } },
				mongo: { [name]: { $gte: n } },
				change: (step, now) => {
					const count = isSo(step) ? n : n - 1;
					facts.tags[name] = { count, firstAt: now, lastAt: now };
					attributes[name] = count;
				},
			};
		case 3:
			return {
				leaf: { field: "attribute", name, test: { op: "is", value: `wartość ${i}` } },
				mongo: { [name]: `wartość ${i}` },
				change: (step, now) => say(isSo(step) ? `wartość ${i}` : "inna", now),
			};
		default:
			return {
				leaf: { field: "attribute", name, test: { op: "between", from: n, to: n + 10 } },
				mongo: { [name]: { $gte: n, $lte: n + 10 } },
				change: (step, now) => say(isSo(step) ? n + 3 : n + 11, now),
			};
	}
}

/**
 * Microseconds for one evaluation of all segments, and how many times longer the peer takes: medians over rounds that
 * take turns in one process. The changes themselves are not measured.
 * @throws where the two sides disagree on any segment.
 */
export function benchEvaluation(): Measure[] {
	const { ours, theirs, subject, attributes, change } = scene();
	const program = compile(ours);
	const oursMs: number[] = [];
	const theirsMs: number[] = [];
	let step = 0;
	for (let round = 0; round < rounds; round++) {
		let our = 0;
		let their = 0;
		for (let k = 0; k < evaluationsEach; k++) {
			const now = start + step * 1_000;
			change(step++, now);
			const before = performance.now();
			const verdicts = evaluate(program, subject, now);
			const between = performance.now();
			const answers = theirs.map((condition) => evalCondition(attributes, condition));
			their += performance.now() - between;
			our += between - before;
			for (let i = 0; i < answers.length; i++)
				if (answers[i] !== verdicts.is(i)) throw new Error(`segment ${i} differs`);
		}
		oursMs.push(our / evaluationsEach);
		theirsMs.push(their / evaluationsEach);
	}
	const our = median(oursMs) * 1_000;
	const their = median(theirsMs) * 1_000;
	return [
		measure("200 segments × 5 conditions", our, "µs", 14, our <= 14),
		measure("the same by GrowthBook's evalCondition, without until", their, "µs", 0, true),
		measure("times as fast", their / our, "×", 15, their / our >= 15),
	];
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function measure(name: string, value: number, unit: string, bar: number, ok: boolean): Measure {
	return { name, value: Math.round(value * 100) / 100, unit, bar, ok };
}

if (import.meta.main) for (const one of benchEvaluation()) console.log(one);
