// Conditions that ask about the same few things, so that they contradict and repeat each other.

import fc from "fast-check";
import type {
	Condition,
	DateTest,
	EventMatch,
	Leaf,
	ListTest,
	NumberTest,
	TextTest,
} from "../../worker/domain/condition.ts";
import { consentStates } from "../../worker/domain/consent.ts";
import type { NumberField, TextField } from "../../worker/domain/fields.ts";
import { day, few, instant, number, text, texts } from "./lint-world.ts";

const pieces = fc.constantFrom(
	"*",
	"l",
	"ó",
	"lo*",
	"*dz",
	"l*z",
	"*o*",
	"Kraków",
	"k*",
	"**",
	"l*l",
	"*z*l*",
	"*z*o*",
	"lo*odz",
);
const ms = fc.integer({ min: 0, max: 5 }).map((days) => days * day);
const textTest: fc.Arbitrary<TextTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("is", "contains", "starts-with", "ends-with"), value: text }),
	fc.record({ op: fc.constant("wildcard"), value: pieces }),
	fc.record({ op: fc.constant("any-of"), values: texts }),
	fc.constant({ op: "exists" } as const),
);
const comparison = (n: fc.Arbitrary<number>) => fc.record({ op: fc.constantFrom(">=", "<=", "="), n });
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
	comparison(number),
	fc.record({ op: fc.constant("between"), from: number, to: number }),
);
const dateTest: fc.Arbitrary<DateTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("before", "after"), at: instant }),
	fc.record({ op: fc.constantFrom("in-the-last", "longer-ago", "in-the-next"), ms }),
	fc.record({ op: fc.constant("anniversary"), days: few }),
);
const listTest: fc.Arbitrary<ListTest> = fc.record({
	op: fc.constantFrom("has-any", "has-all"),
	values: texts,
});
const scalarTest = fc.oneof(textTest, numberTest, fc.record({ op: fc.constantFrom("is-true", "is-false") }));
const match: fc.Arbitrary<EventMatch> = fc.record(
	{
		name: fc.constantFrom("a", "b"),
		where: fc.array(fc.record({ property: fc.constant("p"), test: scalarTest }), { maxLength: 2 }),
		during: fc.record({ from: instant, to: instant }),
	},
	{ requiredKeys: ["name"] },
);
const kinds: readonly fc.Arbitrary<Leaf>[] = [
	fc.record({ field: fc.constantFrom("city", "identity"), test: textTest }),
	fc.record({ field: fc.constantFrom("score", "visits", "browserVersion"), test: numberTest }),
	fc.record({ field: fc.constant("seen.last"), test: dateTest }),
	fc.record({
		field: fc.constant("attribute"),
		name: fc.constant("x"),
		test: fc.oneof(scalarTest, dateTest, listTest),
	}),
	fc.record({ field: fc.constant("cartProducts"), test: listTest }),
	fc.record({ field: fc.constant("tag"), tag: fc.constant("T"), count: comparison(few) }),
	fc.record(
		{
			field: fc.constant("events"),
			match,
			count: comparison(few),
			withinMs: ms,
			by: fc.constantFrom<"visit" | { property: string }>("visit", { property: "p" }),
		},
		{ requiredKeys: ["field", "match", "count"] },
	),
	fc.record({ field: fc.constant("sum"), match, property: fc.constant("p"), test: numberTest }),
	fc.record({ field: fc.constant("moment"), match, which: fc.constantFrom("first", "last"), test: dateTest }),
	fc.record(
		{ field: fc.constant("sequence"), first: match, second: match, thenWithinMs: ms, withinMs: ms },
		{ requiredKeys: ["field", "first", "second", "thenWithinMs"] },
	),
	fc.record({
		field: fc.constant("near"),
		latitude: fc.constant(50),
		longitude: fc.constant(20),
		km: fc.constantFrom(1, 5, 20),
	}),
	fc.record({
		field: fc.constant("interest"),
		in: fc.constant("category"),
		value: fc.constant("x"),
		of: fc.constant("rank"),
		test: numberTest,
	}),
	fc.record({ field: fc.constant("segment"), segment: fc.constant("s") }),
	fc.record({
		field: fc.constant("consent"),
		channel: fc.constant("email"),
		purpose: fc.constant("c"),
		state: fc.constantFrom(...consentStates),
	}),
	fc.record({ field: fc.constant("age"), test: numberTest }),
	fc.record({ field: fc.constant("member"), programme: fc.constant("m") }),
];
const leaf = fc.oneof(...kinds);
const list = (node: fc.Arbitrary<Condition>) => fc.array(node, { maxLength: 4 });
function treesOf(leaves: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
	return fc.letrec<{ node: Condition }>((tie) => ({
		node: fc.oneof(
			{ maxDepth: 3, depthSize: "small" },
			{ weight: 3, arbitrary: leaves },
			{ weight: 2, arbitrary: fc.record({ all: list(tie("node")) }) },
			{ weight: 2, arbitrary: fc.record({ any: list(tie("node")) }) },
			{ weight: 1, arbitrary: fc.record({ not: tie("node") }) },
		),
	})).node;
}

const numberLeaf = (field: NumberField) => numberTest.map((test): Leaf => ({ field, test }));
const textLeaf = (field: TextField) => textTest.map((test): Leaf => ({ field, test }));

/** Conditions that ask the same fields again and again, so that contradictions are common. */
export const colliding: fc.Arbitrary<Condition> = fc.oneof(
	treesOf(leaf),
	// Of few leaves, so that they meet.
	fc.array(leaf, { minLength: 2, maxLength: 3 }).chain((some) => treesOf(fc.constantFrom(...some))),
	...kinds.map(treesOf),
	...[textLeaf("city"), textLeaf("identity"), numberLeaf("visits"), numberLeaf("browserVersion")].map(
		treesOf,
	),
);
