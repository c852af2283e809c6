import fc from "fast-check";
import { expect, test } from "vitest";
import { refuse } from "../../worker/domain/check.ts";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import { limits } from "../../worker/domain/limits.ts";
import type { Reason } from "../../worker/domain/refusal.ts";

const leaf: Leaf = { field: "score", test: { op: ">=", n: 1 } };
const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);
const nested = (depth: number): Condition => (depth === 1 ? leaf : { not: nested(depth - 1) });
const views = { field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n: 1 } } as const;
const exists = { property: "category", test: { op: "exists" } } as const;

function bottomless(): Condition {
	let condition: Condition = leaf;
	for (let i = 0; i < 1_000_000; i++) condition = { not: condition };
	return condition;
}

const refused: readonly [name: string, reason: Reason, condition: Condition][] = [
	["a tree one level too deep", "too-deep", nested(limits.depth + 1)],
	["a tree deeper than any stack", "too-deep", bottomless()],
	["a list that is too long", "list-too-long", { all: times(limits.list + 1, leaf) }],
	["too many nodes", "too-many-nodes", { any: times(3, { all: times(70, leaf) }) }],
	["a list of lists that explodes", "too-many-nodes", { all: times(100, { any: times(100, leaf) }) }],
	[
		"property tests are nodes too",
		"too-many-nodes",
		{ all: times(20, { ...views, match: { name: "a", where: times(10, exists) } }) },
	],
	["too many property tests", "list-too-long", { ...views, match: { name: "a", where: times(11, exists) } }],
	[
		"a list of values that is too long",
		"list-too-long",
		{ field: "city", test: { op: "any-of", values: times(101, "x") } },
	],
	["a text that is too long", "text-too-long", { field: "city", test: { op: "is", value: "x".repeat(201) } }],
	[
		"so in a list",
		"text-too-long",
		{ field: "city", test: { op: "any-of", values: ["a", "x".repeat(201)] } },
	],
	[
		"so in a path",
		"text-too-long",
		{ ...views, match: { name: "a", path: { op: "wildcard", value: "*".repeat(201) } } },
	],
	["a threshold beyond what is counted", "count-out-of-range", { ...views, count: { op: ">=", n: 101 } }],
	["a negative threshold", "count-out-of-range", { field: "tag", tag: "a", count: { op: "=", n: -1 } }],
	["half a threshold", "count-out-of-range", { ...views, count: { op: "=", n: 0.5 } }],
	["no threshold", "count-out-of-range", { ...views, count: { op: "=", n: Number.NaN } }],
	["a window longer than what is kept", "window-out-of-range", { ...views, withinMs: limits.windowMs + 1 }],
	["an empty window", "window-out-of-range", { ...views, withinMs: 0 }],
	["an endless window", "window-out-of-range", { ...views, withinMs: Infinity }],
	["an endless score", "number-out-of-range", { field: "score", test: { op: "<=", n: Infinity } }],
	[
		"a number that is none",
		"number-out-of-range",
		{ field: "attribute", name: "a", test: { op: "between", from: 0, to: Number.NaN } },
	],
	["a range the wrong way", "range-reversed", { field: "visits", test: { op: "between", from: 2, to: 1 } }],
	["a span that is empty", "range-reversed", { ...views, match: { name: "a", during: { from: 5, to: 5 } } }],
	["no instant", "instant-out-of-range", { field: "order.last", test: { op: "after", at: Number.NaN } }],
	[
		"an endless past",
		"window-out-of-range",
		{ field: "seen.last", test: { op: "longer-ago", ms: Infinity } },
	],
	[
		"too many days",
		"days-out-of-range",
		{ field: "orders", of: "count", test: { op: ">=", n: 1 }, days: limits.windowDays + 1 },
	],
	[
		"an anniversary too far off",
		"days-out-of-range",
		{ field: "attribute", name: "b", test: { op: "anniversary", days: limits.anniversaryDays + 1 } },
	],
	[
		"a date of birth that ends on something",
		"test-unfit",
		{ field: "attribute", name: "birthday", test: { op: "ends-with", value: "7" } },
	],
	["a consent to nothing", "text-empty", { field: "consent", channel: "email", purpose: "", state: "given" }],
	[
		"an origin that nobody has",
		"test-unfit",
		{ field: "attribute", name: "origin", test: { op: "any-of", values: ["form", "perhaps"] } },
	],
	["an age that nobody reaches", "number-out-of-range", { field: "age", test: { op: ">=", n: 151 } }],
	["half a year of age", "number-out-of-range", { field: "age", test: { op: ">=", n: 17.5 } }],
	["no place", "place-out-of-range", { field: "near", latitude: Number.NaN, longitude: 0, km: 1 }],
	["no distance", "place-out-of-range", { field: "near", latitude: 0, longitude: 0, km: Infinity }],
	[
		"money beyond what is exact",
		"number-out-of-range",
		{ field: "cartValue", test: { op: ">=", n: Number.MAX_SAFE_INTEGER } },
	],
	[
		"a sequence spells its matches twice",
		"too-many-nodes",
		{
			all: times(4, {
				field: "sequence",
				first: { name: "a", where: times(10, exists) },
				second: { name: "b", where: times(10, exists) },
				thenWithinMs: 1,
			}),
		},
	],
	[
		"half a letter in a text",
		"text-malformed",
		{ field: "cartProducts", test: { op: "has-any", values: ["a", "\udc00"] } },
	],
	[
		"a tag that objects have by birth",
		"name-reserved",
		{ field: "tag", tag: "__proto__", count: { op: "=", n: 1 } },
	],
	["a segment that objects have by birth", "name-reserved", { field: "segment", segment: "constructor" }],
	[
		"a property that objects have by birth",
		"name-reserved",
		{ ...views, by: { property: "hasOwnProperty" } },
	],
	["an event without a name", "text-empty", { ...views, match: { name: "" } }],
	[
		"a name that SQLite cannot keep",
		"text-malformed",
		{ field: "tag", tag: "a\0b", count: { op: "=", n: 1 } },
	],
	["half a letter", "text-malformed", { field: "tag", tag: "\ud83d", count: { op: "=", n: 1 } }],
	[
		"a property that no page can send",
		"text-malformed",
		{ ...views, match: { name: "a", where: [{ ...exists, property: 'a"b' }] } },
	],
];

