import fc from "fast-check";
import { expect, test } from "vitest";
import { type Reason, refuse } from "../../worker/domain/check.ts";
import { type Condition, type Leaf, limits } from "../../worker/domain/condition.ts";

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
	expect(refuse(condition)).toEqual({ reason: "window-out-of-range", at: [1, 1] });
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
	expect(read).toBeLessThanOrEqual(5 * limits.nodes);
});
