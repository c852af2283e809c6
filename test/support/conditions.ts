// Arbitrary conditions: words, keys, numbers and instants come from small pools, so that tests are met, ties occur and
// windows end on an event. `generate.ts` makes the histories that they are asked of.

import fc from "fast-check";
import type {
	Comparison,
	Condition,
	CountLeaf,
	DateTest,
	EventMatch,
	InterestLeaf,
	Leaf,
	ListTest,
	NumberTest,
	PathTest,
	ScalarTest,
	TextTest,
} from "../../worker/domain/condition.ts";
import { channels, consentStates } from "../../worker/domain/consent.ts";
import { eventNames, type Scalar } from "../../worker/domain/event.ts";
import {
	dateFields,
	isTextField,
	numberFields,
	type TextField,
	textFields,
} from "../../worker/domain/fields.ts";
import { identities } from "../../worker/domain/subject.ts";

/** Consents of a few, so that acts meet. */
export const agreed = {
	channel: fc.constantFrom(...channels.slice(0, 2)),
	purpose: fc.constantFrom("newsletter", 'a".b', "__proto__"),
};

export const hourMs = 3_600_000;
/** The latest instant of any history. */
export const latest = 1_800_000_000_000;

export const words = fc.oneof(
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
export const paths = fc
	.array(
		fc.constantFrom("oferta", "Łódź", "%C5%82", "100%", "a*b", "_", "x", "oferta/", "?q=1", "%zz", "😀"),
		{ maxLength: 4 },
	)
	.map((pieces) => `/${pieces.join("/")}`);
export const numbers = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: -2, max: 5 }) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(0.1, 0.2, 0.30000000000000004, 0.3, -0, 1e21, 2 ** 53 - 1, -1.5, 99.99),
	},
);
export const scalars: fc.Arbitrary<Scalar> = fc.oneof(words, numbers, fc.boolean());
export const names = fc.oneof(
	{ weight: 9, arbitrary: fc.constantFrom("Page Viewed", "Product Viewed") },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			...["Order Completed", "Order Updated", "Order Refunded", "Order Cancelled", "Cart Updated"],
		),
	},
	{ weight: 1, arbitrary: fc.constant("Product Added") },
	{ weight: 1, arbitrary: fc.constant(eventNames.productBought) },
	{ weight: 2, arbitrary: fc.constantFrom(...Object.values(eventNames)) },
	{ weight: 1, arbitrary: fc.constantFrom("constructor", "Łódź", 'a "quoted" name') },
);

/** What the language could ask before it was widened: SQL knows these. */
const plainFields: readonly TextField[] = [
	...(["identity", "device", "browser", "system", "language", "country", "city"] as const),
	...(["source", "medium", "campaign", "phrase", "referrer", "landing"] as const).flatMap(
		(part) => [`first.${part}`, `last.${part}`] as const,
	),
];
const allFields = Object.keys(textFields).filter(isTextField);
const fieldValues = fc.oneof(
	{ weight: 3, arbitrary: words },
	{ weight: 1, arbitrary: fc.constantFrom(...identities) },
);
const plainText: fc.Arbitrary<TextTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("is", "contains", "starts-with", "ends-with"), value: fieldValues }),
	fc.record({ op: fc.constant("any-of"), values: fc.array(fieldValues, { maxLength: 4 }) }),
	fc.constant({ op: "exists" } as const),
);
const textTest: fc.Arbitrary<TextTest> = fc.oneof(
	{ weight: 4, arbitrary: plainText },
	{
		weight: 1,
		arbitrary: fc.record({
			op: fc.constant("wildcard"),
			value: fc
				.array(fc.constantFrom("*", "Łódź", "ł", "s", "a", "1", "@"), { maxLength: 4 })
				.map((all) => all.join("")),
		}),
	},
);
const comparison = (n: fc.Arbitrary<number>): fc.Arbitrary<Comparison> =>
	fc.record({ op: fc.constantFrom(">=", "<=", "="), n });
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
	comparison(numbers),
	fc.record({ op: fc.constant("between"), from: numbers, to: numbers }),
);
const scalarTestOf = (text: fc.Arbitrary<TextTest>): fc.Arbitrary<ScalarTest> =>
	fc.oneof(
		{ weight: 3, arbitrary: text },
		{ weight: 2, arbitrary: numberTest },
		{ weight: 1, arbitrary: fc.record({ op: fc.constantFrom("is-true", "is-false") }) },
	);
