import fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "../../worker/domain/event.ts";
import { emptyFacts, type Facts, record, withoutDetails } from "../../worker/domain/facts.ts";
import { own } from "../../worker/domain/keyed.ts";
import { knownSince } from "../../worker/domain/project.ts";
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

const view = (at: number, props: Event["props"] = {}): Event => ({
	id: `${at}`,
	name: "Page Viewed",
	at,
	props,
});
const match = { name: "Page Viewed" };
const minuteMs = 60_000;

test("of a property the latest values are kept, and of each when it came last", () => {
	const watch = watchFor([{ field: "events", match, count: { op: ">=", n: 1 }, by: { property: "brand" } }]);
	const facts = emptyFacts();
	const brands = ["Stiga", "Honda", "STIGA", "Husqvarna", "honda"];
	for (const [i, brand] of brands.entries()) record(facts, view(i * minuteMs, { brand }), watch);
	record(facts, view(9 * minuteMs), watch);
	expect(Object.values(facts.values ?? {})).toEqual([
		{ at: [4 * minuteMs, 3 * minuteMs], of: ['"honda', '"husqvarna'] },
	]);
});

test("sums keep as many days as are asked, and the sum of all", () => {
	const leaf = { field: "sum", match, property: "price", test: { op: ">=", n: 1 } } as const;
	const watch = watchFor([leaf, { ...leaf, days: 2 }]);
	const facts = emptyFacts();
	const dayMs = 86_400_000;
	for (const day of [9, 7, 8, 9, 3]) record(facts, view(day * dayMs, { price: day / 10 }), watch);
	for (const price of ["1", true, Number.NaN, 1e12]) record(facts, view(9 * dayMs, { price }), watch);
	expect(Object.values(facts.sums ?? {})).toEqual([{ ever: 360, days: [9, 8], sums: [180, 80] }]);
});

test("of each visit the latest match is kept, even where a late event makes one visit of two", () => {
	const watch = watchFor([{ field: "events", match, count: { op: ">=", n: 0 }, by: "visit" }]);
	const facts = emptyFacts();
	for (const minute of [0, 10, 50, 200]) record(facts, view(minute * minuteMs), watch);
	const minutes = () => Object.values(facts.counters).map((all) => all.map((at) => at / minuteMs));
	expect(minutes()).toEqual([[200, 50, 10]]);
	record(facts, { ...view(30 * minuteMs), name: "Product Viewed" }, watch);
	expect(minutes()).toEqual([[200, 50]]);
	// Of visits that nothing can join any more, one more than the threshold.
	for (const day of [20, 21, 40]) record(facts, view(day * 1_440 * minuteMs), watch);
	expect(minutes()).toEqual([[40, 21].map((day) => day * 1_440)]);
});

test("points of a programme are its own, and spending without one lowers the score", () => {
	const facts = emptyFacts();
	const points = (name: string, props: Event["props"]): Event => ({ id: name, name, at: 1, props });
	record(facts, points("Points Earned", { points: 10 }), nothingWatched);
	record(facts, points("Points Spent", { points: 4 }), nothingWatched);
	record(facts, points("Points Earned", { points: 7, programme: "__proto__" }), nothingWatched);
	record(facts, points("Points Spent", { points: 2, programme: "__proto__" }), nothingWatched);
	expect([facts.score, own(facts.points ?? {}, "__proto__")]).toEqual([
		6,
		{ earned: 7, spent: 2, firstAt: 1, lastAt: 1 },
	]);
	expect([facts.visits, facts.orders, facts.cart]).toEqual([[], undefined, undefined]);
});

test("somebody is known since they were first named, however often, in whatever order and by whatever name that comes again", () => {
	const said = [
		{ at: 5_000, attributes: { email: "anna@example.com" } },
		{ at: 9_000, attributes: { email: "anna@example.com", phone: "+48600100200" } },
		{ at: 7_000, attributes: { userId: "42" } },
		{ at: 1_000, attributes: { city: "Łódź" } },
	];
	for (const told of [said, said.toReversed()]) {
		const facts = emptyFacts();
		for (const [n, { at, attributes }] of told.entries())
			record(facts, { id: `${n}-${at}`, name: "Identify", at, props: {} }, nothingWatched, { attributes });
		const part = { id: "p", kind: "browser", version: 1, facts } as const;
		expect(knownSince({ parts: { p: part } })).toEqual({ knownAt: 5_000 });
	}
});
