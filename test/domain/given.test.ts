// What is given once: whatever the order in which it is heard, and however parts are joined, the first stays.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Event, eventNames } from "../../worker/domain/event.ts";
import { emptyFacts, withoutDetails } from "../../worker/domain/facts.ts";
import { type Givens, joinGivens, recordGiven } from "../../worker/domain/given.ts";

const key = fc.constantFrom("welcome", "spring", "__proto__");
const made = fc.record({ at: fc.integer({ min: 1, max: 5 }), id: fc.constantFrom("a", "b", "c", "d") });
const given: fc.Arbitrary<Event> = fc.oneof(
	fc.tuple(made, key).map(([{ at, id }, pool]) => ({
		id,
		at,
		name: eventNames.couponGiven,
		props: { pool, coupon: `${pool}-${at}-${id}`, experience: "x" },
	})),
	fc.tuple(made, key).map(([{ at, id }, experience]) => ({
		id,
		at,
		name: eventNames.experienceShown,
		props: { experience, until: at * 100 + id.charCodeAt(0), outcome: id.charCodeAt(0) },
	})),
);
const all = (events: readonly Event[]) =>
	events.reduce<Givens | undefined>((givens, event) => recordGiven(givens, event), undefined);

test("heard in any order, the first of each stays", () => {
	fc.assert(
		fc.property(
			fc.array(given, { maxLength: 12 }),
			fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
			(events, random) => {
				const shuffled = events
					.map((event) => [event, random.next().value ?? 0] as const)
					.sort(([, a], [, b]) => a - b)
					.map(([event]) => event);
				expect(all(shuffled)).toEqual(all(events));
			},
		),
	);
});

test("joining two parts is commutative, associative and idempotent, and as if one had heard all", () => {
	const events = fc.array(given, { maxLength: 6 });
	fc.assert(
		fc.property(events, events, events, (a, b, c) => {
			const [x, y, z] = [all(a), all(b), all(c)];
			expect(joinGivens(x, y)).toEqual(joinGivens(y, x));
			expect(joinGivens(joinGivens(x, y), z)).toEqual(joinGivens(x, joinGivens(y, z)));
			expect(joinGivens(x, x)).toEqual(x);
			expect(joinGivens(x, y)).toEqual(all([...a, ...b]));
		}),
	);
});

test("it outlives the details of a visit", () => {
	const codes = { welcome: { value: "A", at: 1, id: "a" } };
	expect(withoutDetails({ ...emptyFacts(), given: { codes } }).given).toEqual({ codes });
});
