// What the linter says of everyone is so of everyone: tried against the predicate, and against the language put plainly.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import { lint, type Warning } from "../../worker/domain/lint.ts";
import { read } from "../../worker/domain/person.ts";
import { evaluateOne } from "../../worker/domain/predicate.ts";
import type { Place } from "../../worker/domain/refusal.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import { condition, history, hourMs, latest, personOf } from "../support/generate.ts";
import { runs } from "../support/runs.ts";
import { colliding } from "./lint-conditions.ts";
import { holds, now, world } from "./lint-world.ts";

function partAt(whole: Condition, place: Place): Condition {
	const found = place.reduce<unknown>((part, step) => Reflect.get(Object(part), step), whole);
	return found as Condition;
}

/** Whether what a warning says is so of one person, as `is` answers for them; nothing where it says nothing of anyone. */
function isSo(warning: Warning, whole: Condition, is: (part: Condition) => boolean): boolean | undefined {
	const part = partAt(whole, warning.at);
	const isCondition = typeof part === "object" && ["all", "any", "not", "field"].some((one) => one in part);
	switch (warning.kind) {
		case "always-true":
			return is(part);
		case "never-true":
			return !is(part);
		case "empty-window":
			return isCondition ? !is(part) : undefined;
		case "superfluous": {
			const by = is(partAt(whole, warning.by));
			return warning.within === "all" ? !by || is(part) : by || !is(part);
		}
		case "duplicate":
			return is(part) === is(partAt(whole, warning.of));
		default:
			return undefined;
	}
}

const kinds = ["always-true", "never-true", "superfluous", "duplicate", "empty-window"] as const;

test("of made-up people, with every kind of leaf", () => {
	const said = new Map<string, number>();
	fc.assert(
		fc.property(colliding, fc.array(world, { minLength: 20, maxLength: 20 }), (asked, people) => {
			for (const warning of lint(asked, { now })) {
				said.set(warning.kind, (said.get(warning.kind) ?? 0) + 1);
				for (const person of people)
					expect(isSo(warning, asked, (part) => holds(part, person))).not.toBe(false);
			}
		}),
		{ numRuns: runs(1_500, 6_000) },
	);
	expect(kinds.filter((kind) => (said.get(kind) ?? 0) < 5)).toEqual([]);
}, 120_000);

test("of people as a cell remembers them, with whatever the predicate knows", () => {
	let said = 0;
	const people = fc.array(history(20), { minLength: 6, maxLength: 6 });
	const hours = fc.integer({ min: 0, max: 40 });
	fc.assert(
		fc.property(condition, people, hours, (asked, pasts, later) => {
			const warnings = lint(asked, { now: latest });
			for (const past of pasts) {
				const subject = { facts: read(personOf(past, watchFor([asked]))), identity: past.identity };
				for (const warning of warnings) {
					said++;
					const is = (part: Condition) => evaluateOne(part, subject, latest + later * hourMs).is;
					expect(isSo(warning, asked, is)).not.toBe(false);
				}
			}
		}),
		{ numRuns: runs(150, 600) },
	);
	expect(said).toBeGreaterThan(75);
}, 120_000);
