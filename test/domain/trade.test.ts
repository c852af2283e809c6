// What people in the trade ask for, each in its own words: rules over a life as it happens, and the same question asked
// of the rows that it leaves in D1.

import { expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Definitions } from "../../worker/domain/definition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import type { Circumstances } from "../../worker/domain/facts.ts";
import { read } from "../../worker/domain/person.ts";
import { evaluateOne } from "../../worker/domain/predicate.ts";
import { eventRow, partRow, personRow } from "../../worker/domain/project.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { touchOf } from "../../worker/domain/source.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { arrive, newcomer, pass } from "../../worker/domain/standing.ts";
import { storedEffect } from "../../worker/domain/stored.ts";
import { addressOf } from "../../worker/platform/address.ts";
import { insertion } from "../support/people.ts";
import { spine } from "../support/spine.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 2, 9);
const part = { id: "browser", kind: "browser" } as const;

/** One person's life under these rules, and under the condition that is asked at its end. */
class Life {
	now = start;
	readonly standing = newcomer();
	readonly #rules;
	readonly #rows: ReturnType<typeof eventRow>[] = [];

	constructor(asked: Condition, own: Partial<Definitions> = {}) {
		const segments = [{ id: "asked", name: "Asked", condition: asked }, ...(own.segments ?? [])];
		this.#rules = prepare({ tagRules: [], scoreRules: [], experiences: [], ...own, segments });
	}

	does(name: string, props: Properties = {}, circumstances: Circumstances = {}): this {
		this.now += minuteMs;
		const event: Event = { id: `event-${this.#rows.length}`, name, at: this.now, props };
		const effects = arrive(this.standing, this.#rules, part, event, circumstances, this.now);
		this.#rows.push(
			eventRow("shop", part.id, event, { ...circumstances, effects: effects.map(storedEffect) }),
		);
		return this;
	}

	sees(path: string, circumstances: Circumstances = {}): this {
		return this.does("Page Viewed", { path }, circumstances);
	}

