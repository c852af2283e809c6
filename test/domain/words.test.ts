// What a condition is called: the golden file is written to be read aloud, and no sentence stands for two conditions.

import fc from "fast-check";
import { expect, test } from "vitest";
import { knownAttributes } from "../../worker/domain/attributes.ts";
import { explain } from "../../worker/domain/because.ts";
import { smallestChange } from "../../worker/domain/change.ts";
import type {
	Comparison,
	Condition,
	DateTest,
	EventMatch,
	Leaf,
	NumberTest,
	ScalarTest,
	TextTest,
} from "../../worker/domain/condition.ts";
import { channels, consentStates } from "../../worker/domain/consent.ts";
import type { Event } from "../../worker/domain/event.ts";
import { type Circumstances, emptyFacts, record } from "../../worker/domain/facts.ts";
import { dateFields, numberFields, textFields } from "../../worker/domain/fields.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import { changeSentence } from "../../worker/domain/words/change.ts";
import { countedOf } from "../../worker/domain/words/counted.ts";
import { type Language, languages } from "../../worker/domain/words/language.ts";
import { afterNumber, genitiveAfter, polish, spanOf } from "../../worker/domain/words/plural.ts";
import { sentenceOf } from "../../worker/domain/words/sentence.ts";
import { becauseSentences } from "../../worker/domain/words/why.ts";
import written from "../cases/sentences.json" with { type: "json" };
import { runs } from "../support/runs.ts";

/** A condition's sentence; or, of whom this happened to, what `becauseSentences` and `changeSentence` say. */
type Case = { readonly condition: Condition } & (
	| Readonly<Record<Language, string>>
	| (Readonly<Record<Language, readonly string[]>> & {
			readonly events: readonly (Pick<Event, "name"> & {
				readonly at: string;
				readonly props?: Event["props"];
			} & Circumstances)[];
	  })
);
// The import's type is the union of all that is written there; the cases are ours, so there is nothing to parse.
const cases = written as unknown as readonly Case[];
const now = Date.parse("2026-11-27T13:05:00Z");
const spoken = {
	currency: "PLN",
	timeZone: "Europe/Warsaw",
	segments: { s1: "Zainteresowani" },
	programmes: { klub: "Klub Ogrodnika" },
	lists: { vip: { pl: "Stali klienci", en: "Regular customers" } },
	tiers: { klub: { gold: "Złoty" } },
};

/** With plain spaces, as the golden file has them: a thousand and its unit are kept on one line by others. */
function plain(text: string): string {
	return text.replace(/[\u00a0\u202f]/g, " ");
}

function said(one: Case, language: Language): string | readonly string[] {
	const { condition } = one;
	if (!("events" in one)) return plain(sentenceOf(condition, language, spoken));
	const facts = emptyFacts();
	const watch = watchFor([condition]);
	for (const [i, { name, at, props = {}, ...circumstances }] of one.events.entries())
		record(facts, { id: `${i}`, name, at: Date.parse(at), props }, watch, circumstances);
	const because = explain(condition, { facts, identity: "anonymous" }, now);
	const change = changeSentence(smallestChange(because, now), language, spoken);
	return [...becauseSentences(because, language, spoken), change].map(plain);
}

test.each(languages)("in %s every sentence is as it was written", (language: Language) => {
	for (const one of cases) expect(said(one, language)).toEqual(one[language]);
});

test("Polish nouns follow their number", () => {
	const after = (n: number) => afterNumber(n, polish.visit);
	expect([0, 1, 2, 5, 12, 22, 25, 102, 112, 1.5].map(after).join()).toBe(
		"wizyt,wizyta,wizyty,wizyt,wizyt,wizyty,wizyt,wizyty,wizyt,wizyty",
	);
	expect([0, 1, 2, 5, 22, 112, 1.5].map((n) => genitiveAfter(n, polish.point)).join()).toBe(
		"punktów,punktu,punktów,punktów,punktów,punktów,punktu",
	);
});

test("a span is said in the largest unit of which it is whole, and a day as 24 hours", () => {
	const minuteMs = 60_000;
	expect([90, 60, 1440, 2160, 2880, 10_080].map((n) => spanOf(n * minuteMs))).toEqual([
		{ unit: "minute", n: 90 },
		{ unit: "hour", n: 1 },
		{ unit: "hour", n: 24 },
		{ unit: "hour", n: 36 },
		{ unit: "day", n: 2 },
		{ unit: "day", n: 7 },
	]);
	expect(spanOf(1_500)).toEqual({ unit: "millisecond", n: 1_500 });
});

