// Tags: added and taken off by rules, by time and by hand.

import { describe, expect, test } from "vitest";
import type { TagRule } from "../../worker/domain/definition.ts";
import { emptyFacts, record } from "../../worker/domain/facts.ts";
import { evaluateOne } from "../../worker/domain/predicate.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { adopt, pass } from "../../worker/domain/standing.ts";
import { tagNameOf, tagsOf, timesTagged } from "../../worker/domain/tag.ts";
import { nothingWatched } from "../../worker/domain/watch.ts";
import { dayMs, story, told } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30, 0, 123);
const priceList = { name: "Page Viewed", path: { op: "is", value: "/cennik" } } as const;
const cennik: TagRule = { id: "cennik", tag: "CENNIK", when: { event: priceList } };
const interest: TagRule = { id: "interest", tag: "{category}", when: { event: { name: "Product Viewed" } } };
const bought: TagRule = {
	id: "bought",
	tag: "CENNIK",
	removes: true,
	when: { event: { name: "Order Completed" } },
};
const path = "/cennik";

describe("a counted tag", () => {
	test("three views of the price list give CENNIK (3)", () => {
		const { happen, facts } = story({ tagRules: [cennik] });
		for (const day of [0, 1, 2]) happen("Page Viewed", start + day * dayMs, { path });
		expect(tagsOf(facts())).toEqual({ CENNIK: { count: 3, firstAt: start, lastAt: start + 2 * dayMs } });
	});

	test("is taken off by a purchase, and begins at one again", () => {
		const { happen, facts } = story({ tagRules: [cennik, bought] });
		happen("Page Viewed", start, { path });
		happen("Page Viewed", start + 1, { path });
		const [removed, ...others] = happen("Order Completed", start + 2, { order_id: "1" });
		expect(others).toEqual([]);
		expect(removed).toMatchObject({
			name: "Tag Removed",
			at: start + 2,
			props: { tag: "CENNIK", count: 2 },
			cause: { event: "event-2", rule: "bought" },
		});
		expect(tagsOf(facts())).toEqual({});
		happen("Page Viewed", start + 3, { path });
		expect(facts().tags.CENNIK).toEqual({ count: 1, firstAt: start, lastAt: start + 3 });
	});

	test("that is not there is not taken off", () => {
		const { happen } = story({ tagRules: [bought] });
		expect(happen("Order Completed", start, { order_id: "1" })).toEqual([]);
	});

	test("is taken off once where two rules take it off at once", () => {
		const again = { ...bought, id: "bought-again" };
		const { happen, standing } = story({ tagRules: [cennik, bought, again] });
		happen("Page Viewed", start, { path });
		expect(happen("Order Completed", start + 1, { order_id: "1" }).map(told)).toEqual([
			"Tag Removed CENNIK 1",
		]);
		happen("Page Viewed", start + 2, { path });
		expect(timesTagged(standing.person, "CENNIK")).toBe(1);
	});

	test("sets off rules by going, in a bounded chain", () => {
		const onRemoval = { event: { name: "Tag Removed" } };
		const { happen, facts } = story({
			tagRules: [cennik, bought, { id: "again", tag: "CENNIK", when: onRemoval }],
			scoreRules: [{ id: "gone", name: "", points: 1, when: onRemoval }],
		});
		happen("Page Viewed", start, { path });
		expect(happen("Order Completed", start + 1, { order_id: "1" }).map(told)).toEqual([
			"Tag Removed CENNIK 1",
			"Tag Added CENNIK",
			"Points Earned 1",
		]);
		expect([facts().tags.CENNIK?.count, facts().score]).toEqual([1, 1]);
	});

	test("that one part added and another took off is not there, for every condition", () => {
		const { happen, byHand, standing, facts, entries } = story({ tagRules: [cennik] });
		happen("Page Viewed", start, { path });
		happen("Page Viewed", start, { path });
		const count = timesTagged(standing.person, "CENNIK");
		byHand({ id: "hand-1", name: "Tag Removed", at: start + 1, props: { tag: "CENNIK", count } });
		const subject = { facts: facts(), identity: standing.identity };
		const ask = (condition: Parameters<typeof evaluateOne>[0]) =>
			evaluateOne(condition, subject, start + 2).is;
		expect(ask({ field: "tag", tag: "CENNIK", count: { op: "=", n: 0 } })).toBe(true);
		expect(
			ask({ field: "tagged", tag: "CENNIK", which: "last", test: { op: "in-the-last", ms: dayMs } }),
		).toBe(false);
		expect(tagsOf(subject.facts)).toEqual({});
		expect(entries.at(-1)?.cause).toBeUndefined();
	});

	test("taken off before we were told that it was added reads as none, and never as less", () => {
		const facts = emptyFacts();
		record(facts, { id: "r", name: "Tag Removed", at: 2, props: { tag: "VIP", count: 2 } }, nothingWatched);
		const ask = (n: number) =>
			evaluateOne({ field: "tag", tag: "VIP", count: { op: "=", n } }, { facts, identity: "anonymous" }, 3)
				.is;
		expect([ask(0), tagsOf(facts)]).toEqual([true, {}]);
		for (const id of ["a", "b", "c"])
			record(facts, { id, name: "Tag Added", at: 1, props: { tag: "VIP" } }, nothingWatched);
		expect([ask(1), tagsOf(facts)]).toEqual([true, { VIP: { count: 1, firstAt: 1, lastAt: 1 } }]);
	});

	test("is added and taken off by hand, and a list is a segment of it", () => {
		const fair = {
			id: "fair",
			name: "Targi",
			condition: { field: "tag", tag: "TARGI 2026", count: { op: ">=", n: 1 } },
		} as const;
		const { byHand, facts } = story({ segments: [fair] });
		const props = { tag: "TARGI 2026" };
		expect(byHand({ id: "h1", name: "Tag Added", at: start, props }).map(told)).toEqual([
			"Segment Entered fair",
		]);
		expect(
			byHand({ id: "h2", name: "Tag Removed", at: start + 1, props: { ...props, count: 1 } }).map(told),
		).toEqual(["Segment Exited fair"]);
		// What people do by hand is no sign of life.
		expect(facts().visits).toEqual([]);
	});
});

