// What evaluating a site's segments costs, beside a well-kept library that evaluates Mongo-like conditions.
// Both sides answer the same 200 segments of 5 conditions for the same person, who changes between any two evaluations.
// The peer gets its counts computed beforehand, for free, and says nothing about `until`.

import { evalCondition } from "@growthbook/growthbook";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import { emptyFacts, type Facts } from "../../worker/domain/facts.ts";
import { matchKey } from "../../worker/domain/match.ts";
import { compile, evaluate } from "../../worker/domain/predicate.ts";
import type { Touch } from "../../worker/domain/source.ts";
import type { Subject } from "../../worker/domain/subject.ts";

export interface Measure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	readonly bar: number;
	readonly ok: boolean;
}

const segmentCount = 200;
/** Of all that conditions ask for, one in so many changes before each evaluation. */
const changeEvery = 4;
const rounds = 41;
const evaluationsEach = 40;
const dayMs = 86_400_000;
const start = 1_760_000_000_000;

type Mongo = Record<string, unknown>;
/** One condition for both sides. */
interface Pair {
	readonly leaf: Leaf;
	readonly mongo: Mongo;
}
/** Something that conditions ask for, set to one of its values. */
type Change = (step: number, now: number) => void;

interface Scene {
	readonly ours: readonly Condition[];
	readonly theirs: readonly Mongo[];
	readonly subject: Subject;
	readonly attributes: Record<string, unknown>;
	readonly change: Change;
}

/**
 * A site's segments as marketers write them: what was viewed how often, a tag, where from or with what, an attribute.
 * 1,000 different conditions over 420 counters, tags, attributes and fields; about half of them hold at any time.
 */
function scene(): Scene {
	const facts = emptyFacts();
	const attributes: Record<string, unknown> = {};
	const changes: Change[] = [];
	const asked = [
		...[
			pages(facts, attributes, changes),
			categories(facts, attributes, changes),
			tags(facts, attributes, changes),
		],
		...[texts(facts, attributes, changes), traits(facts, attributes, changes)],
	];
	const ours: Condition[] = [];
	const theirs: Mongo[] = [];
	for (let segment = 0; segment < segmentCount; segment++) {
		// Nobody writes the five in one order.
		const pairs = asked
			.map((_, k) => asked[(k + segment) % asked.length]?.[segment])
			.filter((pair) => pair !== undefined);
		const leaves = pairs.map(({ leaf }) => leaf);
		const mongos = pairs.map(({ mongo }) => mongo);
		// Three in four segments ask for everything, the others for anything.
		ours.push(segment % 4 < 3 ? { all: leaves } : { any: leaves });
		theirs.push(segment % 4 < 3 ? { $and: mongos } : { $or: mongos });
	}
	const change: Change = (step, now) => {
		for (let i = step % changeEvery; i < changes.length; i += changeEvery) changes[i]?.(step, now);
	};
	for (let step = 0; step < changeEvery; step++) change(step, start);
	return { ours, theirs, subject: { facts, identity: "monitored" }, attributes, change };
}

/** Spread evenly over 0 to 1, the same on every run and machine. */
function spread(i: number, step: number): number {
	return ((i * 61 + Math.floor(step / changeEvery) * 29) % 97) / 97;
}

type Asking = (facts: Facts, attributes: Record<string, unknown>, changes: Change[]) => readonly Pair[];

/** A page of one's own for each segment. */
const pages: Asking = (facts, attributes, changes) =>
	Array.from({ length: segmentCount }, (_, i) => {
		const match = { name: "Page Viewed", path: { op: "starts-with", value: `/oferta/${i}` } } as const;
		const n = 1 + (i % 5);
		const key = matchKey(match);
		changes.push((step, now) => {
			const count = Math.floor(spread(i, step) * 2 * n);
			facts.counters[key] = Array.from({ length: count }, (_, k) => now - k * 1_000);
			attributes[`page ${i}`] = count;
		});
		return {
			leaf: { field: "events", match, count: { op: ">=", n }, withinMs: dayMs * (1 + (i % 30)) },
			mongo: { [`page ${i}`]: { $gte: n } },
		};
	});

