// What evaluating a site's segments costs, beside a well-kept library that evaluates Mongo-like conditions.
// Both sides answer the same 200 segments of 5 conditions for a few people whom a cell holds in memory. Before each
// evaluation the person views a page, an hour after the last, and the event is recorded: it touches at least a fifth of
// the conditions, and the hour moves every window. About one condition in three holds. Sides take turns, some 200
// evaluations each, so that neither runs in what the other left of the caches.
// The peer gets its counts worked out beforehand, for free, and neither folds text nor says until when an answer holds.

import { evalCondition } from "@growthbook/growthbook";
import type { Condition, CountLeaf, Leaf, TextField } from "../../worker/domain/condition.ts";
import { eventNames } from "../../worker/domain/event.ts";
import { type Environment, emptyFacts, record } from "../../worker/domain/facts.ts";
import { textFields } from "../../worker/domain/fields.ts";
import { matchKey } from "../../worker/domain/match.ts";
import { compile, evaluate, type Program, type Verdicts } from "../../worker/domain/predicate.ts";
import type { Touch } from "../../worker/domain/source.ts";
import type { Subject } from "../../worker/domain/subject.ts";
import { type Watch, watchFor } from "../../worker/domain/watch.ts";
import { incremental } from "./incremental.ts";
import { atMost, figure, type Measure, median, print } from "./report.ts";

const segmentCount = 200;
const visitorCount = 4;
/** Views of each visitor before the other side takes its turn. */
const viewsEach = 50;
const turns = 40;
const hourMs = 3_600_000;
const start = 1_760_000_000_000;
/** How many different things of a kind the segments ask for. */
const kinds = { areas: 40, tags: 100, traits: 80, words: 20 } as const;
/** The share of all conditions that each view must touch. */
const leastTouched = 0.2;

