// The same law as in test/domain/condition.test.ts, on D1 itself: what SQLite in Node means is what D1 means.

import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { read } from "../../worker/domain/person.ts";
import { compile, evaluate } from "../../worker/domain/predicate.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import { plainCondition as condition, history, hourMs, latest, personOf } from "../support/generate.ts";
import { largest } from "../support/largest.ts";
import { insertion, rowsOf } from "../support/people.ts";
import { env, freshWorld } from "./world.ts";

const people = 60;
const conditionsEach = 50;
const conditions = fc.array(condition, { minLength: conditionsEach, maxLength: conditionsEach, size: "max" });
const instant = fc.integer({ min: 0, max: 20 }).map((hours) => latest + hours * hourMs);

beforeEach(freshWorld);

it(`${people * conditionsEach} conditions mean the same at the edge and on D1`, async () => {
	const cases = fc.sample(fc.tuple(history(), conditions, instant), { numRuns: people, seed: 20_261_121 });
	const insertions = cases.flatMap(([past], person) =>
		Object.entries(rowsOf("shop", `person ${person}`, past)).flatMap(([table, rows]) =>
			rows.map((row: object) => {
				return env.DB.prepare(insertion(table, row)).bind(...Object.values(row));
			}),
		),
	);
	for (let at = 0; at < insertions.length; at += 500) await env.DB.batch(insertions.slice(at, at + 500));
	for (const [person, [past, asked, now]] of cases.entries()) {
		const subject = { facts: read(personOf(past, watchFor(asked))), identity: past.identity };
		const verdicts = evaluate(compile(asked), subject, now);
		const questions = asked.map((one) => {
			const { tables, where, args } = compileSql(one, now);
			const query = `${tables} SELECT ${where} AS so FROM people p WHERE p.site = ?2 AND p.id = ?3`;
			return env.DB.prepare(query).bind(args[0], "shop", `person ${person}`);
		});
		const answers = await env.DB.batch<{ so: number }>(questions);
		for (const [i, one] of asked.entries()) {
			expect({ one, so: answers[i]?.results[0]?.so }).toEqual({ one, so: Number(verdicts.is(i)) });
		}
	}
}, 60_000);

it.each(largest)("the largest condition of %s is one that D1 takes", async (_name, asked) => {
	const { tables, where, args } = compileSql(asked, latest);
	const query = env.DB.prepare(`${tables} SELECT count(*) AS n FROM people p WHERE p.site = ?2 AND ${where}`);
	expect(await query.bind(args[0], "shop").first("n")).toBe(0);
});
