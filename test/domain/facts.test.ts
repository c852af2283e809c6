import fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "../../worker/domain/event.ts";
import { emptyFacts, type Facts, record, withoutDetails } from "../../worker/domain/facts.ts";
import { own } from "../../worker/domain/keyed.ts";
import { nothingWatched, watchFor } from "../../worker/domain/watch.ts";
import { condition, factsOf, type Happening, history } from "../support/generate.ts";

/** Seven days: events come no later than that. */
const lateHours = 168;

function recent(list: readonly Happening[]): readonly Happening[] {
	const last = Math.max(...list.map(({ event }) => event.at));
	return list.filter(({ event }) => event.at >= last - lateHours * 3_600_000);
}

test("any order of arrival makes the same facts", () => {
	const shuffled = history(40).chain((past) => {
		const list = recent(past.parts.flat());
		return fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length }));
	});
	fc.assert(
		fc.property(shuffled, fc.array(condition, { maxLength: 10 }), ([list, other], asked) => {
			const watch = watchFor(asked);
			expect(factsOf(other, watch)).toEqual(factsOf(list, watch));
		}),
	);
});

function tagged(tag: string, at: number): Event {
	return { id: `${at}`, name: "Tag Added", at, props: { tag } };
}

test("a tag may have any name", () => {
	const facts = emptyFacts();
	const tags = ["__proto__", "constructor", "toString", "CENNIK"];
	for (const tag of tags) for (const at of [2, 1, 3]) record(facts, tagged(tag, at), nothingWatched);
	for (const tag of tags) expect(own(facts.tags, tag)).toEqual({ count: 3, firstAt: 1, lastAt: 3 });
	expect(Object.getPrototypeOf(facts.tags)).toBe(Object.prototype);
});

test("so may an attribute, of which the latest value stays", () => {
	const facts = emptyFacts();
	for (const [at, value] of [
		[2, "late"],
		[1, "early"],
	] as const) {
		const attributes = Object.fromEntries([
			["__proto__", value],
			["constructor", value],
		]);
		record(facts, { id: `${at}`, name: "Page Viewed", at, props: {} }, nothingWatched, { attributes });
	}
	expect(own(facts.attributes, "__proto__")?.value).toBe("late");
	expect(own(facts.attributes, "constructor")?.value).toBe("late");
});

test("facts survive being stored as JSON, even those of a part that saw nothing yet", () => {
	const stored: Facts = JSON.parse(JSON.stringify(emptyFacts()));
	const event: Event = { id: "e", name: "Page Viewed", at: 1_800_000_000_000, props: {} };
	record(stored, event, nothingWatched);
	expect(stored.firstSeenAt).toBe(event.at);
	expect(stored.lastSeenAt).toBe(event.at);
});

test("a counter keeps one instant more than the threshold, and the latest ones", () => {
	const match = { name: "Page Viewed" };
	const watch = watchFor([{ field: "events", match, count: { op: ">=", n: 2 } }]);
	const facts = emptyFacts();
	for (const at of [3, 9, 1, 7, 5]) record(facts, { id: `${at}`, name: "Page Viewed", at, props: {} }, watch);
	expect(Object.values(facts.counters)).toEqual([[9, 7, 5]]);
});

test("without its details, a browser is known by when it came and how often", () => {
	fc.assert(
		fc.property(history(20), (past) => {
			const facts = factsOf(past.parts.flat(), nothingWatched);
			const bare = withoutDetails(facts);
			expect(bare.sealedVisits).toBe(facts.sealedVisits + facts.visits.length);
			expect(bare.firstSeenAt).toBe(facts.firstSeenAt);
			expect([bare.attributes, bare.tags, bare.counters, bare.score]).toEqual([{}, {}, {}, 0]);
			expect(bare.environment ?? bare.firstTouch ?? bare.lastTouch).toBeUndefined();
		}),
	);
});
