import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Definitions } from "../../worker/domain/definition.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { inlined } from "../../worker/domain/segment.ts";

const is = (segment: string): Condition => ({ field: "segment", segment });
const vip: Condition = { field: "tag", tag: "VIP", count: { op: ">=", n: 1 } };

function definitionsOf(segments: Record<string, Condition>, who?: Condition): Definitions {
	const event = { name: "Page Viewed" };
	return {
		tagRules: who ? [{ id: "rule", tag: "T", when: { event, who } }] : [],
		scoreRules: who ? [{ id: "trait", name: "", points: 1, once: true, when: { trait: who } }] : [],
		segments: Object.entries(segments).map(([id, condition]) => ({ id, name: id, condition })),
		experiences: [],
	};
}

test("the condition of a segment stands where it was asked for, however deep", () => {
	const written = definitionsOf({ b: { not: is("a") }, a: vip, c: { all: [is("b"), is("b")] } }, is("c"));
	const whole = inlined(written);
	if (whole.is === "refused") throw new Error("refused");
	const { segments, tagRules, scoreRules } = whole.definitions;
	const c = { all: [{ not: vip }, { not: vip }] };
	expect(segments.map(({ condition }) => condition)).toEqual([{ not: vip }, vip, c]);
	expect([tagRules[0]?.when, scoreRules[0]?.when]).toEqual([
		{ event: { name: "Page Viewed" }, who: c },
		{ trait: c },
	]);
});

test("segments that ask for each other, and those that do not exist, are named", () => {
	expect(inlined(definitionsOf({ a: is("b"), b: { any: [vip, is("a")] } }))).toEqual({
		is: "refused",
		refusals: [{ reason: "segment-cycle", segment: "a", in: "b" }],
	});
	expect(inlined(definitionsOf({ a: { not: is("a") } }, is("gone")))).toEqual({
		is: "refused",
		refusals: [
			{ reason: "segment-cycle", segment: "a", in: "a" },
			{ reason: "segment-unknown", segment: "gone", in: "rule" },
			{ reason: "segment-unknown", segment: "gone", in: "trait" },
		],
	});
	expect(() => prepare(definitionsOf({ a: is("gone") }))).toThrow("segment-unknown");
});

test("what asks nothing of the past may be asked before consent", () => {
	const rules = prepare(
		definitionsOf({
			here: {
				all: [
					{ field: "city", test: { op: "exists" } },
					{ field: "browserVersion", test: { op: ">=", n: 1 } },
				],
			},
			there: { field: "near", latitude: 0, longitude: 0, km: 1 },
			also: is("here"),
			known: { field: "emailDomain", test: { op: "exists" } },
			buyer: { field: "orders", of: "count", test: { op: ">=", n: 1 } },
			cart: { field: "cartValue", test: { op: ">=", n: 1 } },
			seen: { field: "seen.last", test: { op: "after", at: 0 } },
			tagged: is("vip"),
			vip,
		}),
	);
	expect([...rules.contextual]).toEqual(["here", "there", "also"]);
});
