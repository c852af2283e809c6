// What the compiled SQL may be, whatever the condition: without a word of it, and within D1's limits.

import type { SQLInputValue } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { refuse } from "../../worker/domain/check.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import { limits } from "../../worker/domain/limits.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { plainCondition as condition, latest } from "../support/generate.ts";
import { count, largest, times } from "../support/largest.ts";
import { insertion, rowsOf } from "../support/people.ts";
import { spine } from "../support/spine.ts";

/** D1: 100 KB of statement; 25,000 instructions in a list that begins at 42 and doubles, so it stops at 42 * 2 ** 9. */
const statementBytes = 100_000;
const instructions = 21_504;

const db = spine();

test.each(largest)("the largest condition of %s is within D1's limits", (_name, asked) => {
	expect(refuse(asked)).toBeUndefined();
	const { tables, where, args } = compileSql(asked, latest);
	const statement = `${tables} SELECT count(*) FROM people p WHERE p.site = ?2 AND ${where}`;
	expect(Buffer.byteLength(statement)).toBeLessThan(statementBytes);
	expect(db.prepare(`EXPLAIN ${statement}`).all(...args, "shop").length).toBeLessThan(instructions);
});

/** How the statement is gone about; what is gathered once, before anybody is looked at, is told apart. */
function stepsOf(asked: Condition): { readonly once: readonly string[]; readonly each: readonly string[] } {
	const { tables, where, args } = compileSql(asked, latest);
	const plan = db.prepare(`EXPLAIN QUERY PLAN ${tables} SELECT ${where} FROM people p`).all(...args);
	const gathered = plan.filter(({ detail }) => /^MATERIALIZE (visits|waiting)$/.test(String(detail)));
	const { once = [], each = [] } = Object.groupBy(plan, ({ parent }) =>
		gathered.some(({ id }) => id === parent) ? "once" : "each",
	);
	const details = (steps: typeof plan) => steps.map(({ detail }) => String(detail));
	return { once: details(once), each: details(each) };
}

test("a contact's events are found by their name and path, and read from the index alone", () => {
	const { each: steps } = stepsOf(count({ name: "Page Viewed", path: { op: "is", value: "/x" } }, 1));
	expect(steps).toContain("SEARCH q USING COVERING INDEX parts_of_person (site=? AND person=?)");
	expect(steps).toContain(
		"SEARCH c USING COVERING INDEX contact_events_by_name (site=? AND name=? AND part=? AND path=? AND at>?)",
	);
});

test("anonymous visits are unpacked once, however many leaves ask, and looked up by person", () => {
	const { once, each: steps } = stepsOf({ all: times(3, (i) => count({ name: "Page Viewed" }, i)) });
	expect(steps.filter((step) => step === "MATERIALIZE waiting")).toHaveLength(1);
	expect(once).toContain("SEARCH a USING PRIMARY KEY (site=?)");
	expect(steps.filter((step) => / w /.test(step)).length).toBeGreaterThanOrEqual(3);
	for (const step of steps)
		if (/^S\w+ w /.test(step)) expect(step).toMatch(/^SEARCH w USING AUTOMATIC .*INDEX \(person=\?/);
});

test("what only rules say is looked for by person and part", () => {
	const { each: steps } = stepsOf(count({ name: "Tag Added" }, 1));
	expect(steps).toContain("SEARCH q USING COVERING INDEX parts_of_person (site=? AND person=?)");
	for (const table of ["a", "c"])
		expect(
			steps.some((step) => step.startsWith(`SEARCH ${table} USING PRIMARY KEY (site=? AND part=?`)),
		).toBe(true);
	expect(steps.filter((step) => /MATERIALIZE|TEMP/.test(step))).toEqual([]);
});

test.each(largest)("nothing goes through all of a site's parts for each person, for %s", (_name, asked) => {
	const searches = stepsOf(asked).each.filter((step) => /^S\w+ [qoacw] (?!VIRTUAL)/.test(step));
	expect(searches.length).toBeGreaterThan(0);
	for (const search of searches) expect(search).toMatch(/\((site=\? AND )?(person|part|name=\? AND part)=\?/);
});

test.each(["anonymous", "monitored"] as const)(
	"an %s person's visit goes on for as long as something is seen, whatever that is",
	(identity) => {
		const minutes = (n: number): number => latest - 86_400_000 + n * 60_000;
		const happening = (name: string, at: number) => {
			return { event: { id: `${name} ${at}`, name, at, props: {} }, effects: [], circumstances: {} };
		};
		const past = {
			identity,
			parts: [
				[
					happening("Page Viewed", minutes(0)),
					...times(4, (i) => happening("Page Left", minutes(29 * (i + 1)))),
					happening("Page Viewed", minutes(145)),
					happening("Tag Added", minutes(170)),
					happening("Page Viewed", minutes(176)),
				],
			],
		};
		const own = spine();
		for (const [table, rows] of Object.entries(rowsOf("shop", "person", past)))
			for (const row of rows) own.prepare(insertion(table, row)).run(...Object.values<SQLInputValue>(row));
		const inVisits = (op: ">=" | "<=" | "=", n: number) => {
			const by = { field: "events", match: { name: "Page Viewed" }, count: { op, n }, by: "visit" } as const;
			const { tables, where, args } = compileSql(by, latest);
			return own
				.prepare(`${tables} SELECT ${where} AS so FROM people p WHERE p.site = ?2`)
				.get(args[0], "shop")?.so;
		};
		expect(inVisits("=", 2)).toBe(1);
		expect([inVisits(">=", 3), inVisits("<=", 1), inVisits("<=", 2), inVisits("=", 3)]).toEqual([0, 0, 1, 0]);
	},
);

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
			const { tables, where, args } = compileSql(asked, latest);
			expect(where).not.toMatch(/[^\x20-\x7e\n\t]|zaz/u);
			expect(args).toHaveLength(1);
			expect(db.prepare(`${tables} SELECT ${where} AS so FROM people p`).all(args[0])).toEqual([]);
		}),
	);
});