// Small pools on purpose: conditions that are nearly alike are the ones to be mistaken for each other.
const texts = fc.constantFrom(
	"a",
	"a” lub „b",
	"a” i kraj połączenia to „b",
	"a\\",
	"\\",
	"”",
	"",
	"tak",
	"a or b",
	"monitored",
	"telefon",
	"PL",
	"pl",
	"a\u00a0b",
	"a b",
	"a\u202eb",
	"\ud800",
	"\u{ffff}",
);
const few = fc.array(texts, { maxLength: 3 });
const numbers = fc.constantFrom(0, 1, 2, 5, 22, 1.5, 0.1, 0.30000000000000004, -1, 1e21, 1e-9, 1000, 12345);
const instants = fc.constantFrom(
	Date.UTC(2026, 9, 25, 0, 30),
	Date.UTC(2026, 9, 25, 1, 30),
	Date.UTC(2026, 2, 1),
	Date.UTC(2026, 1, 28, 23),
	Date.UTC(2026, 2, 1, 14, 5, 3),
	Date.UTC(2026, 2, 1, 14, 5, 3, 120),
	-1,
	-8e15,
	9e15,
);
const spans = fc.constantFrom(
	1,
	1_000,
	60_000,
	5_400_000,
	3_600_000,
	86_400_000,
	129_600_000,
	604_800_000,
	1_500,
);
const days = fc.constantFrom(0, 1, 2, 7, 22);
const op = fc.constantFrom(">=", "<=", "=");
const number: fc.Arbitrary<NumberTest> = fc.oneof(
	fc.record({ op, n: numbers }),
	fc.record({ op: fc.constant("between"), from: numbers, to: numbers }),
);
const count: fc.Arbitrary<Comparison> = fc.record({ op, n: fc.constantFrom(0, 1, 2, 5, 22, 100) });
const text: fc.Arbitrary<TextTest> = fc.oneof(
	fc.record({
		op: fc.constantFrom("is", "contains", "starts-with", "ends-with", "wildcard"),
		value: texts,
	}),
	fc.record({ op: fc.constant("any-of"), values: few }),
	fc.constant({ op: "exists" } as const),
);
const date: fc.Arbitrary<DateTest> = fc.oneof(
	fc.record({ op: fc.constantFrom("before", "after"), at: instants }),
	fc.record({ op: fc.constantFrom("in-the-last", "longer-ago", "in-the-next"), ms: spans }),
	fc.record({ op: fc.constant("anniversary"), days }),
);
const truth = fc.record({ op: fc.constantFrom("is-true", "is-false") });
const list = fc.record({ op: fc.constantFrom("has-any", "has-all"), values: few });
const scalar: fc.Arbitrary<ScalarTest> = fc.oneof(text, number, truth);
const match: fc.Arbitrary<EventMatch> = fc.record(
	{
		name: fc.constantFrom("Page Viewed", "Form Submitted", "Points Earned", "Order Completed", "X", "X” (a"),
		path: fc.record({ op: fc.constantFrom("is", "starts-with", "contains", "wildcard"), value: texts }),
		where: fc.array(fc.record({ property: texts, test: scalar }), { maxLength: 2 }),
		during: fc.record({ from: instants, to: instants }),
	},
	{ requiredKeys: ["name"] },
);
const which = fc.constantFrom("first", "last");
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
	fc.record({ field: fc.constantFrom(...keysOf(textFields)), test: text }),
	fc.record({ field: fc.constantFrom(...keysOf(numberFields)), test: number }),
	fc.record({ field: fc.constantFrom(...keysOf(dateFields)), test: date }),
	fc.record({
		field: fc.constant("attribute"),
		name: texts,
		test: fc.oneof(text, number, truth, list, date),
	}),
	fc.record({
		field: fc.constant("attribute"),
		name: fc.constantFrom(...keysOf(knownAttributes)),
		test: fc.oneof(text, number, truth, list, date),
	}),
	fc.record({ field: fc.constant("age"), test: number }),
	fc.record({ field: fc.constant("member"), programme: texts }),
	fc.record({
		field: fc.constant("tier"),
		programme: texts,
		tier: texts,
		op: fc.constantFrom("is", "at-least"),
	}),
	fc.record({ field: fc.constant("near"), latitude: numbers, longitude: numbers, km: numbers }),
	fc.record({ field: fc.constant("tag"), tag: texts, count }),
	fc.record({ field: fc.constant("tagged"), tag: texts, which, test: date }),
	fc.record({
		field: fc.constant("points"),
		programme: texts,
		of: fc.constantFrom("balance", "earned"),
		test: number,
	}),
	fc.record(
		{
			field: fc.constant("events"),
			match,
			count,
			withinMs: spans,
			by: fc.oneof(fc.constant("visit" as const), fc.record({ property: texts })),
		},
		{ requiredKeys: ["field", "match", "count"] },
	),
	fc.record(
		{ field: fc.constant("sum"), match, property: texts, test: number, days },
		{ requiredKeys: ["field", "match", "property", "test"] },
	),
	fc.record({ field: fc.constant("moment"), match, which, test: date }),
	fc.record(
		{
			field: fc.constant("sequence"),
			first: match,
			second: match,
			thenWithinMs: spans,
			withinMs: spans,
		},
		{ requiredKeys: ["field", "first", "second", "thenWithinMs"] },
	),
	fc.record(
		{ field: fc.constant("orders"), of: fc.constantFrom("count", "revenue", "average"), test: number, days },
		{ requiredKeys: ["field", "of", "test"] },
	),
	fc.record({ field: fc.constant("cartProducts"), test: list }),
	fc.record({
		field: fc.constant("interest"),
		in: fc.constantFrom("category", "brand"),
		value: texts,
		of: fc.constantFrom("strength", "share", "rank"),
		test: number,
	}),
	fc.record({ field: fc.constant("list"), list: texts, test: date }, { requiredKeys: ["field", "list"] }),
	fc.record({
		field: fc.constant("consent"),
		channel: fc.constantFrom(...channels),
		purpose: texts,
		state: fc.constantFrom(...consentStates),
	}),
	fc.record({ field: fc.constant("segment"), segment: texts }),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 3, depthSize: "small" },
		{ weight: 5, arbitrary: leaf },
		{ weight: 2, arbitrary: fc.record({ all: fc.array(tie("node"), { maxLength: 3 }) }) },
		{ weight: 2, arbitrary: fc.record({ any: fc.array(tie("node"), { maxLength: 3 }) }) },
		{ weight: 2, arbitrary: fc.record({ not: tie("node") }) },
	),
})).node;

