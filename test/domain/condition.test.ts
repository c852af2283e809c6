// One condition, two compilers: the predicate over what a cell remembers and the SQL over everything that happened
// agree on every input; and no answer changes by itself before its `until`.

import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import { read } from "../../worker/domain/person.ts";
import { compile, evaluate, evaluateOne } from "../../worker/domain/predicate.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import type { Subject } from "../../worker/domain/subject.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import { busyHistory } from "../support/busy.ts";
import {
	condition,
	countLeaf,
	type History,
	history,
	hourMs,
	latest,
	personOf,
	widerLeaf,
} from "../support/generate.ts";
import { insertion, rowsOf } from "../support/people.ts";
import { runs } from "../support/runs.ts";
import { spine } from "../support/spine.ts";

/** In the long version they are asked 20,000 conditions. */
const people = runs(100, 500);
const conditionsEach = 40;
const conditionsOf = (one: fc.Arbitrary<Condition>, length: number) =>
	fc.array(one, { minLength: length, maxLength: length, size: "max" });
/** Of trees much is settled by a few leaves, so half of what is asked are leaves by themselves. */
const conditions = conditionsOf(fc.oneof(condition, widerLeaf), conditionsEach);
const instant = fc.integer({ min: 0, max: 20 }).map((hours) => latest + hours * hourMs);

function store(db: DatabaseSync, site: string, id: string, history: History): void {
	for (const [table, rows] of Object.entries(rowsOf(site, id, history))) {
		for (const row of rows) {
			const values: SQLInputValue[] = Object.values(row);
			db.prepare(insertion(table, row)).run(...values);
		}
	}
}

function ask(db: DatabaseSync, site: string, id: string, asked: Condition, now: number): unknown {
	const { tables, where, args } = compileSql(asked, now);
	return db
		.prepare(`${tables} SELECT ${where} AS so FROM people p WHERE p.site = ?2 AND p.id = ?3`)
		.get(args[0], site, id)?.so;
}

function subjectOf(history: History, asked: readonly Condition[]): Subject {
	return { facts: read(personOf(history, watchFor(asked))), identity: history.identity };
}

test(`${people * conditionsEach} conditions mean the same at the edge and in SQL`, () => {
	const db = spine();
	let person = 0;
	const answers = { so: 0, not: 0 };
	fc.assert(
		fc.property(busyHistory, conditions, instant, (past, asked, now) => {
			const id = `person ${person++}`;
			// Some share a site, as people do; all of them would, visit for visit, be gone through by each statement.
			const site = `shop ${person >> 4}`;
			store(db, site, id, past);
			const subject = subjectOf(past, asked);
			const verdicts = evaluate(compile(asked), subject, now);
			for (const [i, one] of asked.entries()) {
				const so = ask(db, site, id, one, now);
				answers[so ? "so" : "not"]++;
				expect({ one, so }).toEqual({ one, so: Number(verdicts.is(i)) });
			}
		}),
		{ numRuns: people },
	);
	// A suite in which nearly everything is true, or false, would prove little.
	expect(answers.so).toBeGreaterThan(people * 4);
	expect(answers.not).toBeGreaterThan(people * 4);
}, 120_000);

test("they agree at the instants about which an answer turns", () => {
	const db = spine();
	const timely = conditionsOf(
		fc.oneof({ arbitrary: countLeaf, weight: 3 }, widerLeaf, condition),
		conditionsEach,
	);
	let person = 0;
	let turns = 0;
	fc.assert(
		fc.property(busyHistory, timely, instant, (past, asked, now) => {
			const id = `person ${person++}`;
			// Some share a site, as people do; all of them would, visit for visit, be gone through by each statement.
			const site = `shop ${person >> 4}`;
			store(db, site, id, past);
			const subject = subjectOf(past, asked);
			const program = compile(asked);
			const verdicts = evaluate(program, subject, now);
			for (const [i, one] of asked.entries()) {
				const until = verdicts.until(i);
				if (until === Infinity) continue;
				turns++;
				for (const then of [until - 1, until]) {
					const so = ask(db, site, id, one, then);
					expect({ one, then, so }).toEqual({
						one,
						then,
						so: Number(evaluate(program, subject, then).is(i)),
					});
				}
			}
		}),
		{ numRuns: people / 2 },
	);
	expect(turns).toBeGreaterThan(people / 2);
}, 60_000);

test("a row of one site never counts for another", () => {
	const db = spine();
	fc.assert(
		fc.property(history(5), conditions, fc.nat(), (past, asked, n) => {
			store(db, `a ${n}`, "same", past);
			store(db, `b ${n}`, "same", { identity: past.identity, parts: [] });
			const subject = subjectOf({ identity: past.identity, parts: [] }, asked);
			for (const one of asked)
				expect(ask(db, `b ${n}`, "same", one, latest)).toBe(Number(evaluateOne(one, subject, latest).is));
			db.exec("DELETE FROM people; DELETE FROM parts; DELETE FROM arrivals; DELETE FROM contact_events");
		}),
		{ numRuns: 20 },
	);
}, 60_000);

test("an answer holds until its `until`, and that of a leaf no longer", () => {
	const moments = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
	const both = conditionsOf(fc.oneof(countLeaf, widerLeaf, condition), 25);
	let finite = 0;
	fc.assert(
		fc.property(history(30), both, instant, moments, (past, asked, now, fractions) => {
			const subject = subjectOf(past, asked);
			const program = compile(asked);
			const verdicts = evaluate(program, subject, now);
			for (const [i, one] of asked.entries()) {
				const until = verdicts.until(i);
				const end = Math.min(until, now + 1_000_000 * hourMs);
				expect(until).toBeGreaterThan(now);
				for (const fraction of [...fractions, 1]) {
					const then = Math.min(end - 1, now + Math.floor((end - now) * fraction));
					expect(evaluate(program, subject, then).is(i)).toBe(verdicts.is(i));
				}
				if (until === Infinity) continue;
				finite++;
				if ("field" in one) expect(evaluateOne(one, subject, until).is).toBe(!verdicts.is(i));
			}
		}),
		{ numRuns: runs(100, 300) },
	);
	expect(finite).toBeGreaterThan(20);
}, 60_000);

test("a program remembers nothing of whom it was asked about before", () => {
	fc.assert(
		fc.property(history(10), history(10), conditions, (first, second, asked) => {
			const program = compile(asked);
			evaluate(program, subjectOf(first, asked), latest);
			const subject = subjectOf(second, asked);
			const verdicts = evaluate(program, subject, latest);
			for (const [i, one] of asked.entries()) {
				const alone = evaluateOne(one, subject, latest);
				expect({ is: verdicts.is(i), until: verdicts.until(i) }).toEqual(alone);
			}
		}),
		{ numRuns: runs(20, 60) },
	);
}, 60_000);
