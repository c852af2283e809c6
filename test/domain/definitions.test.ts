// What a site may define: tags, scoring and loyalty programmes as a client sends them.

import { describe, expect, test } from "vitest";
import { inconsistenciesIn } from "../../worker/domain/consistency.ts";
import type { Definitions as Whole } from "../../worker/domain/definition.ts";
import { Definitions, Programme, ScoreRule, TagRule } from "../../worker/protocol/site.schema.ts";
import { definitions } from "../shop/definitions.ts";

const when = { event: { name: "Product Viewed" } };
const tagRule = { id: "tag", tag: "CENNIK", when };
const scoreRule = { id: "score", name: "Zakup", points: 5, when };
const programme = { id: "club", name: "Klub", joins: "everyone", tiers: [], rewards: [] };
const none = { tagRules: [], scoreRules: [], segments: [], experiences: [] };

test("older definitions still parse, and come out as they were", () => {
	expect(Definitions.parse(definitions)).toEqual(definitions);
	expect(Definitions.parse(none)).toEqual(none);
});

describe("a tag rule", () => {
	test.each(["CENNIK", "TARGI 2026", "{category}", "KUPIL_{product.brand}", "A {x} B", "ŁÓDŹ-1"])(
		"may be called %s",
		(tag) => {
			expect(TagRule.safeParse({ ...tagRule, tag }).success).toBe(true);
		},
	);
	test.each([
		"",
		"cennik",
		"_A",
		"{a}{b}",
		"{a} {b}",
		"{}",
		"{{a}}",
		"{a",
		"a}",
		"}A{",
		"{__proto__}",
		`{${"a".repeat(65)}}`,
		"{a}b",
		"A\n",
	])("may not be called %j", (tag) => {
		expect(TagRule.safeParse({ ...tagRule, tag }).success).toBe(false);
	});
	test("of a trait has no event to fill a placeholder", () => {
		const trait = { trait: { all: [] } };
		expect(TagRule.safeParse({ ...tagRule, when: trait }).success).toBe(true);
		expect(TagRule.safeParse({ ...tagRule, when: trait, tag: "{category}" }).success).toBe(false);
	});
	test.each([
		[{ removes: true }, true],
		[{ expiresAfterMs: 60_000 }, true],
		[{ expiresAfterMs: 59_999 }, false],
		[{ expiresAfterMs: 86_400_000.5 }, false],
		[{ removes: true, expiresAfterMs: 60_000 }, false],
		[{ removes: "yes" }, false],
		[{ unknown: 1 }, false],
	])("with %j: %s", (own, isFine) => {
		expect(TagRule.safeParse({ ...tagRule, ...own }).success).toBe(isFine);
	});
});

describe("a scoring rule", () => {
	test.each([
		[{ limit: "each" }, true],
		[{ limit: "once" }, true],
		[{ limit: { perDay: 3 } }, true],
		[{ limit: { perDay: 0 } }, false],
		[{ limit: { perDay: 1, perWeek: 2 } }, false],
		[{ limit: "twice" }, false],
		[{ once: true }, true],
		[{ points: -5, expiresAfterMs: 60_000 }, true],
		[{ points: -5, programme: "club" }, true],
		[{ points: -5, programme: "club", expiresAfterMs: 60_000 }, false],
		[{ points: 0.5 }, false],
		[{ programme: "Club" }, false],
	])("with %j: %s", (own, isFine) => {
		expect(ScoreRule.safeParse({ ...scoreRule, ...own }).success).toBe(isFine);
	});
});

test.each([
	[{}, true],
	[{ tag: "MARKA_{brand}", of: "rank", test: { op: "between", from: 1, to: 3 } }, true],
	[{ tag: "{product}" }, false],
	[{ tag: "KOSIARKI" }, false],
	[{ of: "weight" }, false],
	[{ when }, false],
])("a tag for an interest, with %j: %s", (own, isFine) => {
	const rule = { id: "interest", tag: "{category}", of: "strength", test: { op: ">=", n: 3 }, ...own };
	expect(Definitions.safeParse({ ...none, interestTags: [rule] }).success).toBe(isFine);
});