describe("interest in a category", () => {
	test.each([
		["Kosiarka akumulatorowa", "KOSIARKA_AKUMULATOROWA"],
		["Piły łańcuchowe – 2026 (żółte)", "PILY_LANCUCHOWE_2026_ZOLTE"],
		["  Straße ", "STRASSE"],
		[12, "12"],
		["$& $1", "1"],
		["a".repeat(70), "A".repeat(60)],
		[`${"a".repeat(59)} bc`, "A".repeat(59)],
		["—", undefined],
		["", undefined],
	])("%s is tagged %s", (category, tag) => {
		expect(tagNameOf("{category}", { category })).toBe(tag);
	});

	test("KOSIARKA_AKUMULATOROWA for interest in a category, counted with every view", () => {
		const { happen, facts } = story({ tagRules: [interest] });
		const [added] = happen("Product Viewed", start, { category: "Kosiarka akumulatorowa" });
		happen("Product Viewed", start + 1, { category: "kosiarka  AKUMULATOROWA" });
		expect(added?.props).toEqual({ tag: "KOSIARKA_AKUMULATOROWA", property: "category" });
		expect(facts().tags.KOSIARKA_AKUMULATOROWA?.count).toBe(2);
	});

	test("keeps what stands around the placeholder", () => {
		expect(tagNameOf("KUPIL_{product.brand} X", { "product.brand": "Stiga" })).toBe("KUPIL_STIGA X");
	});

	test("makes no tag where the event says no category", () => {
		const { happen } = story({ tagRules: [interest] });
		expect(happen("Product Viewed", start, { brand: "Stiga" })).toEqual([]);
	});

	test("makes no more tags than a card can hold, whatever pages say", () => {
		const { happen, facts } = story({ tagRules: [interest] });
		for (let n = 0; n < 300; n++) happen("Product Viewed", start + n, { category: `c${n}` });
		expect(Object.keys(facts().tags)).toHaveLength(200);
		happen("Product Viewed", start + 400, { category: "c1" });
		expect(facts().tags.C1?.count).toBe(2);
	});
});

