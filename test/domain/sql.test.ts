// What the compiled SQL may be, whatever the condition: without a word of it, and within D1's limits.

import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { refuse } from "../../worker/domain/check.ts";
import { type Condition, type CountLeaf, limits } from "../../worker/domain/condition.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { condition, latest } from "../support/generate.ts";

/** D1: 100 KB of statement; its SQLite stops at 25,000 instructions. */
const statementBytes = 100_000;
const instructions = 25_000;

const db = new DatabaseSync(":memory:");
db.exec(readFileSync(new URL("../../migrations/0001_spine.sql", import.meta.url), "utf8"));

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const count = (match: CountLeaf["match"], i: number): Condition => ({
	field: "events",
	match,
	count: { op: ">=", n: i % 100 },
	withinMs: 1_000 + i,
});
const largest: readonly [name: string, condition: Condition][] = [
	[
		"counts of what rules say",
		{ any: times(2, (k) => ({ all: times(98, (i) => count({ name: "Tag Added" }, k * 98 + i)) })) },
	],
	[
		"wildcards",
		{ all: times(99, (i) => count({ name: "Tag Added", path: { op: "wildcard", value: `a*${i}*b*c` } }, i)) },
	],
	[
		"properties",
		{
			all: times(18, (k) => {
				const where = times(10, (i) => ({
					property: `p${k} ${i}`.padEnd(64, "x"),
					test: { op: "ends-with", value: `${i}` } as const,
				}));
				return count({ name: "Tag Added", where }, k);
			}),
		},
	],
	[
		"tags",
		{
			any: times(2, (k) => ({
				all: times(98, (i) => ({ field: "tag", tag: `"${k} ${i}`, count: { op: "=", n: 1 } })),
			})),
		},
	],
	[
		"attributes",
		{
			any: times(2, (k) => ({
				all: times(98, (i) => ({
					field: "attribute",
					name: `a ${k} ${i}`,
					test: { op: "contains", value: `${i}` },
				})),
			})),
		},
	],
];

test.each(largest)("the largest condition of %s is within D1's limits", (_name, asked) => {
	expect(refuse(asked)).toBeUndefined();
	const { where, args } = compileSql(asked, latest);
	const statement = `SELECT count(*) FROM people p WHERE p.site = ?2 AND ${where}`;
	expect(Buffer.byteLength(statement)).toBeLessThan(statementBytes);
	expect(db.prepare(`EXPLAIN ${statement}`).all(...args, "shop").length).toBeLessThan(instructions);
});

test("parentheses are never as deep as a list is long", () => {
	const { where } = compileSql(
		{ all: times(limits.list, (i) => ({ field: "score", test: { op: "=", n: i } })) },
		latest,
	);
	let depth = 0;
	let deepest = 0;
	for (const letter of where) {
		if (letter === "(") deepest = Math.max(deepest, ++depth);
		if (letter === ")") depth--;
	}
	expect(deepest).toBeLessThan(20);
});

test("no word of a condition is part of the statement, and all of them are one parameter", () => {
	const marked = fc
		.constantFrom("'", '"', "\\", ";", "--", "?2", "%", "\n")
		.map((odd) => `${odd}zażółć${odd}`);
	fc.assert(
		fc.property(marked, condition, (word, around) => {
			const asked: Condition = {
				all: [
					around,
					{ field: "tag", tag: word, count: { op: "=", n: 1 } },
					{ field: "attribute", name: word, test: { op: "any-of", values: [word] } },
					{ field: "city", test: { op: "contains", value: word } },
					{
						field: "events",
						match: {
							name: word,
							path: { op: "wildcard", value: `*${word}*${word}` },
							where: [{ property: word, test: { op: "is", value: word } }],
						},
						count: { op: ">=", n: 1 },
					},
				],
			};
			const { where, args } = compileSql(asked, latest);
			expect(where).not.toMatch(/[^\x20-\x7e\n\t]|zaz/u);
			expect(args).toHaveLength(1);
			expect(db.prepare(`SELECT ${where} AS so FROM people p`).all(args[0])).toEqual([]);
		}),
	);
});
