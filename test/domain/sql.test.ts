// What the compiled SQL may be, whatever the condition: without a word of it, and within D1's limits.

import fc from "fast-check";
import { expect, test } from "vitest";
import { refuse } from "../../worker/domain/check.ts";
import { type Condition, limits } from "../../worker/domain/condition.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { plainCondition as condition, latest } from "../support/generate.ts";
import { count, largest, times } from "../support/largest.ts";
import { spine } from "../support/spine.ts";

/** D1: 100 KB of statement; 25,000 instructions in a list that begins at 42 and doubles, so it stops at 42 * 2 ** 9. */
const statementBytes = 100_000;
const instructions = 21_504;

const db = spine();

test.each(largest)("the largest condition of %s is within D1's limits", (_name, asked) => {
	expect(refuse(asked)).toBeUndefined();
	const { where, args } = compileSql(asked, latest);
	const statement = `SELECT count(*) FROM people p WHERE p.site = ?2 AND ${where}`;
	expect(Buffer.byteLength(statement)).toBeLessThan(statementBytes);
	expect(db.prepare(`EXPLAIN ${statement}`).all(...args, "shop").length).toBeLessThan(instructions);
});

test.each(["Page Viewed", "Tag Added"])("events called %s are found by person and part", (name) => {
	const { where, args } = compileSql(count({ name }, 1), latest);
	const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT ${where} FROM people p`).all(...args);
	const steps = plan.map(({ detail }) => String(detail));
	expect(steps).toContain("SEARCH q USING COVERING INDEX parts_of_person (site=? AND person=?)");
	for (const table of ["a", "c"])
		expect(
			steps.some((step) => step.startsWith(`SEARCH ${table} USING PRIMARY KEY (site=? AND part=?`)),
		).toBe(true);
	expect(steps.filter((step) => /MATERIALIZE|TEMP/.test(step))).toEqual([]);
});

test.each(largest)("nothing goes through all of a site's parts for %s", (_name, asked) => {
	const { where, args } = compileSql(asked, latest);
	const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT ${where} FROM people p`).all(...args);
	const searches = plan
		.map(({ detail }) => String(detail))
		.filter((detail) => /^S\w+ [qoac] (?!VIRTUAL)/.test(detail));
	expect(searches.length).toBeGreaterThan(0);
	for (const search of searches) expect(search).toMatch(/\(site=\? AND (person|part)=\?/);
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
					{ field: "tagged", tag: word, which: "last", test: { op: "anniversary", days: 9 } },
					{ field: "points", programme: word, of: "earned", test: { op: "=", n: 1 } },
					{ field: "cartProducts", test: { op: "has-any", values: [word] } },
					{ field: "attribute", name: word, test: { op: "has-all", values: [word] } },
					{ field: "emailDomain", test: { op: "wildcard", value: `${word}*` } },
					{ field: "sum", match: { name: word }, property: word, test: { op: "=", n: 1 } },
					{ field: "events", match: { name: word }, count: { op: "=", n: 1 }, by: { property: word } },
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