const plainScalar = scalarTestOf(plainText);
const scalarTest = scalarTestOf(textTest);
const listTest: fc.Arbitrary<ListTest> = fc.record({
	op: fc.constantFrom("has-any", "has-all"),
	values: fc.array(words, { maxLength: 3 }),
});
/** Near the end of histories, on the hour and off it. */
export const instants = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: -60, max: 90 }).map((hours) => latest - hours * hourMs) },
	{ weight: 1, arbitrary: fc.integer({ min: -800, max: 12_000 }).map((days) => latest - days * 24 * hourMs) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			Date.UTC(2000, 1, 29),
			Date.UTC(1987, 2, 1),
			Date.UTC(1987, 0, 15, 20),
			0,
			-1,
			0.1,
			1e21,
			-1e21,
		),
	},
);
const window = fc.integer({ min: 1, max: 60 }).map((hours) => hours * hourMs);
const dateTest: fc.Arbitrary<DateTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("before", "after"), at: instants }),
	fc.record({ op: fc.constantFrom("in-the-last", "longer-ago", "in-the-next"), ms: window }),
	fc.record({ op: fc.constant("anniversary"), days: fc.integer({ min: 0, max: 60 }) }),
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
const matchWith = (test: fc.Arbitrary<ScalarTest>): fc.Arbitrary<EventMatch> =>
	fc.record(
		{
			name: names,
			path: pathTest,
			where: fc.array(fc.record({ property: keys, test }), { maxLength: 2 }),
		},
		{ requiredKeys: ["name"] },
	);
const during = fc.tuple(instants, window).map(([from, ms]) => ({ from, to: from + ms * 20 }));
const eventMatch: fc.Arbitrary<EventMatch> = fc.oneof(
	{ weight: 3, arbitrary: names.map((name) => ({ name })) },
	{ weight: 2, arbitrary: matchWith(scalarTest) },
	{ weight: 1, arbitrary: fc.record({ name: names, during }) },
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
			{ weight: 3, arbitrary: matchWith(plainScalar) },
		),
		count: comparison(threshold),
		withinMs: window,
	},
	{ requiredKeys: ["field", "match", "count"] },
);
const plainLeaf: fc.Arbitrary<Leaf> = fc.oneof(
	{ weight: 5, arbitrary: countLeaf },
	{ weight: 3, arbitrary: fc.record({ field: fc.constantFrom(...plainFields), test: plainText }) },
	{ weight: 3, arbitrary: fc.record({ field: fc.constant("attribute"), name: keys, test: plainScalar }) },
	{ weight: 2, arbitrary: fc.record({ field: fc.constantFrom("score", "visits"), test: numberTest }) },
	{ weight: 2, arbitrary: fc.record({ field: fc.constant("tag"), tag: keys, count: comparison(threshold) }) },
);

