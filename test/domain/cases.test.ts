// The golden files have an example of everything that a condition can be asked in, so that nothing is added to the
// language without its meaning, its sentence and its explanation being written down.

import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import type { PageLeaf } from "../../worker/domain/page.ts";
import conditions from "../cases/conditions.json" with { type: "json" };
import explanations from "../cases/explanations.json" with { type: "json" };
import sentences from "../cases/sentences.json" with { type: "json" };
import { kinds, kindsOf } from "../support/kinds.ts";

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
