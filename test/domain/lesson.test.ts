import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs } from "../../worker/domain/calendar.ts";
import type { Event } from "../../worker/domain/event.ts";
import { emptyFacts, record } from "../../worker/domain/facts.ts";
import { forget, type Lesson, latenessMs, newLearned, study } from "../../worker/domain/recommend/learned.ts";
import { lessonIn } from "../../worker/domain/recommend/lesson.ts";
import { count, newTally, popular, tallyDays } from "../../worker/domain/recommend/tally.ts";
import { visitGapMs } from "../../worker/domain/visit.ts";
import { viewedProducts, watchFor } from "../../worker/domain/watch.ts";

const at = 1_000 * dayMs;
const told = (name: string, props: Event["props"], bought: [string, number, string][] = []) =>
	lessonIn({ name, at, props, bought });

describe("what an event teaches", () => {
	it("is which products were looked at, put into a cart or bought", () => {
		expect(told("Product Viewed", { product_id: "a" })).toEqual({ what: "viewed", products: ["a"] });
		expect(told("Product Added", { sku: 7 })).toEqual({ what: "in-cart", products: ["7"] });
		expect(told("Cart Updated", { products: "a|b|a" })).toEqual({ what: "in-cart", products: ["a", "b"] });
		const products = '[{"product_id":"a"},{"product_id":"b"}]';
		expect(told("Order Completed", { order_id: 1, products })).toEqual({
			what: "bought",
			order: "1",
			products: ["a", "b"],
			before: [],
		});
	});

	it("is when the same was bought before, by another order", () => {
		const past: [string, number, string][] = [
			["a", at - 9 * dayMs, "0"],
			["a", at - 30 * dayMs, "-1"],
			["a", at, "1"],
			["b", at - dayMs, "0"],
		];
		const lesson = told("Order Completed", { order_id: "1", products: "a" }, past);
		expect(lesson).toMatchObject({ before: [["a", at - 9 * dayMs]] });
	});

	it("is nothing where it is about no product, or an order has no id", () => {
		expect(told("Product Viewed", { name: "a" })).toBeUndefined();
		expect(told("Product Viewed", { product_id: "x".repeat(101) })).toBeUndefined();
		expect(told("Order Completed", { products: "a" })).toBeUndefined();
		expect(told("Cart Updated", { products: "" })).toBeUndefined();
	});
});

describe("what is learned", () => {
	const view = (event: string, browser: string, product: string, when = at): Lesson => {
		return { event, at: when, browser, is: { what: "viewed", products: [product] }, groups: [] };
	};

	it("forgets whose a visit was when it is over, and what it read when nobody will read it again", () => {
		const learned = newLearned();
		study(learned, view("1", "me", "a"));
		forget(learned, at + latenessMs);
		expect([learned.known.size, learned.open.size]).toEqual([0, 1]);
		forget(learned, at + visitGapMs + 1);
		expect([learned.open.size, learned.visits.open.size]).toEqual([0, 0]);
	});

	it("takes a browser that comes back after half an hour for another visit", () => {
		const learned = newLearned();
		study(learned, view("1", "me", "a"));
		study(learned, view("2", "me", "a", at + visitGapMs + 1));
		expect(popular(learned.views, at + dayMs)).toEqual([{ product: "a", count: 2 }]);
	});

	it("counts the days of the last four weeks, whatever comes in whatever order", () => {
		const day = fc.integer({ min: 960, max: 1_040 });
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), day), { maxLength: 60 }), (views) => {
				const tally = newTally(10);
				let latest = 0;
				const kept: [string, number][] = [];
				for (const [product, on] of views) {
					latest = Math.max(latest, on);
					if (on > latest - tallyDays) kept.push([product, on]);
					count(tally, product, on * dayMs);
				}
				const lately = kept.filter(([, on]) => on > latest - 28);
				const expected = [...Map.groupBy(lately, ([product]) => product)]
					.map(([product, its]) => ({ product, count: its.length }))
					.sort((x, y) => y.count - x.count || (x.product < y.product ? -1 : 1));
				expect(popular(tally, latest * dayMs)).toEqual(expected);
			}),
		);
	});

	it("never counts more products than it may: once a day the least viewed make room", () => {
		const tally = newTally(4);
		for (const product of ["a", "a", "b", "b", "c", "d", "e"]) count(tally, product, at);
		expect(tally.names).toEqual(["a", "b", "c", "d"]);
		count(tally, "e", at + dayMs);
		expect(tally.names).toEqual(["a", "b", "e"]);
		expect(popular(tally, at + dayMs).map(({ product }) => product)).toEqual(["a", "b", "e"]);
	});
});

describe("products viewed", () => {
	it("are remembered as they were said, the latest first, each once, in any order of arrival", () => {
		const watch = watchFor([], [viewedProducts]);
		const event = (id: string, when: number): Event => {
			return { id: `${id} ${when}`, name: "Product Viewed", at: when, props: { product_id: id } };
		};
		const views = [event("ŁÓDŹ-1", 1), event("b", 2), event("ŁÓDŹ-1", 3), event("x".repeat(101), 4)];
		for (const order of [views, views.toReversed()]) {
			const facts = emptyFacts();
			for (const one of order) record(facts, one, watch);
			expect(facts.values).toEqual({ "said product_id": { at: [3, 2], of: ["ŁÓDŹ-1", "b"] } });
		}
	});
});