function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
	return Object.keys(table).filter((key): key is K => Object.hasOwn(table, key));
}

/** The same for conditions that differ only where there is nothing to tell: brackets, and other ways to say “never”. */
function canonical(asked: Condition, isSo = true): unknown {
	if ("all" in asked) return flat("all", asked.all, isSo);
	if ("any" in asked) return flat("any", asked.any, isSo);
	if ("not" in asked) {
		const isLeaf = !("all" in asked.not || "any" in asked.not || "not" in asked.not);
		return isLeaf ? canonical(asked.not, !isSo) : { not: canonical(asked.not) };
	}
	switch (asked.field) {
		case "tag":
			return counted(asked, asked.count, isSo);
		case "events":
			return counted({ ...asked, match: withoutNothing(asked.match) }, asked.count, isSo);
		case "sum":
		case "moment":
			return { ...asked, match: withoutNothing(asked.match), isSo };
		case "sequence":
			return {
				field: asked.field,
				matches: [withoutNothing(asked.first), withoutNothing(asked.second)],
				spans: [asked.thenWithinMs, asked.withinMs ?? null],
				isSo,
			};
		case "orders":
			return asked.of === "count" && asked.test.op !== "between"
				? counted(asked, asked.test, isSo)
				: { ...asked, isSo };
		default:
			return { ...asked, ...("test" in asked ? { test: simple(asked.test) } : {}), isSo };
	}
}

function flat(kind: "all" | "any", members: readonly Condition[], isSo: boolean): unknown {
	const [only] = members;
	if (only && members.length === 1 && isSo) return canonical(only);
	const parts = members.map((member) => canonical(member));
	return { [kind]: parts.flatMap((part) => (isTree(part, kind) ? part[kind] : [part])) };
}

function isTree<K extends string>(part: unknown, kind: K): part is Record<K, unknown[]> {
	if (typeof part !== "object" || part === null || !Object.hasOwn(part, kind)) return false;
	const members: unknown = Object.getOwnPropertyDescriptor(part, kind)?.value;
	return Array.isArray(members) && members.length > 0;
}

