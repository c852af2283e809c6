// What the linter says of a condition because of the site that it is for, and how long it thinks.

import { expect, test } from "vitest";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import { type LintContext, lint, type Warning } from "../../worker/domain/lint.ts";
import { day, now } from "./lint-world.ts";

const kraków: Leaf = { field: "city", test: { op: "is", value: "Kraków" } };
const views = { field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n: 1 } } as const;
const retention: LintContext = { now, retentionMs: 3 * 3_600_000 };
const week: Leaf = { ...views, withinMs: 7 * day };
const windows: readonly [
	name: string,
	condition: Condition,
	at: readonly (readonly (string | number)[])[],
][] = [
	["a count", { all: [week] }, [["all", 0, "withinMs"]]],
	["a window shorter than that", { ...views, withinMs: 3_600_000 }, []],
	[
		"a sum of days",
		{ field: "sum", match: { name: "a" }, property: "p", test: { op: ">=", n: 1 }, days: 1 },
		[["days"]],
	],
	["a last time", { field: "order.last", test: { op: "longer-ago", ms: day } }, [["test", "ms"]]],
	["when we met outlives the details", { field: "seen.first", test: { op: "longer-ago", ms: day } }, []],
	[
		"contacts alone",
		{ all: [week, { not: { field: "identity", test: { op: "is", value: "anonymous" } } }] },
		[],
	],
];

test.each(windows)("details of anonymous people live shorter: %s", (_name, condition, at) => {
	const said = lint(condition, retention);
	expect(said.map((warning) => [warning.kind, warning.at])).toEqual(at.map((one) => ["contacts-only", one]));
});

test("a field that the site leaves unread", () => {
	const context: LintContext = { now, forbidden: new Set(["city", "near"]) };
	expect(lint({ all: [views, { not: kraków }] }, context)).toEqual([
		{ kind: "field-forbidden", at: ["all", 1, "not", "field"], field: "city" },
	] satisfies Warning[]);
});

test("what costs too much to find out is not said, and is found out soon", () => {
	const clause = (i: number): Condition => ({
		any: Array.from({ length: 4 }, (_, k) => ({
			field: "attribute",
			name: `a${(i * 7 + k * 3) % 11}`,
			test: { op: "is", value: `${(i + k) % 3}` },
		})),
	});
	const asked: Condition = { all: Array.from({ length: 30 }, (_, i) => clause(i)) };
	const before = performance.now();
	lint(asked, { now });
	expect(performance.now() - before).toBeLessThan(2_000);
});
