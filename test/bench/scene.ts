// Made-up segments of a large site, for our evaluation and for its peers, and visitors who come by and view offers.

import type { evalCondition } from "@growthbook/growthbook";
import type { Condition, CountLeaf, Leaf } from "../../worker/domain/condition.ts";
import { eventNames } from "../../worker/domain/event.ts";
import { type Environment, emptyFacts, record } from "../../worker/domain/facts.ts";
import { isTextField, type TextField, textFields } from "../../worker/domain/fields.ts";
import { matchKey } from "../../worker/domain/match.ts";
import { compile, type Program } from "../../worker/domain/predicate.ts";
import type { Touch } from "../../worker/domain/source.ts";
import type { Subject } from "../../worker/domain/subject.ts";
import { type Watch, watchFor } from "../../worker/domain/watch.ts";

const visitorCount = 4;
export const hourMs = 3_600_000;
export const start = 1_760_000_000_000;
/** How many different things of a kind the segments ask for. */
const kinds = { areas: 40, tags: 100, traits: 80, words: 20 } as const;
const prices = 600;

export type Mongo = Parameters<typeof evalCondition>[1];
/** One condition for both sides. */
export interface Pair {
	readonly leaf: Leaf;
	/** What the peer calls what is asked. */
	readonly name: string;
	/** Of the counter, tag, attribute or field. */
	readonly key: string;
	readonly mongo: Mongo;
}
export interface Visitor {
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
function pairsOf(i: number, size: number): Pair[] {
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
		viewed(viewOf("price", Math.floor((i * prices) / size)), `price ${i}`),
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

export const arrivals = (): readonly Visitor[] => Array.from({ length: visitorCount }, (_, i) => arrival(i));

/** Views an offer that an advertisement led to, and earns two tags. Answers with the keys of what that touched. */
export function view(
	{ subject: { facts }, tags, next }: Visitor,
	watch: Watch,
	at: number,
): ReadonlySet<string> {
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
export function counted({ facts, identity }: Subject, leaf: Leaf, key: string, now: number): unknown {
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
		default:
			if (!isTextField(leaf.field)) throw new Error("not asked here");
			return textFields[leaf.field].read({ facts, identity });
	}
}

export interface Scene {
	readonly size: number;
	readonly asked: readonly Pair[];
	readonly ours: readonly Condition[];
	readonly theirs: readonly Mongo[];
	readonly watch: Watch;
	readonly program: Program;
}

export function scene(size: number): Scene {
	const pairs = Array.from({ length: size }, (_, i) => pairsOf(i, size));
	// Three in four segments ask for everything, the others for anything.
	const ours = pairs.map((five, i): Condition => {
		const leaves = five.map(({ leaf }) => leaf);
		return i % 4 < 3 ? { all: leaves } : { any: leaves };
	});
	const theirs = pairs.map((five, i): Mongo => {
		const mongos = five.map(({ mongo }) => mongo);
		return i % 4 < 3 ? { $and: mongos } : { $or: mongos };
	});
	return { size, asked: pairs.flat(), ours, theirs, watch: watchFor(ours), program: compile(ours) };
}
