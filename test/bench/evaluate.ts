// What evaluating a site's segments costs, beside a well-kept library that evaluates Mongo-like conditions.
// Both sides answer the same 200 segments of 5 conditions for one visitor after another, as a cell does, so that nothing
// read for one evaluation holds for the next. The peer gets its counts worked out beforehand, for free, and neither folds
// text nor says until when its answers hold.

import { evalCondition } from "@growthbook/growthbook";
import type { Condition, CountLeaf, Leaf, TextField } from "../../worker/domain/condition.ts";
import { type Environment, emptyFacts } from "../../worker/domain/facts.ts";
import { matchKey } from "../../worker/domain/match.ts";
import { compile, evaluate } from "../../worker/domain/predicate.ts";
import type { Touch } from "../../worker/domain/source.ts";
import type { Subject } from "../../worker/domain/subject.ts";
import { atMost, figure, type Measure, median, print } from "./report.ts";

const segmentCount = 200;
const visitorCount = 8;
const rounds = 1_001;
const dayMs = 86_400_000;
const now = 1_760_000_000_000;
/** How many different things of a kind the segments ask for. */
const kinds = { categories: 40, tags: 100, traits: 80, words: 20 } as const;

type Mongo = Parameters<typeof evalCondition>[1];
/** One condition for both sides. */
interface Pair {
	readonly leaf: Leaf;
	readonly mongo: Mongo;
}
interface Visitor {
	readonly subject: Subject;
	readonly attributes: Record<string, unknown>;
}

/** Spread over 0 to 1, the same on every run and machine. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

const page = (i: number): CountLeaf["match"] => ({
	name: "Page Viewed",
	path: { op: "starts-with", value: `/oferta/${i}` },
});
const category = (i: number): CountLeaf["match"] => ({
	name: "Product Viewed",
	where: [{ property: "category", test: { op: "is", value: `kategoria ${i}` } }],
});
const ofEnvironment = ["browser", "system", "device", "language", "country", "city"] as const;
const ofTouch = ["source", "medium", "campaign", "phrase"] as const;
const textFields: readonly TextField[] = [
	...ofEnvironment,
	...ofTouch.flatMap((part) => [`first.${part}`, `last.${part}`] as const),
];
const word = (n: number): string => `wartość ${n}`;

/** What a segment asks for: pages and categories viewed so often lately, a tag, where from or with what, a trait. */
function pairsOf(i: number): Pair[] {
	const n = 1 + (i % 5);
	const field = textFields[i % textFields.length] ?? "city";
	const values = Array.from({ length: kinds.words / 4 }, (_, k) => word((i + k) % kinds.words));
	const pairs: Pair[] = [
		{
			leaf: { field: "events", match: page(i), count: { op: ">=", n }, withinMs: dayMs * (1 + (i % 30)) },
			mongo: { [`page ${i}`]: { $gte: n } },
		},
		{
			leaf: {
				field: "events",
				match: category(i % kinds.categories),
				count: { op: ">=", n },
				withinMs: dayMs * (30 + i),
			},
			mongo: { [`category ${i % kinds.categories}`]: { $gte: n } },
		},
		{
			leaf: {
				field: "tag",
				tag: `TAG ${i % kinds.tags}`,
				count: { op: ">=", n: 1 + Math.floor(i / kinds.tags) },
			},
			mongo: { [`tag ${i % kinds.tags}`]: { $gte: 1 + Math.floor(i / kinds.tags) } },
		},
		{
			leaf: { field, test: { op: "any-of", values } },
			mongo: { [nameOf(field)]: { $in: values } },
		},
		{
			leaf: {
				field: "attribute",
				name: `cecha ${i % kinds.traits}`,
				test: { op: "between", from: 1 + (i % 50), to: 75 },
			},
			mongo: { [`trait ${i % kinds.traits}`]: { $gte: 1 + (i % 50), $lte: 75 } },
		},
	];
	// Nobody writes the five in one order.
	return pairs.map((_, k) => pairs[(k + i) % pairs.length]).filter((pair) => pair !== undefined);
}

/** A dot would be a path to the peer. */
const nameOf = (field: string): string => field.replace(".", " ");

