// The golden files have an example of everything that a condition can be asked in, so that nothing is added to the
// language without its meaning, its sentence and its explanation being written down.

import type { SQLInputValue } from "node:sqlite";
import { expect, test } from "vitest";
import { knownAttributes } from "../../worker/domain/attributes.ts";
import { type Condition, leavesOf } from "../../worker/domain/condition.ts";
import type { Event } from "../../worker/domain/event.ts";
import type { Circumstances } from "../../worker/domain/facts.ts";
import type { PageLeaf } from "../../worker/domain/page.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import type { Identity } from "../../worker/domain/subject.ts";
import conditions from "../cases/conditions.json" with { type: "json" };
import explanations from "../cases/explanations.json" with { type: "json" };
import sentences from "../cases/sentences.json" with { type: "json" };
import { kinds, kindsOf } from "../support/kinds.ts";
import { insertion, rowsOf } from "../support/people.ts";
import { spine } from "../support/spine.ts";

interface NamedCase {
	readonly name: string;
	readonly condition: Condition;
	readonly history: {
		readonly identity?: Identity;
		readonly events: readonly (Pick<Event, "name" | "props"> & { readonly at: string } & Circumstances)[];
	};
	readonly now: string;
	readonly is: boolean;
}

/** Definitions put these in their place before anything asks them of a person. */
const inTheirPlace = new Set(["segment", "tier", "tier is", "tier at-least"]);

function lacking(cases: readonly { readonly condition: unknown }[]): readonly string[] {
	// Ours, so there is nothing to parse.
	const shown = new Set(cases.flatMap(({ condition }) => [...kindsOf(condition as Condition)]));
	return kinds.filter((kind) => !shown.has(kind));
}

const isOfAPerson = (kind: string): boolean => !inTheirPlace.has(kind);
const explained = sentences.filter((one) => "events" in one);
const said = sentences.filter((one) => !("events" in one));

test("every leaf and operator has a case that shows what it means", () => {
	expect(lacking(conditions).filter(isOfAPerson)).toEqual([]);
});

test("every leaf and operator has a sentence", () => {
	expect(lacking(said)).toEqual([]);
});

test("every attribute that has a meaning of its own has a sentence", () => {
	// Ours, so there is nothing to parse.
	const leaves = said.flatMap(({ condition }) => [...leavesOf(condition as Condition)]);
	const named = new Set(leaves.map((leaf) => leaf.field === "attribute" && leaf.name));
	expect(Object.keys(knownAttributes).filter((name) => !named.has(name))).toEqual([]);
});

test("every leaf and operator has an explanation", () => {
	expect(lacking(explained).filter(isOfAPerson)).toEqual([]);
});

const ofThePage: Readonly<Record<PageLeaf["field"], true>> = {
	"page.url": true,
	"page.path": true,
	"page.query": true,
	"page.referrer": true,
	"page.title": true,
	"page.product.id": true,
	"page.product.name": true,
	"page.product.category": true,
	"page.product.brand": true,
	"page.product.price": true,
	"page.hour": true,
	"page.weekday": true,
};

test("everything that an experience can ask of its page has an explanation", () => {
	const asked = JSON.stringify(explanations.definitions.experiences);
	expect(Object.keys(ofThePage).filter((field) => !asked.includes(`"${field}"`))).toEqual([]);
});

test("SQL answers every case as it is written", () => {
	const db = spine();
	// Ours, so there is nothing to parse.
	const cases = conditions as unknown as readonly NamedCase[];
	const answers = cases.map(({ name, condition, history: { identity = "anonymous", events }, now }, n) => {
		const happened = events.map(({ name, at, props, ...circumstances }, i) => ({
			event: { id: `${i}`, name, at: Date.parse(at), props },
			circumstances,
			effects: [],
		}));
		const rows = rowsOf(`site ${n}`, "person", { identity, parts: [happened] });
		for (const [table, list] of Object.entries(rows))
			for (const row of list)
				db.prepare(insertion(table, row)).run(...Object.values(row as Record<string, SQLInputValue>));
		const { where, args } = compileSql(condition, Date.parse(now));
		const query = `SELECT ${where} AS so FROM people p WHERE p.site = ?2`;
		return { name, is: db.prepare(query).get(args[0], `site ${n}`)?.so === 1 };
	});
	expect(answers).toEqual(cases.map(({ name, is }) => ({ name, is })));
});
