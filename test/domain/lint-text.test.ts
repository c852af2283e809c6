// Texts that no value looks like, by example.

import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import { lint } from "../../worker/domain/lint.ts";
import { now } from "./lint-world.ts";

const views = { field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n: 1 } } as const;
const odd: readonly [why: string, value: string, condition: Condition][] = [
	["path-without-slash", "cennik", { ...views, match: { name: "a", path: { op: "is", value: "cennik" } } }],
	["path-encoded", "/%C5%82", { ...views, match: { name: "a", path: { op: "contains", value: "/%C5%82" } } }],
	["path-with-query", "/a?b=1", { ...views, match: { name: "a", path: { op: "is", value: "/a?b=1" } } }],
	["country-not-two-letters", "Polska", { field: "country", test: { op: "is", value: "Polska" } }],
	["country-not-two-letters", "POL", { field: "country", test: { op: "any-of", values: ["DE", "POL"] } }],
	["device-unknown", "mobile", { field: "device", test: { op: "is", value: "mobile" } }],
	[
		"email-domain-with-at",
		"@firma.pl",
		{ field: "emailDomain", test: { op: "ends-with", value: "@firma.pl" } },
	],
	["folds-to-nothing", "\u0301", { field: "city", test: { op: "contains", value: "\u0301" } }],
];

test.each(odd)("a text that no value looks like: %s (%s)", (why, value, condition) => {
	expect(lint(condition, { now })).toMatchObject([{ kind: "odd-text", why, value }]);
});

test.each([
	{ ...views, match: { name: "a", path: { op: "wildcard", value: "*/cennik" } } },
	{ field: "country", test: { op: "is", value: "pl" } },
	{ field: "device", test: { op: "any-of", values: ["Phone", "tablet"] } },
	{ field: "emailDomain", test: { op: "ends-with", value: ".gov.pl" } },
] satisfies Condition[])("a text in its place: %j", (condition) => {
	expect(lint(condition, { now })).toEqual([]);
});