test.each(refused)("refused: %s", (_name, reason, condition) => {
	expect(refuse(condition)?.reason).toBe(reason);
});

test("a refusal leads to the place", () => {
	const condition: Condition = { all: [leaf, { any: [leaf, { ...views, withinMs: 0 }] }] };
	expect(refuse(condition)).toEqual({ reason: "window-out-of-range", at: ["all", 1, "any", 1, "withinMs"] });
});

test("what is just within the limits is accepted", () => {
	expect(refuse(nested(limits.depth))).toBeUndefined();
	expect(refuse({ all: times(limits.list, leaf) })).toBeUndefined();
	const half = limits.nodes / 2;
	expect(refuse({ any: [{ all: times(half - 2, leaf) }, { all: times(half - 1, leaf) }] })).toBeUndefined();
	expect(
		refuse({ ...views, count: { op: "=", n: limits.count }, withinMs: limits.windowMs }),
	).toBeUndefined();
	expect(refuse({ field: "tag", tag: `it's "quoted" 100%`, count: { op: "=", n: 0 } })).toBeUndefined();
});

test("a wide tree costs no more to refuse than the first nodes of it", () => {
	let read = 0;
	const counting: Leaf = {
		field: "score",
		get test() {
			read++;
			return leaf.test;
		},
	} as Leaf;
	fc.assert(
		fc.property(
			fc.integer({ min: 3, max: 100 }),
			(n) => refuse({ all: times(n, { any: times(100, counting) }) }) !== undefined,
		),
		{ numRuns: 5 },
	);
	// Once for what it weighs, once for whether it may be.
	expect(read).toBeLessThanOrEqual(2 * 5 * limits.nodes);
});
