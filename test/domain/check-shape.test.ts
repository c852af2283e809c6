// The shape of conditions, by example: what is one, and what is refused with which reason and where.

import { expect, test } from "vitest";
import { limits } from "../../worker/domain/limits.ts";
import type { Reason } from "../../worker/domain/refusal.ts";
import { parseCondition, type ShapeReason } from "../../worker/protocol/condition.schema.ts";
import { Definitions } from "../../worker/protocol/site.schema.ts";
import { largest } from "../support/largest.ts";
import { accepted, city, near, score, sequence, sum, views } from "./check-accepted.ts";

const where = (property: string): object => ({
	...views,
	match: { name: "a", where: [{ property, test: { op: "exists" } }] },
});

test.each(accepted)("a condition: %j", (value) => {
	expect(parseCondition(value)).toEqual({ is: "parsed", condition: value });
});

const nested = (depth: number, open: string, close: string): string =>
	`${open.repeat(depth)}{"all":[]}${close.repeat(depth)}`;

/** As text, because that is how they come: an own "__proto__" and 1e999 exist in no other way. */
const refused: readonly [name: string, reason: Reason | ShapeReason, at: string, json: string][] = [
	["ten thousand lists", "too-deep", "", nested(10_000, '{"all":[', "]}")],
	["ten thousand negations", "too-deep", "", nested(10_000, '{"not":', "}")],
	["ten thousand brackets", "too-deep", "", nested(10_000, "[", "]")],
	["one level too many", "too-deep", "not.not.not.not.not.not.not.not", nested(limits.depth, '{"not":', "}")],
	["depth where no tree is", "too-deep", "", `{"field":"city","test":${nested(10_000, '{"x":', "}")}}`],
	["too many members", "list-too-long", "all", JSON.stringify({ all: Array(101).fill(score) })],
	["no object", "type-wrong", "", "3"],
	["null", "type-wrong", "", "null"],
	["a list", "type-wrong", "", "[]"],
	["nothing asked", "field-unknown", "field", "{}"],
	["a list that only has a length", "type-wrong", "all", '{"all":{"length":3}}'],
	["two trees in one", "member-unknown", "any", '{"all":[],"any":[]}'],
	["a tree that is a leaf", "member-unknown", "field", '{"not":{"all":[]},"field":"city"}'],
	["an own __proto__", "member-unknown", "__proto__", '{"all":[],"__proto__":{"any":[]}}'],
	["only a __proto__", "field-unknown", "field", '{"__proto__":{"all":[]}}'],
	[
		"a constructor",
		"member-unknown",
		"all.0.constructor",
		JSON.stringify({ all: [{ ...city, constructor: 1 }] }),
	],
	["a field that is none", "field-unknown", "any.0.field", '{"any":[{"field":"password"}]}'],
	["the field __proto__", "field-unknown", "field", '{"field":"__proto__","test":{"op":"exists"}}'],
	["the field constructor", "field-unknown", "field", '{"field":"constructor","test":{"op":"exists"}}'],
	["a field that is a list", "field-unknown", "field", '{"field":["city"],"test":{"op":"exists"}}'],
	[
		"an operator that is none",
		"operator-unknown",
		"test.op",
		'{"field":"city","test":{"op":"regex","value":"."}}',
	],
	["the operator constructor", "operator-unknown", "test.op", '{"field":"city","test":{"op":"constructor"}}'],
	[
		"the operator __proto__",
		"operator-unknown",
		"test.op",
		'{"field":"score","test":{"op":"__proto__","n":1}}',
	],
	["a test of another type", "operator-unknown", "test.op", '{"field":"city","test":{"op":">=","n":1}}'],
	[
		"SQL for an operator",
		"operator-unknown",
		"count.op",
		JSON.stringify({ ...views, count: { op: "= 1 OR 1", n: 1 } }),
	],
	["no test", "member-missing", "test", '{"field":"city"}'],
	[
		"a number for a text",
		"type-wrong",
		"not.test.value",
		'{"not":{"field":"city","test":{"op":"is","value":1}}}',
	],
	["a text for a number", "type-wrong", "test.n", '{"field":"score","test":{"op":">=","n":"1"}}'],
	[
		"an object for a text",
		"type-wrong",
		"test.value",
		'{"field":"city","test":{"op":"is","value":{"length":1}}}',
	],
	["an endless number", "type-wrong", "test.n", '{"field":"score","test":{"op":">=","n":1e999}}'],
	["one that is no number", "type-wrong", "test.n", '{"field":"score","test":{"op":">=","n":null}}'],
	["half a score", "number-out-of-range", "test.n", '{"field":"score","test":{"op":">=","n":0.5}}'],
	[
		"money beyond what is exact",
		"number-out-of-range",
		"test.n",
		JSON.stringify({ ...sum, test: { op: "<=", n: 1e300 } }),
	],
	["the property __proto__", "value-refused", "match.where.0.property", JSON.stringify(where("__proto__"))],
	[
		"the property constructor",
		"value-refused",
		"match.where.0.property",
		JSON.stringify(where("constructor")),
	],
	[
		"the attribute toString",
		"value-refused",
		"name",
		'{"field":"attribute","name":"toString","test":{"op":"exists"}}',
	],
	[
		"a count by __proto__",
		"value-refused",
		"by.property",
		JSON.stringify({ ...views, by: { property: "__proto__" } }),
	],
	[
		"the tag constructor",
		"name-reserved",
		"tag",
		'{"field":"tag","tag":"constructor","count":{"op":"=","n":1}}',
	],
	[
		"a consent that nobody can give",
		"value-refused",
		"state",
		'{"field":"consent","channel":"email","purpose":"a","state":"perhaps"}',
	],
	["the list __proto__", "name-reserved", "list", '{"field":"list","list":"__proto__"}'],
	[
		"half a rank",
		"number-out-of-range",
		"test.n",
		'{"field":"interest","in":"brand","value":"a","of":"rank","test":{"op":"=","n":0.5}}',
	],
	[
		"an interest in anything else",
		"value-refused",
		"in",
		'{"field":"interest","in":"colour","value":"a","of":"rank","test":{"op":"=","n":1}}',
	],
	["the segment __proto__", "name-reserved", "segment", '{"field":"segment","segment":"__proto__"}'],
	[
		"the programme valueOf",
		"name-reserved",
		"programme",
		'{"field":"points","programme":"valueOf","of":"balance","test":{"op":"=","n":1}}',
	],
	["SQL for a property", "value-refused", "match.where.0.property", JSON.stringify(where("a' OR 1=1 --"))],
	[
		"a quote in an attribute",
		"value-refused",
		"name",
		'{"field":"attribute","name":"a\\"b","test":{"op":"exists"}}',
	],
	["half a letter", "text-malformed", "test.value", '{"field":"city","test":{"op":"is","value":"\\ud800"}}'],
	[
		"a NUL",
		"text-malformed",
		"test.values.1",
		'{"field":"city","test":{"op":"any-of","values":["a","b\\u0000"]}}',
	],
	[
		"a NUL in an event's name",
		"text-malformed",
		"match.name",
		JSON.stringify({ ...views, match: { name: "a\0" } }),
	],
	[
		"half a letter in a path",
		"text-malformed",
		"match.path.value",
		JSON.stringify({ ...views, match: { name: "a", path: { op: "is", value: "/\udc00" } } }),
	],
	[
		"an endless text",
		"text-too-long",
		"test.value",
		JSON.stringify({ field: "city", test: { op: "is", value: "x".repeat(201) } }),
	],
	["an empty text", "text-empty", "test.value", '{"field":"city","test":{"op":"is","value":""}}'],
	["no values", "value-refused", "test.values", '{"field":"city","test":{"op":"any-of","values":[]}}'],
	[
		"too many values",
		"list-too-long",
		"test.values",
		JSON.stringify({ field: "cartProducts", test: { op: "has-any", values: Array(101).fill("a") } }),
	],
	[
		"a range the wrong way",
		"range-reversed",
		"test",
		'{"field":"score","test":{"op":"between","from":2,"to":1}}',
	],
	[
		"a span the wrong way",
		"range-reversed",
		"match.during",
		JSON.stringify({ ...views, match: { name: "a", during: { from: 1, to: 1 } } }),
	],
	[
		"an instant beyond all dates",
		"instant-out-of-range",
		"test.at",
		'{"field":"seen.last","test":{"op":"before","at":8640000000000001}}',
	],
	[
		"a window longer than what is kept",
		"number-out-of-range",
		"withinMs",
		JSON.stringify({ ...views, withinMs: limits.windowMs + 1 }),
	],
	["no window", "number-out-of-range", "thenWithinMs", JSON.stringify({ ...sequence, thenWithinMs: 0 })],
	["half a day", "type-wrong", "days", JSON.stringify({ ...sum, days: 0.5 })],
	[
		"an anniversary too far",
		"number-out-of-range",
		"test.days",
		'{"field":"attribute","name":"b","test":{"op":"anniversary","days":61}}',
	],
	["beyond the pole", "number-out-of-range", "latitude", JSON.stringify({ ...near, latitude: 90.1 })],
	["around the earth", "number-out-of-range", "km", JSON.stringify({ ...near, km: 20_001 })],
	["no distance", "number-out-of-range", "km", JSON.stringify({ ...near, km: 0 })],
	[
		"a member that is extra",
		"member-unknown",
		"match.sql",
		JSON.stringify({ ...views, match: { name: "a", sql: "1" } }),
	],
	["a count by something else", "type-wrong", "by", JSON.stringify({ ...views, by: "event" })],
];