	waits(ms: number): this {
		this.now += ms;
		for (const event of pass(this.standing, this.#rules, part.id, this.now))
			this.#rows.push(eventRow("shop", part.id, event));
		return this;
	}

	/** Whether a condition holds: of the segment that the cell keeps, and of D1's rows, which must say the same. */
	is(asked: Condition): boolean {
		const live = "asked" in this.standing.segments;
		const facts = read(this.standing.person);
		const subject = { facts, identity: this.standing.identity };
		expect(evaluateOne(asked, subject, this.now).is).toBe(live);
		expect(this.#inRows(asked)).toBe(live);
		return live;
	}

	get facts() {
		return read(this.standing.person);
	}

	#inRows(asked: Condition): boolean {
		const db = spine();
		const insert = (table: string, row: object): void => {
			db.prepare(insertion(table, row)).run(...Object.values(row));
		};
		const { segments, person, identity } = this.standing;
		const row = {
			id: "person",
			cell: "eu-weur-0",
			epoch: 1,
			version: 1,
			identity: "monitored",
			segments,
		} as const;
		insert("people", { ...personRow("shop", row), identity });
		for (const known of Object.values(person.parts))
			insert("parts", partRow("shop", "person", 1, known, null));
		for (const event of this.#rows) insert("contact_events", event);
		const { tables, where, args } = compileSql(asked, this.now);
		return db.prepare(`${tables} SELECT ${where} AS so FROM people p`).get(...args)?.so === 1;
	}
}

const always: Condition = { all: [] };
const chrome: Condition = { field: "browser", test: { op: "is", value: "Chrome" } };
const onChrome: Circumstances = { environment: { browser: "Chrome", system: "Windows", device: "desktop" } };
const priceList = { name: "Page Viewed", path: { op: "is", value: "/cennik" } } as const;
const interest = {
	id: "interest",
	tag: "{category}",
	when: { event: { name: "Product Viewed" } },
} as const;
const mowers = { category: "Kosiarka akumulatorowa" };

test("CHROME is a tag of everyone who comes with it", () => {
	const life = new Life(always, { tagRules: [{ id: "chrome", tag: "CHROME", when: { trait: chrome } }] });
	life.sees("/", onChrome).sees("/cennik", onChrome);
	expect(life.facts.tags.CHROME?.count).toBe(1);
});

test("CENNIK (3) means three views of the price list", () => {
	const asked: Condition = { field: "tag", tag: "CENNIK", count: { op: "=", n: 3 } };
	const life = new Life(asked, { tagRules: [{ id: "tag", tag: "CENNIK", when: { event: priceList } }] });
	life.sees("/cennik").sees("/").sees("/cennik");
	expect(life.is(asked)).toBe(false);
	expect(life.sees("/cennik/").is(asked)).toBe(true);
});

test("POPUP_PODSTRONA_BLOG marks whoever filled the pop-up of the blog", () => {
	const where = [{ property: "experience", test: { op: "is", value: "blog" } }] as const;
	const asked: Condition = { field: "tag", tag: "POPUP_PODSTRONA_BLOG", count: { op: ">=", n: 1 } };
	const life = new Life(asked, {
		tagRules: [
			{
				id: "blog",
				tag: "POPUP_PODSTRONA_BLOG",
				when: { event: { name: "Form Submitted", path: { op: "starts-with", value: "/blog" }, where } },
			},
		],
	});
	life.does("Form Submitted", { experience: "blog", path: "/" });
	expect(life.is(asked)).toBe(false);
	expect(life.does("Form Submitted", { experience: "blog", path: "/blog/kiedy-kosic" }).is(asked)).toBe(true);
});

test("KOSIARKA_AKUMULATOROWA is the interest of whoever looks at cordless mowers", () => {
	const asked: Condition = { field: "tag", tag: "KOSIARKA_AKUMULATOROWA", count: { op: ">=", n: 2 } };
	const life = new Life(asked, { tagRules: [interest] });
	life.does("Product Viewed", mowers).does("Product Viewed", { category: "Łopaty" });
	expect(life.is(asked)).toBe(false);
	expect(life.does("Product Viewed", mowers).is(asked)).toBe(true);
	expect(life.facts.tags.LOPATY?.count).toBe(1);
});

test("people from Kraków in the motor trade", () => {
	const asked: Condition = {
		all: [
			{ field: "whereabouts.city", test: { op: "is", value: "krakow" } },
			{ field: "attribute", name: "industry", test: { op: "is", value: "motoryzacja" } },
		],
	};
	const life = new Life(asked);
	life.sees("/", { environment: { city: "Kraków" } });
	expect(life.is(asked)).toBe(false);
	expect(life.does("Form Submitted", {}, { attributes: { industry: "Motoryzacja" } }).is(asked)).toBe(true);
	// What people say of themselves counts before what their connection says.
	expect(life.does("Form Submitted", {}, { attributes: { city: "Gdańsk" } }).is(asked)).toBe(false);
});

test("Chrome users interested in cordless mowers who looked at the price list", () => {
	const asked: Condition = {
		all: [
			chrome,
			{ field: "tag", tag: "KOSIARKA_AKUMULATOROWA", count: { op: ">=", n: 1 } },
			{ field: "events", match: priceList, count: { op: ">=", n: 1 } },
		],
	};
	const life = new Life(asked, { tagRules: [interest] });
	life.sees("/cennik", onChrome);
	expect(life.is(asked)).toBe(false);
	expect(life.does("Product Viewed", mowers).is(asked)).toBe(true);
	expect(life.sees("/", { environment: { browser: "Firefox" } }).is(asked)).toBe(false);
});

test("who came by the phrase “kosiarka”", () => {
	const asked: Condition = { field: "first.phrase", test: { op: "contains", value: "kosiarka" } };
	const landing = addressOf(
		"https://shop.example/p/alfa-36?utm_source=google&utm_medium=cpc&utm_term=Kosiarka+do+trawy",
	);
	const touch = landing && touchOf(landing, addressOf("https://www.google.com/"));
	if (!touch) throw new Error("there is a touch");
	expect(new Life(asked).sees("/p/alfa-36", { touch }).is(asked)).toBe(true);
	expect(new Life(asked).sees("/p/alfa-36").is(asked)).toBe(false);
});

test("who read the offer for two minutes", () => {
	const match = { name: "Page Left", path: { op: "is", value: "/oferta" } } as const;
	const asked: Condition = { field: "sum", match, property: "seconds", test: { op: ">=", n: 120 } };
	const life = new Life(asked);
	life.does("Page Left", { path: "/oferta", seconds: 70 }).does("Page Left", { path: "/", seconds: 500 });
	expect(life.is(asked)).toBe(false);
	expect(life.does("Page Left", { path: "/oferta/", seconds: 50 }).is(asked)).toBe(true);
});

test("a cart of more than 300 zł, silent for 30 minutes: to the millisecond, until the order", () => {
	const asked: Condition = {
		all: [
			{ field: "cartValue", test: { op: ">=", n: 300.01 } },
			{ field: "cart.changed", test: { op: "longer-ago", ms: 30 * minuteMs } },
		],
	};
	const life = new Life(asked);
	life.does("Cart Updated", { value: 349.99, items: 1, products: "K-36" }).waits(30 * minuteMs - 1);
	expect(life.is(asked)).toBe(false);
	expect(life.waits(1).is(asked)).toBe(true);
	expect(life.standing.segments.asked).toBe(start + minuteMs + 30 * minuteMs);
	expect(life.does("Order Completed", { order_id: "1", revenue: 349.99 }).is(asked)).toBe(false);
});

test("10 points for an opened e-mail and a filled survey", () => {
	const asked: Condition = { field: "score", test: { op: "=", n: 20 } };
	const ten = (id: string, name: string) =>
		({ id, name: id, points: 10, limit: "each", when: { event: { name } } }) as const;
	const life = new Life(asked, {
		scoreRules: [ten("opened", "Email Opened"), ten("filled", "Survey Submitted")],
	});
	expect(life.does("Email Opened").is(asked)).toBe(false);
	expect(life.does("Survey Submitted").is(asked)).toBe(true);
});

test("an offer when the score crosses 50: in, out and in again, each told once", () => {
	const asked: Condition = { field: "score", test: { op: ">=", n: 50 } };
	const points = (id: string, name: string, by: number) =>
		({ id, name: id, points: by, limit: "each", when: { event: { name } } }) as const;
	const life = new Life(asked, {
		scoreRules: [points("plus", "Email Opened", 25), points("minus", "Unsubscribed", -10)],
	});
	const crossings: boolean[] = [];
	for (const name of ["Email Opened", "Email Opened", "Page Viewed", "Unsubscribed", "Email Opened"])
		crossings.push(life.does(name).is(asked));
	expect(crossings).toEqual([false, true, true, false, true]);
});

test("an order refunded in part counts for what stayed, however often it is told", () => {
	const asked: Condition = {
		all: [
			{ field: "orders", of: "count", test: { op: "=", n: 1 } },
			{ field: "orders", of: "revenue", test: { op: "=", n: 250 }, days: 30 },
		],
	};
	const life = new Life(asked);
	const order = { order_id: "2026/11/7", revenue: 399 };
	life.does("Order Completed", order).does("Order Completed", order);
	expect(life.is(asked)).toBe(false);
	const refund = { order_id: "2026/11/7", refund_id: "r-1", revenue: 149 };
	expect(life.does("Order Refunded", refund).does("Order Refunded", refund).is(asked)).toBe(true);
	expect(life.waits(30 * dayMs).is(asked)).toBe(false);
});
