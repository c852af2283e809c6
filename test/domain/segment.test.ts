import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Definitions, Programme } from "../../worker/domain/definition.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { inlined } from "../../worker/domain/segment.ts";
import { arrive, newcomer } from "../../worker/domain/standing.ts";

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

const club = {
	id: "club",
	name: "Club",
	joins: { by: { trait: vip } },
	tiers: [
		{ id: "bronze", name: "Bronze", from: 0 },
		{ id: "silver", name: "Silver", from: 100 },
		{ id: "gold", name: "Gold", from: 500 },
	],
	rewards: [],
} as const;

test("a tier is so many points of a member, and not those of the next", () => {
	const tierOf = (tier: string, op: "is" | "at-least"): Condition => ({
		field: "tier",
		programme: "club",
		tier,
		op,
	});
	const earned = (n: number): Condition => ({
		field: "points",
		programme: "club",
		of: "earned",
		test: { op: ">=", n },
	});
	const member: Condition = { field: "member", programme: "club" };
	const conditionsOf = (joins: Programme["joins"]): readonly Condition[] => {
		const asked = {
			a: tierOf("silver", "is"),
			b: tierOf("silver", "at-least"),
			c: { not: tierOf("gold", "is") },
		};
		const whole = inlined({ ...definitionsOf(asked), programmes: [{ ...club, joins }] });
		return whole.is === "refused" ? [] : whole.definitions.segments.map(({ condition }) => condition);
	};
	expect(conditionsOf(club.joins)).toEqual([
		{ all: [member, earned(100), { not: earned(500) }] },
		{ all: [member, earned(100)] },
		{ not: { all: [member, earned(500)] } },
	]);
	expect(conditionsOf("everyone")[1]).toEqual({ all: [{ all: [] }, earned(100)] });
	expect(() => prepare(definitionsOf({ a: tierOf("gold", "is") }))).toThrow("tier-unknown");
});

test("a tier is told for as long as the points come to it", () => {
	const tier: Condition = { field: "tier", programme: "club", tier: "silver", op: "is" };
	const rules = prepare({
		...definitionsOf({ silver: tier, in: { field: "member", programme: "club" } }),
		programmes: [{ ...club, joins: { by: { event: { name: "Page Viewed" } } } }],
		scoreRules: [
			{ id: "r", name: "", points: 300, programme: "club", when: { event: { name: "Page Viewed" } } },
		],
	});
	const standing = newcomer();
	const told = [1, 2].map((at) => {
		const event = { id: `${at}`, name: "Page Viewed", at, props: {} };
		return arrive(standing, rules, { id: "part", kind: "browser" }, event, {}, at)
			.filter(({ name }) => name.startsWith("Segment"))
			.map(({ name, props }) => `${name} ${props.segment}`);
	});
	expect(told).toEqual([["Segment Entered silver", "Segment Entered in"], ["Segment Exited silver"]]);
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
