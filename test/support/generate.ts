// Arbitrary conditions over arbitrary histories, for every suite that must find two implementations in agreement.
// Words, keys and instants come from small pools, so that tests are met, ties occur and windows end on an event.

import fc from "fast-check";
import type {
	Comparison,
	Condition,
	CountLeaf,
	EventMatch,
	Leaf,
	NumberTest,
	PathTest,
	ScalarTest,
	TextField,
	TextTest,
} from "../../worker/domain/condition.ts";
import { type Event, eventNames, type Scalar } from "../../worker/domain/event.ts";
import { type Circumstances, emptyFacts, type Facts, record } from "../../worker/domain/facts.ts";
import { textFields } from "../../worker/domain/fields.ts";
import type { Part, Person } from "../../worker/domain/person.ts";
import { type Identity, identities } from "../../worker/domain/subject.ts";
import type { Watch } from "../../worker/domain/watch.ts";

export const hourMs = 3_600_000;
/** The latest instant of any history. */
export const latest = 1_800_000_000_000;

/** An event with what came with it, and what rules made of it. */
export interface Happening {
	readonly event: Event;
	readonly circumstances: Circumstances;
	readonly effects: readonly Event[];
}
export interface History {
	readonly identity: Identity;
	/** Events of each part, in order of arrival. */
	readonly parts: readonly (readonly Happening[])[];
}

const words = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.constantFrom("", "Łódź", "lodz", "ŁÓDŹ łąka", "Straße", "STRASSE", "100%", "a_b", "a*b"),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom("*", "'; DROP TABLE people; --", '"', "\\", "null", "true", "1", "12", "😀"),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			"e\u0301",
			"é",
			"\u0000",
			"a\u0000b",
			"\ud800",
			"ﬁ",
			"ΑΣ",
			"ας",
			"\u202e",
			"\n",
		),
	},
	{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);
/** As they are for a reader of a stored name: not folded, and therefore well-formed. */
export const keys = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom("category", "price") },
	{ weight: 4, arbitrary: fc.constantFrom("product.price", "path", "Łódź", "lodz") },
	{
		weight: 2,
		arbitrary: fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "length", ""),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom('a"b', "a\\b", "12", "[0]", "$", "$.x", "%_*", "😀", "\n", "'", "#-1"),
	},
);
const paths = fc
	.array(
		fc.constantFrom("oferta", "Łódź", "%C5%82", "100%", "a*b", "_", "x", "oferta/", "?q=1", "%zz", "😀"),
		{ maxLength: 4 },
	)
	.map((pieces) => `/${pieces.join("/")}`);
const numbers = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: -2, max: 5 }) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(0.1, 0.2, 0.30000000000000004, 0.3, -0, 1e21, 2 ** 53 - 1, -1.5, 99.99),
	},
);
const scalars: fc.Arbitrary<Scalar> = fc.oneof(words, numbers, fc.boolean());
const names = fc.oneof(
	{ weight: 9, arbitrary: fc.constantFrom("Page Viewed", "Product Viewed") },
	{ weight: 2, arbitrary: fc.constantFrom(...Object.values(eventNames)) },
	{ weight: 1, arbitrary: fc.constantFrom("constructor", "Łódź", 'a "quoted" name') },
);

const fieldsOfText = Object.keys(textFields).filter((name): name is TextField =>
	Object.hasOwn(textFields, name),
);
const fieldValues = fc.oneof(
	{ weight: 3, arbitrary: words },
	{ weight: 1, arbitrary: fc.constantFrom(...identities) },
);
const textTest: fc.Arbitrary<TextTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("is", "contains", "starts-with", "ends-with"), value: fieldValues }),
	fc.record({ op: fc.constant("any-of"), values: fc.array(fieldValues, { maxLength: 4 }) }),
	fc.constant({ op: "exists" } as const),
);
const comparison = (n: fc.Arbitrary<number>): fc.Arbitrary<Comparison> =>
	fc.record({ op: fc.constantFrom(">=", "<=", "="), n });
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
	comparison(numbers),
	fc.record({ op: fc.constant("between"), from: numbers, to: numbers }),
);
const scalarTest: fc.Arbitrary<ScalarTest> = fc.oneof(
	{ weight: 3, arbitrary: textTest },
	{ weight: 2, arbitrary: numberTest },
	{ weight: 1, arbitrary: fc.record({ op: fc.constantFrom("is-true", "is-false") }) },
);
const patterns = fc
	.array(fc.constantFrom("*", "*", "/", "oferta", "Łódź", "ł", "x", "a", "_", "%", "😀"), { maxLength: 6 })
	.map((pieces) => pieces.join(""));
