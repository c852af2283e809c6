// What the linter says, by example.

import { expect, test } from "vitest";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import { lint } from "../../worker/domain/lint.ts";
import { day, now } from "./lint-world.ts";

const from = (city: string): Leaf => ({ field: "city", test: { op: "is", value: city } });
const score = (op: ">=" | "<=", n: number): Leaf => ({ field: "score", test: { op, n } });
const seen = (op: "before" | "after", days: number): Leaf => ({
	field: "seen.last",
	test: { op, at: now + days * day },
});
const version = (op: ">=" | "<=", n: number): Leaf => ({ field: "browserVersion", test: { op, n } });
const views = { field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n: 1 } } as const;
const kraków = from("Kraków");
const gdańsk = from("Gdańsk");

type Expected = readonly Partial<Record<string, unknown>>[];
const cases: readonly [name: string, condition: Condition, warnings: Expected][] = [
	["nothing of what is in order", { all: [kraków, score(">=", 10), views, { not: seen("after", -9) }] }, []],
	[
		"not the one city, or not the other",
		{ any: [{ not: kraków }, { not: gdańsk }] },
		[
			{
				kind: "always-true",
				at: [],
				because: {
					why: "members",
					members: [
						["any", 0],
						["any", 1],
					],
					example: { at: ["any", 0, "not"], field: "city", value: "Kraków", holds: ["any", 1] },
				},
			},
		],
	],
	["a thing or its opposite", { any: [views, { not: views }] }, [{ kind: "always-true", at: [] }]],
	[
		"scores that leave none out",
		{ any: [score(">=", 10), score("<=", 20)] },
		[
			{
				kind: "always-true",
				because: { why: "members", example: { at: ["any", 0], field: "score", value: 9, holds: ["any", 1] } },
			},
		],
	],
	[
		"at least no tag at all",
		{ all: [kraków, { field: "tag", tag: "A", count: { op: ">=", n: 0 } }] },
		[{ kind: "always-true", at: ["all", 1], because: { why: "itself", example: { value: 0 } } }],
	],
	["everyone", { all: [] }, [{ kind: "always-true", at: [], because: { why: "empty" } }]],
	["nobody", { any: [] }, [{ kind: "never-true", at: [], because: { why: "empty" } }]],
	[
		"two cities at once",
		{ all: [kraków, score(">=", 1), gdańsk] },
		[
			{
				kind: "never-true",
				at: [],
				because: {
					why: "members",
					members: [
						["all", 0],
						["all", 2],
					],
				},
			},
		],
	],
	[
		"cities spelt in two ways are one",
		{ all: [kraków, from("KRAKOW")] },
		[{ kind: "superfluous", at: ["all", 1] }],
	],
	["a score too high and too low", { all: [score(">=", 50), score("<=", 10)] }, [{ kind: "never-true" }]],
	[
		"none and one of the same",
		{ all: [views, { ...views, count: { op: "=", n: 0 } }] },
		[{ kind: "never-true", at: [] }],
	],
	[
		"one in a week, and none in a month",
		{
			all: [
				{ ...views, match: { name: "Page Viewed", path: { op: "is", value: "/a" } }, withinMs: 7 * day },
				{ ...views, count: { op: "=", n: 0 }, withinMs: 30 * day },
			],
		},
		[{ kind: "never-true", at: [] }],
	],
	[
		"one of no values",
		{ field: "city", test: { op: "any-of", values: [] } },
		[{ kind: "never-true", at: [], because: { why: "itself" } }],
	],
	[
		"an identity that nobody has",
		{ field: "identity", test: { op: "is", value: "registered" } },
		[{ kind: "never-true", at: [] }],
	],
	[
		"each of the identities",
		{ field: "identity", test: { op: "any-of", values: ["anonymous", "identified", "monitored"] } },
		[{ kind: "always-true", at: [] }],
	],
	[
		"an attribute that is text and number",
		{
			all: [
				{ field: "attribute", name: "size", test: { op: "is", value: "12" } },
				{ field: "attribute", name: "size", test: { op: ">=", n: 12 } },
			],
		},
		[{ kind: "never-true", at: [] }],
	],
	[
		"beginnings that do not agree",
		{
			all: [
				{ field: "first.landing", test: { op: "starts-with", value: "/oferta" } },
				{ field: "first.landing", test: { op: "wildcard", value: "/blog/*" } },
			],
		},
		[{ kind: "never-true", at: [] }],
	],
	[
		"a part that is never true makes the whole so",
		{ all: [{ any: [{ all: [kraków, gdańsk] }] }, views] },
		[
			{ kind: "never-true", at: ["all", 0, "any", 0] },
			{ kind: "never-true", at: [], because: { why: "member", member: ["all", 0] } },
		],
	],
	[
		"a branch in another's shadow",
		{ any: [score(">=", 10), kraków, score(">=", 50)] },
		[{ kind: "superfluous", at: ["any", 2], by: ["any", 0], within: "any" }],
	],
	[
		"a member that says less",
		{ all: [score(">=", 10), score(">=", 50)] },
		[{ kind: "superfluous", at: ["all", 0], by: ["all", 1], within: "all" }],
	],
	[
		"a list that holds the other",
		{
			any: [
				{ field: "cartProducts", test: { op: "has-all", values: ["a", "b"] } },
				{ field: "cartProducts", test: { op: "has-any", values: ["B", "c"] } },
			],
		},
		[{ kind: "superfluous", at: ["any", 0], by: ["any", 1] }],
	],
	[
		"the same twice, whatever the order of its members",
		{ any: [kraków, views, { test: { value: "Kraków", op: "is" }, field: "city" }] },
		[{ kind: "duplicate", at: ["any", 2], of: ["any", 0] }],
	],
	[
		"after a day and before an earlier one",
		{ all: [seen("after", -1), seen("before", -2)] },
		[
			{
				kind: "empty-window",
				at: [],
				why: "ends-before-it-begins",
				members: [
					["all", 0],
					["all", 1],
				],
			},
		],
	],
	[
		"a span that ends before it begins",
		{ ...views, match: { name: "Page Viewed", during: { from: now, to: now - day } } },
		[{ kind: "empty-window", at: ["match", "during"], why: "ends-before-it-begins" }],
	],
	[
		"something of the past, in the future",
		{ field: "seen.last", test: { op: "in-the-next", ms: day } },
		[{ kind: "empty-window", at: ["test"], why: "future-of-the-past" }],
	],
	["a birthday may well come", { field: "attribute", name: "b", test: { op: "in-the-next", ms: day } }, []],
	[
		"a second thing at once",
		{ field: "sequence", first: { name: "a" }, second: { name: "b" }, thenWithinMs: 0 },
		[{ kind: "empty-window", at: ["thenWithinMs"], why: "no-time-at-all" }],
	],
	[
		"a campaign that is over",
		{ all: [{ ...views, match: { name: "Page Viewed", during: { from: now - 2 * day, to: now } } }] },
		[{ kind: "over", at: ["all", 0, "match", "during"], endedAt: now }],
	],
	[
		"a property of two values",
		{
			all: [
				{
					...views,
					match: {
						name: "Page Viewed",
						where: [
							{ property: "kind", test: { op: "is", value: "a" } },
							{ property: "kind", test: { op: "is", value: "b" } },
						],
					},
				},
			],
		},
		[
			{
				kind: "never-matches",
				at: ["all", 0, "match"],
				tests: [
					["all", 0, "match", "where", 0],
					["all", 0, "match", "where", 1],
				],
			},
			{ kind: "never-true", at: [], because: { why: "member", member: ["all", 0] } },
		],
	],
];

