// The meaning of conditions by example: test/cases/conditions.json is written to be read.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Event } from "../../worker/domain/event.ts";
import { type Circumstances, emptyFacts, type Facts, record } from "../../worker/domain/facts.ts";
import { read } from "../../worker/domain/person.ts";
import { compile, evaluate, evaluateOne, type Program } from "../../worker/domain/predicate.ts";
import type { Identity, Subject } from "../../worker/domain/subject.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import written from "../cases/conditions.json" with { type: "json" };
import { condition, history, hourMs, latest, leaf, personOf } from "../support/generate.ts";
import { runs } from "../support/runs.ts";

interface Case {
	readonly name: string;
	readonly condition: Condition;
	readonly history: {
		readonly identity?: Identity;
		readonly events: readonly (Pick<Event, "name" | "props"> & { readonly at: string } & Circumstances)[];
	};
	readonly now: string;
	readonly is: boolean;
	/** None where time alone never changes the answer. */
	readonly until: string | null;
}
// The import's type is the union of all that is written there; the cases are ours, so there is nothing to parse.
const cases = written as unknown as readonly Case[];

function subjectOf({ condition, history: { identity = "anonymous", events } }: Case): Subject {
	const facts = emptyFacts();
	const watch = watchFor([condition]);
	for (const [i, { name, at, props, ...circumstances }] of events.entries())
		record(facts, { id: `${i}`, name, at: Date.parse(at), props }, watch, circumstances);
	return { facts, identity };
}

test.each(cases)("$name", (one) => {
	const { is, until } = evaluateOne(one.condition, subjectOf(one), Date.parse(one.now));
	expect({ is, until: until === Infinity ? null : new Date(until) }).toEqual({
		is: one.is,
		until: one.until === null ? null : new Date(one.until),
	});
});

test("one program answers many conditions, and its answers outlive its next run", () => {
	const program = compile([{ all: [] }, { any: [] }, { field: "score", test: { op: ">=", n: 1 } }]);
	const facts = emptyFacts();
	const before = evaluate(program, { facts, identity: "anonymous" }, 0);
	facts.score = 1;
	const after = evaluate(program, { facts, identity: "anonymous" }, 0);
	expect([0, 1, 2].map(before.is)).toEqual([true, false, false]);
	expect([0, 1, 2].map(after.is)).toEqual([true, false, true]);
});

test("a program that follows a person event by event answers as one that meets them for the first time", () => {
	const asked = fc.array(condition, { minLength: 1, maxLength: 8 });
	const delays = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 });
	fc.assert(
		fc.property(history(25), asked, delays, ({ identity, parts }, conditions, hours) => {
			const watch = watchFor(conditions);
			const program = compile(conditions);
			const people = parts.map((list) => ({ list, facts: emptyFacts() }));
			const verdictsOf = (by: Program, facts: Facts, now: number) => {
				const verdicts = evaluate(by, { facts, identity }, now);
				return conditions.map((_, i) => [verdicts.is(i), verdicts.until(i)]);
			};
			// Events of several people by turns, and out of order: nothing read of one may stand for another.
			for (let i = 0; people.some(({ list }) => i < list.length); i++) {
				for (const { list, facts } of people) {
					const one = list[i];
					if (!one) continue;
					record(facts, one.event, watch, one.circumstances);
					for (const effect of one.effects) record(facts, effect, watch);
					const now = latest + (hours[i % hours.length] ?? 0) * hourMs;
					const stored: Facts = JSON.parse(JSON.stringify(facts));
					expect(verdictsOf(program, facts, now)).toEqual(verdictsOf(compile(conditions), stored, now));
				}
			}
		}),
	);
});

test("an answer holds until its `until`, and that of a leaf no longer", () => {
	const asked = fc.array(fc.oneof(leaf, condition), { minLength: 50, maxLength: 50, size: "max" });
	const delay = fc.integer({ min: 0, max: 20 * hourMs });
	const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
	let finite = 0;
	fc.assert(
		fc.property(history(30), asked, delay, fractions, (past, conditions, later, moments) => {
			const now = latest + later;
			const subject: Subject = {
				facts: read(personOf(past, watchFor(conditions))),
				identity: past.identity,
			};
			const program = compile(conditions);
			const verdicts = evaluate(program, subject, now);
			for (const [i, one] of conditions.entries()) {
				const until = verdicts.until(i);
				const end = Math.min(until, now + 3_000_000 * hourMs);
				expect(until).toBeGreaterThan(now);
				for (const fraction of [...moments, 1]) {
					const then = Math.min(end - 1, now + Math.floor((end - now) * fraction));
					expect({ one, then, is: evaluate(program, subject, then).is(i) }).toEqual({
						one,
						then,
						is: verdicts.is(i),
					});
				}
				if (until === Infinity) continue;
				finite++;
				if ("field" in one) expect(evaluateOne(one, subject, until).is).toBe(!verdicts.is(i));
			}
		}),
		{ numRuns: runs(80, 300) },
	);
	expect(finite).toBeGreaterThan(40);
}, 60_000);

test("a program remembers nothing of whom it was asked about before", () => {
	const asked = fc.array(condition, { minLength: 10, maxLength: 10, size: "max" });
	fc.assert(
		fc.property(history(10), history(10), asked, (first, second, conditions) => {
			const [one, other] = [first, second].map((past): Subject => {
				const facts = read(personOf(past, watchFor(conditions)));
				return { facts, identity: past.identity };
			});
			if (!one || !other) throw new Error("two were made");
			const program = compile(conditions);
			evaluate(program, one, latest);
			const verdicts = evaluate(program, other, latest);
			for (const [i, alone] of conditions.entries())
				expect({ is: verdicts.is(i), until: verdicts.until(i) }).toEqual(evaluateOne(alone, other, latest));
		}),
	);
});

test("a tree answers as its members say together, however many they are", () => {
	const asked = fc.array(fc.oneof(leaf, condition), { minLength: 1, maxLength: 12, size: "max" });
	fc.assert(
		fc.property(history(20), asked, (past, members) => {
			const facts = read(personOf(past, watchFor(members)));
			const roots = [...members, { all: members }, { any: members }, { not: { all: members } }];
			const verdicts = evaluate(compile(roots), { facts, identity: past.identity }, latest);
			const signed = (i: number) => (verdicts.is(i) ? verdicts.until(i) : -verdicts.until(i));
			const each = members.map((_, i) => signed(i));
			const [all, any] = [Math.min(...each), Math.max(...each)];
			const n = members.length;
			expect([signed(n), signed(n + 1), signed(n + 2)]).toEqual([all, any, -all]);
		}),
		{ numRuns: runs(150, 400) },
	);
});

test("which conditions hold, and when the first of them turns, is what each says by itself", () => {
	const asked = fc.array(condition, { minLength: 35, maxLength: 70, size: "max" });
	fc.assert(
		fc.property(history(20), asked, fc.nat(70), (past, conditions, some) => {
			const facts = read(personOf(past, watchFor(conditions)));
			const verdicts = evaluate(compile(conditions), { facts, identity: past.identity }, latest);
			const first = [...conditions.keys()].slice(0, some);
			const size = first.length;
			expect(verdicts.holding(size)).toEqual(first.filter(verdicts.is));
			expect(verdicts.soonest(size)).toBe(Math.min(...first.map(verdicts.until)));
		}),
	);
});

test("a segment that is not in its place is refused", () => {
	expect(() => compile([{ field: "segment", segment: "s" }])).toThrow("not in its place");
});