/** Forty categories, each asked for by five segments with thresholds and windows of their own. */
const categories: Asking = (facts, attributes, changes) => {
	const count = 40;
	const matches = Array.from({ length: count }, (_, i) => {
		const where = [{ property: "category", test: { op: "is", value: `kategoria ${i}` } }] as const;
		const match = { name: "Product Viewed", where } as const;
		const key = matchKey(match);
		changes.push((step, now) => {
			const viewed = Math.floor(spread(i, step) * 10);
			facts.counters[key] = Array.from({ length: viewed }, (_, k) => now - k * 1_000);
			attributes[`category ${i}`] = viewed;
		});
		return match;
	});
	return Array.from({ length: segmentCount }, (_, i) => {
		const n = 2 + Math.floor(i / count);
		const match = matches[i % count] ?? { name: "" };
		return {
			leaf: { field: "events", match, count: { op: ">=", n }, withinMs: dayMs * (30 + i) },
			mongo: { [`category ${i % count}`]: { $gte: n } },
		};
	});
};

const tags: Asking = (facts, attributes, changes) => {
	const count = 100;
	for (let i = 0; i < count; i++) {
		changes.push((step, now) => {
			const added = Math.floor(spread(i, step) * 6);
			facts.tags[`TAG ${i}`] = { count: added, firstAt: start, lastAt: now };
			attributes[`tag ${i}`] = added;
		});
	}
	return Array.from({ length: segmentCount }, (_, i) => {
		const n = 2 + Math.floor(i / count);
		return {
			leaf: { field: "tag", tag: `TAG ${i % count}`, count: { op: ">=", n } },
			mongo: { [`tag ${i % count}`]: { $gte: n } },
		};
	});
};

const textsOfEnvironment = ["browser", "system", "device", "language", "country", "city"] as const;
const textsOfTouch = ["source", "medium", "campaign", "phrase"] as const;
const texts: Asking = (facts, attributes, changes) => {
	const fields = [
		...textsOfEnvironment,
		...textsOfTouch.flatMap((part) => [`first.${part}`, `last.${part}`] as const),
	];
	const word = (n: number): string => `wartość ${n}`;
	changes.push((step, now) => {
		const say = (field: string, i: number): string => {
			const value = word(Math.floor(spread(i, step) * 20));
			attributes[`text ${field.replace(".", " ")}`] = value;
			return value;
		};
		const stamp = { at: now, id: String(now) };
		const environment = Object.fromEntries(textsOfEnvironment.map((field, i) => [field, say(field, i)]));
		const touch = (order: string): Touch => ({
			source: say(`${order}.source`, 7),
			medium: say(`${order}.medium`, 8),
			campaign: say(`${order}.campaign`, 9),
			phrase: say(`${order}.phrase`, 10),
			landing: "/",
		});
		facts.environment = { value: environment, ...stamp };
		facts.firstTouch = { value: touch("first"), ...stamp };
		facts.lastTouch = { value: touch("last"), ...stamp };
	});
	return Array.from({ length: segmentCount }, (_, i) => {
		const field = fields[i % fields.length] ?? "city";
		const values = Array.from({ length: 10 }, (_, k) => word((i + k) % 20));
		return { leaf: { field, test: { op: "any-of", values } }, mongo: { [`text ${field.replace(".", " ")}`]: { $in: values } } };
	});
};

const traits: Asking = (facts, attributes, changes) => {
	const count = 80;
	for (let i = 0; i < count; i++) {
		changes.push((step, now) => {
			const value = Math.floor(spread(i, step) * 100);
			facts.attributes[`cecha ${i}`] = { value, at: now, id: String(now) };
			attributes[`trait ${i}`] = value;
		});
	}
	return Array.from({ length: segmentCount }, (_, i) => ({
		leaf: {
			field: "attribute",
			name: `cecha ${i % count}`,
			test: { op: "between", from: i % 50, to: (i % 50) + 50 },
		},
		mongo: { [`trait ${i % count}`]: { $gte: i % 50, $lte: (i % 50) + 50 } },
	}));
};

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