describe("a tag that expires", () => {
	const lasting = { ...cennik, expiresAfterMs: 30 * dayMs };
	const due = start + 30 * dayMs;

	test("goes to the millisecond, by the clock", () => {
		const { happen, pass, standing, facts } = story({ tagRules: [lasting] });
		happen("Page Viewed", start, { path });
		expect(standing.until).toBe(due);
		expect(pass(due - 1)).toEqual([]);
		expect(pass(due + 5 * dayMs)).toEqual([
			{
				id: `clock:${due}/cennik/CENNIK`,
				name: "Tag Removed",
				at: due,
				props: { tag: "CENNIK", count: 1, expired: true },
				cause: { event: "clock", rule: "cennik" },
			},
		]);
		expect([tagsOf(facts()), standing.until]).toEqual([{}, Infinity]);
	});

	test("stays for as long as it is added again, whoever adds it", () => {
		const { happen, byHand, pass, standing } = story({ tagRules: [lasting] });
		happen("Page Viewed", start, { path });
		byHand({ id: "hand", name: "Tag Added", at: due - 1, props: { tag: "CENNIK" } });
		expect(pass(due + 29 * dayMs)).toEqual([]);
		expect(standing.until).toBe(due - 1 + 30 * dayMs);
		expect(pass(standing.until).map(told)).toEqual(["Tag Removed CENNIK 2 true"]);
	});

	test("made out of a category goes too, each by itself", () => {
		const { happen, pass } = story({
			tagRules: [{ ...interest, expiresAfterMs: 7 * dayMs }, cennik],
		});
		happen("Page Viewed", start, { path });
		happen("Product Viewed", start, { category: "Piły" });
		happen("Product Viewed", start + dayMs, { category: "Sekatory" });
		expect(pass(start + 40 * dayMs).map((event) => [told(event), event.at - start])).toEqual([
			["Tag Removed PILY 1 true", 7 * dayMs],
			["Tag Removed SEKATORY 1 true", 8 * dayMs],
		]);
	});

	test("makes a segment be left at the same instant, and what rules make of that comes with it", () => {
		const { happen, pass } = story({
			tagRules: [lasting],
			segments: [
				{ id: "hot", name: "", condition: { field: "tag", tag: "CENNIK", count: { op: ">=", n: 1 } } },
			],
			scoreRules: [{ id: "cold", name: "", points: -5, when: { event: { name: "Segment Exited" } } }],
		});
		happen("Page Viewed", start, { path });
		const passed = pass(due);
		expect(passed.map(told)).toEqual(["Tag Removed CENNIK 1 true", "Segment Exited hot", "Points Earned -5"]);
		expect(passed.every(({ at }) => at === due)).toBe(true);
		expect(new Set(passed.map(({ id }) => id)).size).toBe(3);
	});

	test("does not count as its rule's firing", () => {
		const once: TagRule = {
			id: "once",
			tag: "VIP",
			expiresAfterMs: dayMs,
			when: { trait: { field: "score", test: { op: ">=", n: 10 } } },
		};
		const one = story({ tagRules: [once] });
		one.happen("Tag Added", start, { tag: "VIP" });
		expect(one.pass(start + 2 * dayMs).map(told)).toEqual(["Tag Removed VIP 1 true"]);
		expect(one.happen("Points Earned", start + 3 * dayMs, { points: 10 }).map(told)).toEqual([
			"Tag Added VIP",
		]);
	});

	test("goes again where somebody was late to tell of it, as an entry of its own", () => {
		const { happen, comeLate, pass, entries } = story({ tagRules: [lasting] });
		happen("Page Viewed", start, { path });
		comeLate("Page Viewed", start - dayMs, { path }, due + dayMs);
		pass(due + 2 * dayMs);
		const gone = entries.filter(({ name }) => name === "Tag Removed");
		expect(gone.map(({ at, props }) => [at, props.count])).toEqual([
			[due, 1],
			[due, 1],
		]);
		expect(new Set(gone.map(({ id }) => id)).size).toBe(2);
	});

	test("by a rule published later goes at the next look, with the instant at which it was due", () => {
		const before = story({ tagRules: [cennik] });
		before.happen("Page Viewed", start, { path });
		const { standing } = before;
		const rules = prepare({ tagRules: [lasting], scoreRules: [], segments: [], experiences: [] });
		adopt(standing, rules, due + dayMs);
		expect(standing.until).toBe(due + dayMs);
		const [gone] = pass(standing, rules, "browser", due + dayMs);
		expect([gone?.name, gone?.at, standing.until]).toEqual(["Tag Removed", due, Infinity]);
	});
});