test.each(refused)("refused: %s", (_name, reason, at, json) => {
	const value: unknown = JSON.parse(json);
	const parsed = parseCondition(value);
	expect(parsed).toMatchObject({ is: "refused", reason });
	expect(parsed.is === "refused" && parsed.at.join(".")).toBe(at);
});

test("definitions tell what is wrong with a condition of theirs, and where", () => {
	const segments = [{ id: "a", name: "a", condition: { all: [{ field: "city", test: { op: "regex" } }] } }];
	const parsed = Definitions.safeParse({ tagRules: [], scoreRules: [], segments, experiences: [] });
	expect(parsed.error?.issues).toMatchObject([
		{ path: ["segments", 0, "condition", "all", 0, "test", "op"], message: "operator-unknown" },
	]);
});

test("what refers to itself, or shares its members a million times, ends", () => {
	const around: { not?: unknown } = {};
	around.not = around;
	expect(parseCondition(around)).toMatchObject({ reason: "too-deep" });
	let shared: unknown = score;
	for (let i = 0; i < 7; i++) shared = { all: Array(100).fill(shared) };
	expect(parseCondition(shared)).toMatchObject({ reason: "too-many-nodes" });
});

test.each(largest)("the largest condition of %s is one", (_name, condition) => {
	expect(parseCondition(condition)).toMatchObject({ is: "parsed" });
});