test.each(cases)("%s", (_name, condition, warnings) => {
	const said = lint(condition, { now });
	expect(said).toHaveLength(warnings.length);
	expect(said).toMatchObject(warnings);
});

const landing = (value: string): Leaf => ({ field: "first.landing", test: { op: "wildcard", value } });
const pair = { field: "sequence", first: { name: "a" }, second: { name: "b" }, thenWithinMs: day } as const;
const recently = (days: number): Leaf => ({
	field: "seen.last",
	test: { op: "in-the-last", ms: days * day },
});

/** Close to what is said above, and not so. */
const unsaid: readonly [name: string, condition: Condition][] = [
	["pieces in another order", { all: [landing("/a*bc"), landing("*c*b*")] }],
	["ends that may overlap", { any: [landing("/a*a"), landing("/a")] }],
	["the last half day", { all: [recently(3), seen("before", -2)] }],
	["a score between whole ones is none, a version is", { any: [version(">=", 2), version("<=", 1)] }],
	[
		"one in a week and no more in a month",
		{
			all: [
				{ ...views, withinMs: 7 * day },
				{ ...views, count: { op: "<=", n: 1 }, withinMs: 30 * day },
			],
		},
	],
	[
		"a birthday may be missing",
		{
			any: [
				{ field: "attribute", name: "b", test: { op: "before", at: now } },
				{ field: "attribute", name: "b", test: { op: "after", at: now } },
			],
		},
	],
];

test.each(unsaid)("nothing is said of %s", (_name, condition) => {
	expect(lint(condition, { now })).toEqual([]);
});

test("a sequence in no time says nothing of one in a day", () => {
	const members: readonly Condition[] = [pair, { not: { ...pair, thenWithinMs: 0 } }];
	for (const all of [members, members.toReversed()])
		expect(lint({ all }, { now }).map(({ kind }) => kind)).toEqual(["empty-window"]);
});

test("a last half day is over when the clock has passed it", () => {
	expect(lint({ all: [recently(3), seen("before", -3)] }, { now })).toMatchObject([
		{ kind: "empty-window", at: [] },
	]);
});