test.each([
	[[{ id: "vip", names: { pl: "Stali", en: "Regulars" } }], true],
	[[{ id: "vip", names: { pl: "Stali" } }], false],
	[Array(2).fill({ id: "vip", names: { pl: "Stali", en: "Regulars" } }), false],
])("lists %j: %s", (lists, isFine) => {
	expect(Definitions.safeParse({ ...none, lists }).success).toBe(isFine);
});

describe("a programme", () => {
	const tier = (id: string, from: number) => ({ id, name: id, from });
	const tiers = (count: number) => Array.from({ length: count }, (_, n) => tier(`t${n}`, n));
	test.each([
		[{}, true],
		[{ joins: { by: when } }, true],
		[{ joins: { by: { trait: { all: [] } } } }, true],
		[{ joins: "nobody" }, false],
		[{ joins: { by: { event: { name: "A" }, trait: { all: [] } } } }, false],
		[{ tiers: [tier("a", 0), tier("b", 10)] }, true],
		[{ tiers: [tier("a", 10), tier("b", 10)] }, false],
		[{ tiers: [tier("a", 0), tier("a", 10)] }, false],
		[{ tiers: tiers(20) }, true],
		[{ tiers: tiers(21) }, false],
		[{ fades: { everyDays: 30, percent: 10 } }, true],
		[{ fades: { everyDays: 30, percent: 101 } }, false],
		[{ fades: { everyDays: 0, percent: 10 } }, false],
		[{ rewards: [{ id: "r", name: "R", points: 30 }] }, true],
		[{ rewards: [{ id: "r", name: "R", points: 0 }] }, false],
	])("with %j: %s", (own, isFine) => {
		expect(Programme.safeParse({ ...programme, ...own }).success).toBe(isFine);
	});
});

describe("definitions", () => {
	const many = (count: number, one: object) =>
		Array.from({ length: count }, (_, n) => ({ ...one, id: `id-${n}` }));
	test.each([
		["500 tag rules", { tagRules: many(500, tagRule) }, true],
		["501 tag rules", { tagRules: many(501, tagRule) }, false],
		["500 scoring rules", { scoreRules: many(500, scoreRule) }, true],
		["501 scoring rules", { scoreRules: many(501, scoreRule) }, false],
		["20 programmes", { programmes: many(20, programme) }, true],
		["21 programmes", { programmes: many(21, programme) }, false],
		["two programmes of one id", { programmes: [programme, programme] }, false],
	])("with %s: %#", (_name, own, isFine) => {
		expect(Definitions.safeParse({ ...none, ...own }).success).toBe(isFine);
	});

	test.each([
		[
			"a rule of a programme that is not there",
			{ scoreRules: [{ ...scoreRule, programme: "club" }] },
			["score-rule/score programme programme-unknown"],
		],
		[
			"a rule of a programme",
			{ scoreRules: [{ ...scoreRule, programme: "club" }], programmes: [programme] },
			[],
		],
		[
			"a programme called as a rule is",
			{ tagRules: [{ ...tagRule, id: "club" }], programmes: [programme] },
			["programme/club  id-used-twice"],
		],
		[
			"a segment that asks for one that is not there",
			{
				segments: [{ id: "vip", name: "VIP", condition: { all: [{ field: "segment", segment: "gone" }] } }],
			},
			["segment/vip condition.all.0.segment segment-unknown"],
		],
		[
			"a rule whose condition is too much",
			{
				tagRules: [{ ...tagRule, when: { trait: { any: [{ field: "age", test: { op: ">=", n: 151 } }] } } }],
			},
			["tag-rule/tag when.trait.any.0.test.n number-out-of-range"],
		],
	] as const)("stand together, or say where not, with %s", (_name, own, said) => {
		const found = inconsistenciesIn({ ...none, ...own } as unknown as Whole);
		expect(
			found.map(
				({ in: { kind, id }, root, at, why }) => `${kind}/${id} ${[...root, ...at].join(".")} ${why}`,
			),
		).toEqual(said);
	});
});