/** A visitor who did a part of what segments ask about: about one condition in four holds. */
function visitorOf(seed: number): Visitor {
	const next = random(seed * 7_919 + 1);
	const facts = emptyFacts();
	const attributes: Record<string, unknown> = {};
	const stamp = { at: now, id: String(seed) };
	const viewed = (match: CountLeaf["match"], name: string): void => {
		if (next() > 0.4) return;
		const count = 1 + Math.floor(next() * 6);
		facts.counters[matchKey(match)] = Array.from({ length: count }, (_, k) => now - k * 1_000 - seed);
		attributes[name] = count;
	};
	for (let i = 0; i < segmentCount; i++) viewed(page(i), `page ${i}`);
	for (let i = 0; i < kinds.categories; i++) viewed(category(i), `category ${i}`);
	for (let i = 0; i < kinds.tags; i++) {
		if (next() > 0.4) continue;
		const count = 1 + Math.floor(next() * 3);
		facts.tags[`TAG ${i}`] = { count, firstAt: now, lastAt: now };
		attributes[`tag ${i}`] = count;
	}
	for (let i = 0; i < kinds.traits; i++) {
		if (next() > 0.5) continue;
		const value = Math.floor(next() * 100);
		facts.attributes[`cecha ${i}`] = { value, ...stamp };
		attributes[`trait ${i}`] = value;
	}
	const say = (field: string): string => {
		const value = word(Math.floor(next() * kinds.words));
		attributes[nameOf(field)] = value;
		return value;
	};
	const touch = (order: "first" | "last"): Touch => ({
		source: say(`${order}.source`),
		medium: say(`${order}.medium`),
		campaign: say(`${order}.campaign`),
		phrase: say(`${order}.phrase`),
		landing: "/",
	});
	const environment: Environment = Object.fromEntries(ofEnvironment.map((member) => [member, say(member)]));
	facts.environment = { value: environment, ...stamp };
	facts.firstTouch = { value: touch("first"), ...stamp };
	facts.lastTouch = { value: touch("last"), ...stamp };
	return { subject: { facts, identity: "monitored" }, attributes };
}

export function scene(): { ours: Condition[]; theirs: Mongo[]; visitors: Visitor[] } {
	const ours: Condition[] = [];
	const theirs: Mongo[] = [];
	for (let segment = 0; segment < segmentCount; segment++) {
		const pairs = pairsOf(segment);
		const leaves = pairs.map(({ leaf }) => leaf);
		const mongos = pairs.map(({ mongo }) => mongo);
		// Three in four segments ask for everything, the others for anything.
		ours.push(segment % 4 < 3 ? { all: leaves } : { any: leaves });
		theirs.push(segment % 4 < 3 ? { $and: mongos } : { $or: mongos });
	}
	return { ours, theirs, visitors: Array.from({ length: visitorCount }, (_, i) => visitorOf(i)) };
}

/**
 * Microseconds for one evaluation of all segments, and how many times longer the peer takes: medians over rounds that
 * take turns in one process.
 * @throws where the two sides disagree on any segment.
 */
export function benchEvaluation(): Measure[] {
	const { ours, theirs, visitors } = scene();
	const program = compile(ours);
	const oursMs: number[] = [];
	const theirsMs: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const before = performance.now();
		const answers = visitors.map(({ subject }) => evaluate(program, subject, now));
		const between = performance.now();
		const peers = visitors.map(({ attributes }) =>
			theirs.map((condition) => evalCondition(attributes, condition)),
		);
		theirsMs.push((performance.now() - between) / visitorCount);
		oursMs.push((between - before) / visitorCount);
		for (const [v, verdicts] of answers.entries())
			for (let i = 0; i < segmentCount; i++)
				if (peers[v]?.[i] !== verdicts.is(i)) throw new Error(`visitor ${v}, segment ${i}: two answers`);
	}
	const our = median(oursMs) * 1_000;
	const their = median(theirsMs) * 1_000;
	const times = their / our;
	return [
		atMost("evaluate 200 segments of 5 conditions", our, "µs", 14),
		figure("the same by GrowthBook's evalCondition", their, "µs"),
		{ ...figure("evaluate: times as fast as GrowthBook", times, "×"), bar: 15, ok: times >= 15 },
	];
}

if (import.meta.main) print(benchEvaluation());