export const pathTest: fc.Arbitrary<PathTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("is", "starts-with", "contains"), value: fc.oneof(paths, patterns) }),
	fc.record({
		op: fc.constant("wildcard"),
		value: fc.oneof(
			patterns,
			paths.map((path) => `${path}*`),
		),
	}),
);
const eventMatch: fc.Arbitrary<EventMatch> = fc.record(
	{
		name: names,
		path: pathTest,
		where: fc.array(fc.record({ property: keys, test: scalarTest }), { maxLength: 2 }),
	},
	{ requiredKeys: ["name"] },
);
const threshold = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
	{ weight: 1, arbitrary: fc.constantFrom(20, 99, 100) },
);
export const countLeaf: fc.Arbitrary<CountLeaf> = fc.record(
	{
		field: fc.constant("events"),
		match: fc.oneof(
			{ weight: 2, arbitrary: names.map((name) => ({ name })) },
			{ weight: 3, arbitrary: eventMatch },
		),
		count: comparison(threshold),
		withinMs: fc.integer({ min: 1, max: 60 }).map((hours) => hours * hourMs),
	},
	{ requiredKeys: ["field", "match", "count"] },
);
export const leaf: fc.Arbitrary<Leaf> = fc.oneof(
	{ weight: 5, arbitrary: countLeaf },
	{ weight: 3, arbitrary: fc.record({ field: fc.constantFrom(...fieldsOfText), test: textTest }) },
	{ weight: 3, arbitrary: fc.record({ field: fc.constant("attribute"), name: keys, test: scalarTest }) },
	{ weight: 2, arbitrary: fc.record({ field: fc.constantFrom("score", "visits"), test: numberTest }) },
	{ weight: 2, arbitrary: fc.record({ field: fc.constant("tag"), tag: keys, count: comparison(threshold) }) },
);
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 4, depthSize: "small" },
		{ weight: 4, arbitrary: leaf },
		{ weight: 2, arbitrary: fc.record({ all: fc.array(tie("node"), { maxLength: 4 }) }) },
		{ weight: 2, arbitrary: fc.record({ any: fc.array(tie("node"), { maxLength: 4 }) }) },
		{ weight: 1, arbitrary: fc.record({ not: tie("node") }) },
	),
})).node;

const entries = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
	// Not fc.dictionary: fromEntries makes "__proto__" an own member, as JSON.parse does.
	fc.array(fc.tuple(keys, value), { maxLength: 3 }).map((list) => Object.fromEntries(list));
const circumstances: fc.Arbitrary<Circumstances> = fc.record(
	{
		environment: fc.record(
			{
				browser: words,
				system: words,
				device: fc.constantFrom("phone", "tablet", "desktop", "tv"),
				language: words,
				country: words,
				city: words,
			},
			{ requiredKeys: [] },
		),
		touch: fc.record(
			{ source: words, medium: words, campaign: words, phrase: words, referrer: words, landing: paths },
			{ requiredKeys: ["source", "medium", "landing"] },
		),
		attributes: entries(scalars),
	},
	{ requiredKeys: [] },
);
const effect = fc.oneof(
	fc.record({ name: fc.constant(eventNames.tagAdded), props: fc.record({ tag: keys }) }),
	fc.record({
		name: fc.constant(eventNames.pointsEarned),
		props: fc.record({ points: fc.integer({ min: -3, max: 3 }) }),
	}),
	fc.record({
		name: fc.constantFrom(eventNames.segmentEntered, eventNames.segmentExited),
		props: entries(scalars),
	}),
);
const happening = fc.record({
	name: names,
	/** Hours apart, with ties; some histories reach back further than any window. */
	at: fc.oneof(
		{ weight: 4, arbitrary: fc.integer({ min: 0, max: 90 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 0, max: 9_000 }) },
	),
	props: fc.tuple(entries(scalars), fc.option(paths, { nil: undefined })),
	circumstances,
	effects: fc.oneof(
		{ weight: 3, arbitrary: fc.array(effect, { maxLength: 0 }) },
		{ weight: 1, arbitrary: fc.array(effect, { maxLength: 2 }) },
	),
});

/** A person of up to three parts and up to `length` events in each. Ids are unique in the history. */
export function history(length = 60): fc.Arbitrary<History> {
	const part = fc.array(happening, { maxLength: length, size: "max" });
	return fc
		.record({ identity: fc.constantFrom(...identities), parts: fc.array(part, { maxLength: 3 }) })
		.map(({ identity, parts }) => ({
			identity,
			parts: parts.map((list, p) =>
				list.map(({ name, at, props: [props, path], circumstances, effects }, i): Happening => {
					const id = `${p}-${i}`;
					const when = latest - at * hourMs;
					const event: Event = {
						id,
						name,
						at: when,
						props: {
							...props,
							...(path === undefined ? {} : { path }),
							...(name === eventNames.tagAdded ? { tag: "category" } : {}),
							...(name === eventNames.pointsEarned ? { points: i } : {}),
						},
					};
					return {
						event,
						circumstances,
						effects: effects.map((made, k): Event => {
							const rule = `rule ${k}`;
							const cause = { event: id, rule };
							return { id: `${id}/${rule}`, name: made.name, at: when, props: made.props, cause };
						}),
					};
				}),
			),
		}));
}

/** The person that a history makes, as a cell that watches would remember it. */
export function personOf({ parts }: History, watch: Watch): Person {
	const known: Record<string, Part> = {};
	for (const [p, list] of parts.entries()) {
		const id = `part-${p}`;
		known[id] = { id, kind: "browser", version: list.length, facts: factsOf(list, watch) };
	}
	return { parts: known };
}

export function factsOf(list: readonly Happening[], watch: Watch): Facts {
	const facts = emptyFacts();
	for (const { event, circumstances, effects } of list) {
		record(facts, event, watch, circumstances);
		for (const one of effects) record(facts, one, watch);
	}
	return facts;
}