function counted(leaf: object, count: Comparison, isSo: boolean): unknown {
	return { ...leaf, count: countedOf(count, isSo), test: null };
}

function withoutNothing({ where = [], ...match }: EventMatch): unknown {
	return { ...match, where: where.map(({ property, test }) => ({ property, test: simple(test) })) };
}

/** One of one is that one. */
function simple(test: object): unknown {
	if (!("values" in test) || !Array.isArray(test.values) || test.values.length !== 1) return test;
	const [value] = test.values;
	return "op" in test && test.op === "any-of" ? { op: "is", value } : { op: "has", value };
}

function stable(value: unknown): string {
	return JSON.stringify(value, (_key, one: unknown) =>
		typeof one === "object" && one !== null && !Array.isArray(one)
			? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
			: one,
	);
}

/** Each way to make it another by one step: another word of a kind, another number, one member less. */
function* neighbours(value: unknown, key = ""): Generator<unknown> {
	if (typeof value === "number") yield value + 1;
	else if (typeof value === "string") {
		const kind = kinds.find((one) => one.includes(value));
		if (key === "by") yield { property: "a" };
		else if (key === "value" || key === "name" || (!kind && key !== "field" && key !== "op"))
			yield `${value}x`;
		else for (const other of kind ?? []) if (other !== value) yield other;
	} else if (Array.isArray(value)) {
		for (const place of value.keys()) {
			yield value.toSpliced(place, 1);
			for (const other of neighbours(value[place], key)) yield value.with(place, other);
		}
	} else if (typeof value === "object" && value !== null) {
		for (const [name, member] of Object.entries(value)) {
			if (optional.has(name) && !Object.hasOwn(value, "op")) {
				const { [name]: _gone, ...rest }: Record<string, unknown> = { ...value };
				yield rest;
			}
			const swapped = { all: "any", any: "all" }[name];
			if (swapped) yield { [swapped]: member };
			for (const other of neighbours(member, name)) yield { ...value, [name]: other };
		}
	}
}
const optional: ReadonlySet<string> = new Set(["path", "where", "during", "withinMs", "by", "days"]);
const kinds: readonly (readonly string[])[] = [
	[">=", "<=", "="],
	["contains", "starts-with", "wildcard", "is"],
	["before", "after"],
	["in-the-last", "longer-ago", "in-the-next"],
	["has-any", "has-all"],
	["is-true", "is-false"],
	["first", "last"],
	["balance", "earned"],
	["count", "revenue", "average"],
	["category", "brand"],
	["strength", "share", "rank"],
	[...channels],
	[...consentStates],
	keysOf(textFields),
	keysOf(numberFields),
	keysOf(dateFields),
];

test.each(languages)("in %s a condition's sentence is not that of a neighbour", (language: Language) => {
	const context = { currency: "PLN", timeZone: "Europe/Warsaw" };
	let compared = 0;
	fc.assert(
		fc.property(condition, (asked) => {
			const sentence = sentenceOf(asked, language, context);
			const meaning = stable(canonical(asked));
			for (const other of neighbours(asked)) {
				// Made of a condition's own members, so that its shape is a condition's.
				const neighbour = other as Condition;
				if (stable(canonical(neighbour)) === meaning) continue;
				compared++;
				expect(sentenceOf(neighbour, language, context), JSON.stringify(neighbour)).not.toBe(sentence);
			}
		}),
		{ numRuns: runs(300, 1_000) },
	);
	expect(compared).toBeGreaterThan(1_500);
});

test.each(languages)("in %s no sentence stands for two conditions", (language: Language) => {
	const known = new Map<string, string>();
	const context = {
		currency: "PLN",
		timeZone: "Europe/Warsaw",
		segments: { a: "A", b: "A" },
		programmes: { a: "b", PL: "a" },
	};
	let repeated = 0;
	fc.assert(
		fc.property(fc.oneof(leaf, condition), (asked) => {
			const sentence = sentenceOf(asked, language, context);
			const meaning = stable(canonical(asked));
			const other = known.get(sentence);
			if (other !== undefined) repeated++;
			expect(other ?? meaning, sentence).toBe(meaning);
			known.set(sentence, meaning);
		}),
		{ numRuns: runs(5_000, 12_000) },
	);
	// Otherwise nothing was put to the test.
	expect(repeated).toBeGreaterThan(100);
});
