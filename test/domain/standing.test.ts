// How events and time move a person, and what rules add: given a history, when something happens, then so it stands.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainTag } from "../../worker/domain/because-tag.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Definitions, ScoreRule, Segment, TagRule } from "../../worker/domain/definition.ts";
import type { Event } from "../../worker/domain/event.ts";
import { read } from "../../worker/domain/person.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { adopt, arrive, newcomer, pass, type Standing } from "../../worker/domain/standing.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);
const part = { id: "browser", kind: "browser" } as const;

function rulesOf(own: Partial<Definitions>) {
	return prepare({ tagRules: [], scoreRules: [], segments: [], experiences: [], ...own });
}

let made = 0;
function viewed(path: string, at: number): Event {
	return { id: `event-${made++}`, name: "Page Viewed", at, props: { path } };
}

const priceList = { name: "Page Viewed", path: { op: "is", value: "/cennik" } } as const;
const often: Condition = { field: "events", match: priceList, count: { op: ">=", n: 3 }, withinMs: 7 * day };
const keen: Segment = { id: "keen", name: "Keen", condition: often };
const priceTag: TagRule = { id: "tag", tag: "CENNIK", when: { event: priceList } };

function names(events: readonly Event[]): readonly string[] {
	return events.map(({ name, props }) => `${name} ${Object.values(props)[0]}`);
}

function see(standing: Standing, rules: ReturnType<typeof rulesOf>, path: string, at: number) {
	return arrive(standing, rules, part, viewed(path, at), {}, at);
}

describe("a tag rule", () => {
	it("counts: three views of the price list are CENNIK (3)", () => {
		const standing = newcomer();
		const rules = rulesOf({ tagRules: [priceTag] });
		for (const hour of [0, 1, 2]) see(standing, rules, "/cennik", start + hour);
		expect(read(standing.person).tags.CENNIK).toEqual({ count: 3, firstAt: start, lastAt: start + 2 });
	});

	it("of the environment marks once, however often the browser comes", () => {
		const chrome: Condition = { field: "browser", test: { op: "is", value: "Chrome" } };
		const rules = rulesOf({ tagRules: [{ id: "chrome", tag: "CHROME", when: { trait: chrome } }] });
		const standing = newcomer();
		for (const hour of [0, 1]) {
			arrive(
				standing,
				rules,
				part,
				viewed("/", start + hour),
				{ environment: { browser: "Chrome" } },
				start + hour,
			);
		}
		expect(read(standing.person).tags.CHROME?.count).toBe(1);
	});

	it("with a condition on the person fires only for such a person", () => {
		const contact: Condition = { field: "identity", test: { op: "is", value: "monitored" } };
		const rules = rulesOf({ tagRules: [{ ...priceTag, when: { event: priceList, who: contact } }] });
		const standing = newcomer();
		see(standing, rules, "/cennik", start);
		standing.identity = "monitored";
		see(standing, rules, "/cennik", start + 1);
		expect(read(standing.person).tags.CENNIK?.count).toBe(1);
	});
});

describe("a rule for what is bought", () => {
	const tagRule = { id: "bought", tag: "KUPNO {product_id}", when: { event: { name: "Product Bought" } } };
	const products = JSON.stringify([
		{ product_id: "a" },
		{ product_id: "b", quantity: 2 },
		{ product_id: "a" },
	]);
	const told = (id: string, at: number): Event => {
		return { id, name: "Order Completed", at, props: { order_id: "1", revenue: 10, products } };
	};

	it("runs once for each product of an order, however often that is told, and is told by the order", () => {
		const standing = newcomer();
		const definitions = { tagRules: [tagRule], scoreRules: [], segments: [], experiences: [] };
		const rules = prepare(definitions);
		const order = told("order-1", start);
		const added = arrive(standing, rules, part, order, {}, start);
		expect(added.map(({ props }) => props.tag)).toEqual(["KUPNO A", "KUPNO B"]);
		expect(arrive(standing, rules, part, told("order-2", start + 1), {}, start + 1)).toEqual([]);
		const why = explainTag("KUPNO A", standing, definitions, [order, ...added], start, () => undefined);
		const origin = { is: "rule", rule: "bought", event: { name: "Order Completed" } };
		expect(why.entries).toEqual([{ at: start, times: 1, origin }]);
	});
});

describe("an event that no rule waits for", () => {
	const of = (id: string, condition: Condition): Segment => ({ id, name: "", condition });
	const happen = (standing: Standing, rules: ReturnType<typeof rulesOf>, own: Partial<Event>, hour: number) =>
		arrive(
			standing,
			rules,
			part,
			{ ...viewed("/", start + hour * 3_600_000), ...own },
			{},
			start + hour * 3_600_000,
		);

	it("still tells of orders, carts, tags and points", () => {
		const rules = rulesOf({
			segments: [
				of("buyer", { field: "orders", of: "count", test: { op: ">=", n: 1 } }),
				of("carrier", { field: "cartItems", test: { op: ">=", n: 1 } }),
				of("marked", { field: "tag", tag: "VIP", count: { op: ">=", n: 1 } }),
				of("saver", { field: "points", programme: "club", of: "balance", test: { op: ">=", n: 1 } }),
			],
		});
		const standing = newcomer();
		happen(standing, rules, {}, 0);
		happen(standing, rules, { name: "Order Completed", props: { order_id: "1", revenue: 5 } }, 0.1);
		happen(standing, rules, { name: "Tag Added", props: { tag: "VIP" } }, 0.2);
		happen(standing, rules, { name: "Points Earned", props: { points: 5, programme: "club" } }, 0.3);
		happen(standing, rules, { name: "Cart Updated", props: { items: 1, products: "a" } }, 0.4);
		expect(Object.keys(standing.segments).sort()).toEqual(["buyer", "carrier", "marked", "saver"]);
	});

	it("is a sign of life where somebody asks for that", () => {
		const away = of("away", { field: "seen.last", test: { op: "longer-ago", ms: day } });
		const rules = rulesOf({ segments: [away] });
		const standing = newcomer();
		happen(standing, rules, {}, 0);
		happen(standing, rules, { name: "Page Left" }, 0.4);
		expect(standing.until).toBe(start + 24.4 * 3_600_000);
		pass(standing, rules, part.id, standing.until);
		expect(Object.keys(standing.segments)).toEqual(["away"]);
	});
});