const which = fc.constantFrom("first", "last");
/** Of those who were born in 2000, in 1987, some weeks ago, and in no year that there is. */
const ages = fc.oneof(fc.constantFrom(0, 26, 27, 28, 39, 40), numbers);
const ageTest: fc.Arbitrary<NumberTest> = fc.oneof(
	comparison(ages),
	fc.record({ op: fc.constant("between"), from: ages, to: ages }),
);
const days = fc.integer({ min: 1, max: 5 });
const numberNames = Object.keys(numberFields) as (keyof typeof numberFields)[];
const dateNames = Object.keys(dateFields) as (keyof typeof dateFields)[];
export const interestLeaf: fc.Arbitrary<InterestLeaf> = fc.record({
	field: fc.constant("interest"),
	in: fc.constantFrom("category", "brand"),
	value: fc.constantFrom("Łódź", "a", "12", "b"),
	of: fc.constantFrom("strength", "share", "rank"),
	test: fc.oneof(
		{ weight: 1, arbitrary: numberTest },
		{ weight: 2, arbitrary: comparison(fc.constantFrom(0.5, 1, 1.5, 2, 3, 7.5, 20, 50, 100 / 3)) },
	),
});
/** What the language can ask since it was widened. */
export const widerLeaf: fc.Arbitrary<Leaf> = fc.oneof(
	fc.record(
		{
			field: fc.constant("events"),
			match: eventMatch,
			count: comparison(threshold),
			withinMs: window,
			by: fc.oneof(fc.constant("visit" as const), fc.record({ property: keys })),
		},
		{ requiredKeys: ["field", "match", "count"] },
	),
	fc.record({ field: fc.constantFrom(...allFields), test: textTest }),
	fc.record({ field: fc.constantFrom(...numberNames), test: numberTest }),
	fc.record({ field: fc.constantFrom(...dateNames), test: dateTest }),
	fc.record({
		field: fc.constant("attribute"),
		name: fc.oneof({ weight: 9, arbitrary: keys }, { weight: 1, arbitrary: fc.constant("birthday") }),
		test: fc.oneof(dateTest, listTest, scalarTest),
	}),
	fc.record({ field: fc.constant("age"), test: ageTest }),
	fc.record({ field: fc.constant("member"), programme: keys }),
	fc.record({
		field: fc.constant("near"),
		latitude: fc.constantFrom(51.77, 52.23, -33.9),
		longitude: fc.constantFrom(19.46, 21.01, 151.2),
		km: fc.constantFrom(0, 10, 130, 20_000),
	}),
	fc.record({ field: fc.constant("tagged"), tag: keys, which, test: dateTest }),
	fc.record({
		field: fc.constant("points"),
		programme: keys,
		of: fc.constantFrom("balance", "earned"),
		test: numberTest,
	}),
	fc.record(
		{ field: fc.constant("sum"), match: eventMatch, property: keys, test: numberTest, days },
		{ requiredKeys: ["field", "match", "property", "test"] },
	),
	fc.record({ field: fc.constant("moment"), match: eventMatch, which, test: dateTest }),
	fc.record(
		{
			field: fc.constant("sequence"),
			first: eventMatch,
			second: eventMatch,
			thenWithinMs: window,
			withinMs: window,
		},
		{ requiredKeys: ["field", "first", "second", "thenWithinMs"] },
	),
	fc.record(
		{
			field: fc.constant("orders"),
			of: fc.constantFrom("count", "revenue", "average"),
			test: numberTest,
			days,
		},
		{ requiredKeys: ["field", "of", "test"] },
	),
	fc.record({ field: fc.constant("cartProducts"), test: listTest }),
	interestLeaf,
	fc.record(
		{ field: fc.constant("list"), list: fc.oneof(keys, fc.constantFrom("lodz", "")), test: dateTest },
		{ requiredKeys: ["field", "list"] },
	),
	fc.record({
		field: fc.constant("consent"),
		...agreed,
		state: fc.constantFrom(...consentStates),
	}),
);
export const leaf: fc.Arbitrary<Leaf> = fc.oneof(
	{ weight: 1, arbitrary: plainLeaf },
	{ weight: 2, arbitrary: widerLeaf },
);
const treesOver = (leaves: fc.Arbitrary<Leaf>): fc.Arbitrary<Condition> =>
	fc.letrec<{ node: Condition }>((tie) => ({
		node: fc.oneof(
			{ maxDepth: 4, depthSize: "small" },
			{ weight: 4, arbitrary: leaves },
			{ weight: 2, arbitrary: fc.record({ all: fc.array(tie("node"), { maxLength: 4 }) }) },
			{ weight: 2, arbitrary: fc.record({ any: fc.array(tie("node"), { maxLength: 4 }) }) },
			{ weight: 1, arbitrary: fc.record({ not: tie("node") }) },
		),
	})).node;
/** Of every leaf but references to other segments. */
export const condition = treesOver(leaf);
/** Of the leaves that SQL knows today. */
export const plainCondition = treesOver(plainLeaf);