type Mongo = Parameters<typeof evalCondition>[1];
/** One condition for both sides. */
interface Pair {
	readonly leaf: Leaf;
	/** What the peer calls what is asked. */
	readonly name: string;
	/** Of the counter, tag, attribute or field. */
	readonly key: string;
	readonly mongo: Mongo;
}
interface Visitor {
	readonly subject: Subject;
	/** The rules that this visitor's behaviour sets off, again and again. */
	readonly tags: readonly string[];
	readonly next: () => number;
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

const viewOf = (property: string, from: number): CountLeaf["match"] => ({
	name: eventNames.pageViewed,
	where: [{ property, test: { op: "between", from, to: from + 400 } }],
});
const ofEnvironment = ["browser", "system", "device", "language", "country", "city"] as const;
const ofTouch = ["source", "medium", "campaign", "phrase"] as const;
const asked: readonly TextField[] = [
	...ofEnvironment,
	...ofTouch.flatMap((part) => [`first.${part}`, `last.${part}`] as const),
];
const words = Array.from({ length: kinds.words }, (_, n) => `wartość ${n}`);
const word = (n: number): string => words[n] ?? "";
/** A dot would be a path to the peer. */
const nameOf = (field: string): string => field.replace(".", " ");

/** What a segment asks for: offers of a price and of an area viewed so often lately, a tag, where from or with what, a trait. */
function pairsOf(i: number): Pair[] {
	const n = 1 + (i % 5);
	const field = asked[i % asked.length] ?? "city";
	const values = Array.from({ length: kinds.words / 4 }, (_, k) => word((i + k) % kinds.words));
	const viewed = (match: CountLeaf["match"], name: string): Pair => ({
		leaf: { field: "events", match, count: { op: ">=", n }, withinMs: hourMs * (1 + (i % 7)) },
		name,
		key: matchKey(match),
		mongo: { [name]: { $gte: n } },
	});
	const tag = { name: `TAG ${i % kinds.tags}`, n: 1 + Math.floor(i / kinds.tags) };
	const trait = { name: `cecha ${i % kinds.traits}`, from: 1 + (i % 50), to: 75 };
	const pairs: Pair[] = [
		viewed(viewOf("price", i * 3), `price ${i}`),
		viewed(viewOf("area", (i % kinds.areas) * 15), `area ${i}`),
		{
			leaf: { field: "tag", tag: tag.name, count: { op: ">=", n: tag.n } },
			name: tag.name,
			key: tag.name,
			mongo: { [tag.name]: { $gte: tag.n } },
		},
		{
			leaf: { field, test: { op: "any-of", values } },
			name: nameOf(field),
			key: field,
			mongo: { [nameOf(field)]: { $in: values } },
		},
		{
			leaf: { field: "attribute", name: trait.name, test: { op: "between", from: trait.from, to: trait.to } },
			name: trait.name,
			key: trait.name,
			mongo: { [trait.name]: { $gte: trait.from, $lte: trait.to } },
		},
	];
	// Nobody writes the five in one order.
	return pairs.map((_, k) => pairs[(k + i) % pairs.length]).filter((pair) => pair !== undefined);
}

function arrival(seed: number): Visitor {
	const next = random(seed * 7_919 + 1);
	const some = (size: number, share: number): number[] =>
		[...Array(size).keys()].filter(() => next() < share);
	const facts = emptyFacts();
	const traits = some(kinds.traits, 0.5).map((i) => [`cecha ${i}`, Math.floor(next() * 100)] as const);
	const says = (): string => word(Math.floor(next() * kinds.words));
	const environment: Environment = Object.fromEntries(ofEnvironment.map((member) => [member, says()]));
	const event = { id: `${seed}`, name: eventNames.pageViewed, at: start, props: {} };
	record(facts, event, watchFor([]), { environment, attributes: Object.fromEntries(traits) });
	const tags = some(kinds.tags, 0.4).map((i) => `TAG ${i}`);
	return { subject: { facts, identity: "monitored" }, tags, next, attributes: {} };
}

const arrivals = (): readonly Visitor[] => Array.from({ length: visitorCount }, (_, i) => arrival(i));

/** Views an offer that an advertisement led to, and earns two tags. Answers with the keys of what that touched. */
function view({ subject: { facts }, tags, next }: Visitor, watch: Watch, at: number): ReadonlySet<string> {
	const from = (): string => word(Math.floor(next() * kinds.words));
	const amount = (): number => 300 + Math.floor(next() * 400);
	const touch: Touch = { source: from(), medium: from(), campaign: from(), phrase: from(), landing: "/" };
	const before = facts.lastTouch?.value;
	const id = `${at}`;
	const viewed = { id, name: eventNames.pageViewed, at, props: { price: amount(), area: amount() } };
	const earned = new Set([0, 1].map(() => tags[Math.floor(next() * tags.length)] ?? ""));
	record(facts, viewed, watch, { touch });
	for (const tag of earned) {
		const cause = { event: id, rule: tag };
		record(facts, { id: `${id}/${tag}`, name: eventNames.tagAdded, at, props: { tag }, cause }, watch);
	}
	return new Set([
		...watch.matching(viewed).map(({ key }) => key),
		...earned,
		...ofTouch.filter((part) => before?.[part] !== touch[part]).map((part) => `last.${part}`),
	]);
}

/** What the peer finds under the name of a condition. */
function counted({ facts, identity }: Subject, leaf: Leaf, key: string, now: number): unknown {
	switch (leaf.field) {
		case "events": {
			const since = now - (leaf.withinMs ?? Infinity);
			let count = 0;
			for (const at of facts.counters[key] ?? []) if (at > since) count++;
			return count;
		}
		case "tag":
			return facts.tags[leaf.tag]?.count ?? 0;
		case "attribute":
			return facts.attributes[leaf.name]?.value;
		case "score":
		case "visits":
			throw new Error("not asked here");
		default:
			return textFields[leaf.field].read({ facts, identity });
	}
}

interface Scene {
	readonly asked: readonly Pair[];
	readonly ours: readonly Condition[];
	readonly theirs: readonly Mongo[];
	readonly watch: Watch;
	readonly program: Program;
}

function scene(): Scene {
	const pairs = Array.from({ length: segmentCount }, (_, i) => pairsOf(i));
	// Three in four segments ask for everything, the others for anything.
	const ours = pairs.map((five, i): Condition => {
		const leaves = five.map(({ leaf }) => leaf);
		return i % 4 < 3 ? { all: leaves } : { any: leaves };
	});
	const theirs = pairs.map((five, i): Mongo => {
		const mongos = five.map(({ mongo }) => mongo);
		return i % 4 < 3 ? { $and: mongos } : { $or: mongos };
	});
	return { asked: pairs.flat(), ours, theirs, watch: watchFor(ours), program: compile(ours) };
}

const instantsOf = (turn: number): readonly number[] =>
	Array.from({ length: viewsEach }, (_, i) => start + (turn * viewsEach + i) * hourMs);

/** @throws where the two sides disagree on any segment. */
function compare({ asked, theirs, watch, program }: Scene): Record<"ours" | "theirs" | "recording", number> {
	const people = arrivals();
	const ms = { ours: [] as number[], theirs: [] as number[], recording: [] as number[] };
	for (let turn = 0; turn <= turns; turn++) {
		// The first turn is for warming up.
		if (turn === 1) for (const list of Object.values(ms)) list.length = 0;
		const answered: { visitor: Visitor; verdicts: Verdicts; values: readonly unknown[] }[] = [];
		for (const now of instantsOf(turn)) {
			for (const visitor of people) {
				const { subject } = visitor;
				const arrived = performance.now();
				view(visitor, watch, now);
				const recorded = performance.now();
				const verdicts = evaluate(program, subject, now);
				ms.ours.push(performance.now() - recorded);
				ms.recording.push(recorded - arrived);
				const values = asked.map(({ leaf, key }) => counted(subject, leaf, key, now));
				answered.push({ visitor, verdicts, values });
			}
		}
		for (const { visitor, verdicts, values } of answered) {
			const { attributes } = visitor;
			for (const [k, { name }] of asked.entries()) attributes[name] = values[k];
			const before = performance.now();
			const peers = theirs.map((condition) => evalCondition(attributes, condition));
			ms.theirs.push(performance.now() - before);
			for (const [i, is] of peers.entries())
				if (is !== verdicts.is(i)) throw new Error(`segment ${i}: two answers`);
		}
	}
	return { ours: median(ms.ours), theirs: median(ms.theirs), recording: median(ms.recording) };
}

/** The same lives once more. @throws where a view touches too little, or its answers are others. */
function followIncrementally({ asked, ours, watch, program }: Scene): number {
	const people = arrivals().map((visitor) => ({ visitor, kept: incremental(ours, visitor.subject) }));
	const ms: number[] = [];
	for (const now of Array.from({ length: turns }, (_, turn) => instantsOf(turn)).flat()) {
		for (const { visitor, kept } of people) {
			const touched = kept.touchedBy(view(visitor, watch, now));
			if (touched.length < leastTouched * asked.length)
				throw new Error(`a view touched only ${touched.length}`);
			const before = performance.now();
			kept.update(touched, now);
			ms.push(performance.now() - before);
			const verdicts = evaluate(program, visitor.subject, now);
			for (let i = 0; i < segmentCount; i++) {
				const answer = kept.answer(i);
				if (answer > 0 !== verdicts.is(i) || Math.abs(answer) !== verdicts.until(i))
					throw new Error(`segment ${i}: two answers of ours`);
			}
		}
	}
	return median(ms);
}

/** Microseconds for one evaluation of all segments, and how many times longer the peer takes: medians of one process. */
export function benchEvaluation(): Measure[] {
	const all = scene();
	const { ours, theirs, recording } = compare(all);
	const times = theirs / ours;
	return [
		atMost("evaluate 200 segments of 5 conditions", ours * 1_000, "µs", 14),
		figure("the same incrementally", followIncrementally(all) * 1_000, "µs"),
		figure("the same by GrowthBook's evalCondition", theirs * 1_000, "µs"),
		{ ...figure("evaluate: times as fast as GrowthBook", times, "×"), bar: 15, ok: times >= 15 },
		figure("recording the view before that, with two tags", recording * 1_000, "µs"),
	];
}

if (import.meta.main) print(benchEvaluation());