describe("a scoring rule", () => {
	const points = (own: Partial<ScoreRule>): ScoreRule => ({
		id: "points",
		name: "Points",
		points: 10,
		once: false,
		when: { event: priceList },
		...own,
	});

	it("adds and takes away, each time or once, and every point says because of what", () => {
		const rules = rulesOf({
			scoreRules: [
				points({}),
				points({ id: "first", points: 5, once: true }),
				points({ id: "minus", points: -3, when: { event: { name: "Page Viewed" } } }),
			],
		});
		const standing = newcomer();
		const [first] = [see(standing, rules, "/cennik", start), see(standing, rules, "/cennik", start + 1)];
		expect(read(standing.person).score).toBe(2 * 10 + 5 - 2 * 3);
		expect(first.map(({ cause, props }) => [cause?.rule, props.points])).toEqual([
			["points", 10],
			["first", 5],
			["minus", -3],
		]);
	});

	it("reacts to what other rules add, in a bounded chain", () => {
		const onTag = { event: { name: "Tag Added" } };
		const rules = rulesOf({
			tagRules: [{ id: "endless", tag: "AGAIN", when: onTag }, priceTag],
			scoreRules: [points({ when: onTag })],
		});
		const standing = newcomer();
		see(standing, rules, "/cennik", start);
		const { tags, score } = read(standing.person);
		expect(tags.CENNIK?.count).toBe(1);
		expect(tags.AGAIN?.count).toBeLessThanOrEqual(4);
		expect(score).toBe(10 * (tags.AGAIN?.count ?? 0));
	});
});

describe("a segment", () => {
	const rules = rulesOf({ segments: [keen] });

	it("is entered by the event that makes it so", () => {
		const standing = newcomer();
		see(standing, rules, "/cennik", start);
		see(standing, rules, "/cennik", start + day);
		expect(names(see(standing, rules, "/cennik", start + 2 * day))).toEqual(["Segment Entered keen"]);
		expect(standing.segments).toEqual({ keen: start + 2 * day });
		expect(standing.until).toBe(start + 7 * day);
	});

	it("is left by time alone, and the event bears the very instant", () => {
		const standing = newcomer();
		for (const days of [0, 1, 2]) see(standing, rules, "/cennik", start + days * day);
		expect(pass(standing, rules, part.id, start + 7 * day - 1)).toEqual([]);
		const [left] = pass(standing, rules, part.id, start + 30 * day);
		expect(left).toMatchObject({
			name: "Segment Exited",
			at: start + 7 * day,
			cause: { event: "clock", rule: "keen" },
		});
		expect(standing.segments).toEqual({});
	});

	it("is no rule: one that bears the same id fires as any other", () => {
		const everyone: Segment = { id: "same", name: "", condition: { all: [] } };
		const reader: Condition = { field: "visits", test: { op: ">=", n: 2 } };
		const standing = newcomer();
		const published = rulesOf({
			segments: [everyone],
			tagRules: [{ id: "same", tag: "READER", when: { trait: reader } }],
		});
		see(standing, published, "/", start);
		see(standing, published, "/", start + day);
		expect(read(standing.person).tags.READER?.count).toBe(1);
	});

	it("that is new is joined at its publication without firing any rule", () => {
		const standing = newcomer();
		const before = rulesOf({ segments: [keen] });
		for (const days of [0, 1, 2]) see(standing, before, "/cennik", start + days * day);
		const seeker: Segment = { id: "all", name: "All", condition: { all: [] } };
		const entered = { event: { name: "Segment Entered" } };
		const after = rulesOf({ segments: [keen, seeker], tagRules: [{ id: "tag", tag: "IN", when: entered }] });
		adopt(standing, after, start + 3 * day);
		expect(standing.segments).toEqual({ keen: start + 2 * day, all: start + 3 * day });
		expect(read(standing.person).tags).toEqual({});
	});
});

describe("time", () => {
	it("leaves a person where stopping at every hour would have left them, however long they were away", () => {
		const windows = [1, 2, 5, 9].map(
			(days): Segment => ({
				id: `within-${days}`,
				name: "",
				condition: { field: "events", match: priceList, count: { op: ">=", n: 2 }, withinMs: days * day },
			}),
		);
		const rules = rulesOf({ segments: windows });
		const hours = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(hours, (instants) => {
				const often = newcomer();
				const seldom = newcomer();
				for (const hour of instants.toSorted((a, b) => a - b)) {
					const event = viewed("/cennik", start + hour * 3_600_000);
					for (const standing of [often, seldom]) {
						pass(standing, rules, part.id, event.at);
						arrive(standing, rules, part, event, {}, event.at);
					}
				}
				const stops = Array.from({ length: 500 }, (_, hour) => start + hour * 3_600_000);
				const seen = stops.flatMap((now) => pass(often, rules, part.id, now));
				expect(pass(seldom, rules, part.id, start + 500 * 3_600_000)).toEqual(seen);
				expect(seldom.segments).toEqual(often.segments);
			}),
			{ numRuns: 60 },
		);
	});
});
