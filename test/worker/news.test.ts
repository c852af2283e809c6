// What a catalogue learns of a product reaches whoever viewed it or left it in their cart: as events, to which rules,
// segments and experiences react as to any other.

import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tellNews } from "../../worker/admin/news.ts";
import { openNews } from "../../worker/data/news.ts";
import { countWho } from "../../worker/data/people.ts";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { catalogueOf, cellOf } from "../../worker/platform/name.ts";
import { definitions } from "../shop/definitions.ts";
import {
	Browser,
	drain,
	drainCell,
	env,
	event,
	freshWorld,
	glimpse,
	inspect,
	partsOf,
	publish,
	settled,
	shop,
	site,
} from "./world.ts";

const [first] = definitions.experiences;
if (!first) throw new Error("the shop shows nothing");
const { segment: _, ...shown } = first;
const dropped = "Product Price Dropped";
const back = "Product Back in Stock";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({
		settings: { origins: [shop] },
		definitions: {
			tagRules: [{ id: "reduced", tag: "OBNIŻKA {product_id}", when: { event: { name: dropped } } }],
			segments: [
				{
					id: "waits",
					name: "Wrócił produkt",
					condition: { field: "events", match: { name: back }, count: { op: ">=", n: 1 } },
				},
			],
			experiences: [
				{ ...shown, id: "news", pages: { only: [], except: [] }, trigger: { kind: "event", name: dropped } },
			],
		},
	});
});
afterEach(() => void vi.useRealTimers());

const catalogue = () => catalogueOf(env, site);
const product = (id: string, more: Partial<Product> = {}): Product => ({
	id,
	name: `Kosiarka ${id}`,
	url: `${shop}/${id}`,
	currency: "PLN",
	price: 100_000,
	availability: "in-stock",
	brand: "Brzost",
	categories: ["Ogród", "Kosiarki"],
	labels: {},
	...more,
});

async function visitor(viewed: readonly string[], email?: string, cart?: string): Promise<Browser> {
	const browser = new Browser(key);
	await browser.view("/");
	for (const id of viewed) await browser.track("Product Viewed", { product_id: id });
	if (cart !== undefined) await browser.track("Cart Updated", { products: cart, value: 1 });
	if (email !== undefined) await browser.track("Identified", { email });
	await drain(browser.token);
	return browser;
}

/** The shop says so, and some seconds later the catalogue notes what of it is news. */
async function says(products: readonly Product[]): Promise<void> {
	await catalogue().put(site, products);
	vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6_000 });
	await runDurableObjectAlarm(catalogue());
	vi.useRealTimers();
}

async function toldTo(browser: Browser) {
	await drain(browser.token);
	const { person } = await inspect(browser);
	const { results } = await env.DB.prepare(
		`SELECT name, props FROM events WHERE site = ?1 AND name IN (?2, ?3)
		AND part IN (SELECT id FROM parts WHERE site = ?1 AND person = ?4) ORDER BY id`,
	)
		.bind(site, dropped, back, person)
		.all<{ name: string; props: string }>();
	return results.map(({ name, props }) => ({ name, props: JSON.parse(props) }));
}

describe("news of products", () => {
	it("reach contacts and anonymous visitors who viewed it or have it in their cart, and nobody else, once", async () => {
		await catalogue().put(site, [product("a"), product("b"), product("c")]);
		const contact = await visitor(["a", "b"], "ola@example.com");
		const stranger = await visitor(["a"]);
		const filled = await visitor(["c"], "jan@example.com", "A");
		const other = await visitor(["c"], "ewa@example.com");
		await says([product("a", { price: 80_000 }), product("b"), product("c")]);
		const [batch] = await openNews(env.DB, 9);
		await tellNews(env, Date.now());
		expect(await openNews(env.DB, 9)).toEqual([]);
		const told = { name: dropped, props: { product_id: "a", price: 800, drop_percent: 20, in_cart: false } };
		expect(await toldTo(contact)).toMatchObject([told]);
		expect(await toldTo(stranger)).toMatchObject([told]);
		expect(await toldTo(filled)).toMatchObject([{ name: dropped, props: { in_cart: true } }]);
		expect(await toldTo(other)).toEqual([]);
		// As if it had been interrupted before it was known to be done.
		await env.DB.prepare("INSERT INTO product_news (id, site, news) VALUES (?, ?, ?)")
			.bind(batch?.id, site, JSON.stringify(batch?.news))
			.run();
		await tellNews(env, Date.now());
		expect(await toldTo(contact)).toHaveLength(1);
		expect(await toldTo(stranger)).toHaveLength(1);
	});

	it("say the lowest price of the 30 days before, which whoever tells of a reduction has to say", async () => {
		await catalogue().put(site, [product("a", { lowest: 95_000 }), product("b")]);
		const browser = await visitor(["a", "b"], "ola@example.com");
		await says([product("a", { price: 80_000, lowest: 95_000 }), product("b", { price: 80_000 })]);
		await tellNews(env, Date.now());
		const told = new Map((await toldTo(browser)).map(({ props }) => [props.product_id, props]));
		expect(told.get("a")).toMatchObject({ price: 800, lowest_price: 950 });
		// Of what is known since just now, nobody knows what it cost 30 days ago.
		expect(told.get("b")).not.toHaveProperty("lowest_price");
	});

	it("make rules fire, segments fill and what waits for them open, and are no visit", async () => {
		await catalogue().put(site, [product("a", { availability: "out-of-stock" }), product("b")]);
		const browser = await visitor(["a", "b"], "ola@example.com");
		const { show } = await browser.view("/dalej");
		const before = await inspect(browser);
		expect(show.map(({ experience }) => experience)).toContain("news");
		await says([product("a"), product("b", { price: 90_000 })]);
		await tellNews(env, Date.now());
		await settled();
		const after = await inspect(browser);
		expect(Object.keys(after.tags)).toContain("OBNIŻKA B");
		expect(after.segments.find(({ id }) => id === "waits")?.since).not.toBeNull();
		expect([after.visits, after.lastSeenAt]).toEqual([before.visits, before.lastSeenAt]);
		const answer = await browser.send([], "/dalej", {});
		expect(answer.news?.happened).toContainEqual({ experience: "news", name: dropped });
	});

	it("is told neither of what was viewed since, nor twice a day of a product that flickers", async () => {
		await catalogue().put(site, [product("a")]);
		const early = await visitor(["a"], "ola@example.com");
		await says([product("a", { price: 80_000 })]);
		const late = await visitor(["a"], "jan@example.com");
		await tellNews(env, Date.now() + 10_000);
		expect(await toldTo(late)).toEqual([]);
		await says([product("a", { price: 85_000 })]);
		await says([product("a", { price: 79_000 })]);
		await tellNews(env, Date.now() + 20_000);
		expect(await toldTo(early)).toHaveLength(1);
		expect(await toldTo(late)).toMatchObject([{ props: { price: 790 } }]);
	});

	it("brings nobody back who was erased, and what is a day old is no news", async () => {
		await catalogue().put(site, [product("a")]);
		const gone = await visitor(["a"], "ola@example.com");
		await says([product("a", { price: 80_000 })]);
		const { cell, visitor: person } = partsOf(gone.token);
		// After D1 was asked, before the cell is told.
		const events = [event(dropped, { product_id: "a" })];
		await cellOf(env, site, cell).erase({ site, cell, person });
		await cellOf(env, site, cell).receive({
			site,
			cell,
			people: [
				{
					person,
					part: { id: `hand-${person}`, kind: "hand" },
					identifiers: [],
					proof: "typed",
					firesRules: true,
					events,
				},
			],
		});
		await tellNews(env, Date.now());
		await drainCell(cell);
		expect(await glimpse(gone)).toBeUndefined();
		expect(await env.DB.prepare("SELECT count(*) AS n FROM people").first("n")).toBe(0);
		await visitor(["a"], "jan@example.com");
		await says([product("a", { price: 70_000 })]);
		await tellNews(env, Date.now() + 2 * 86_400_000);
		expect(await openNews(env.DB, 9)).toEqual([]);
	});

	it("are told of a single change, and are found by in the list of people", async () => {
		await catalogue().put(site, [product("a")]);
		await visitor(["a"], "ola@example.com");
		await catalogue().change(site, [{ id: "a", price: 80_000 } as never]);
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6_000 });
		await runDurableObjectAlarm(catalogue());
		vi.useRealTimers();
		await tellNews(env, Date.now());
		await settled();
		const condition: Condition = {
			all: [
				{
					field: "events",
					match: { name: dropped, where: [{ property: "drop_percent", test: { op: ">=", n: 20 } }] },
					count: { op: ">=", n: 1 },
				},
				{ field: "visits", test: { op: "=", n: 1 } },
			],
		};
		expect(await countWho(env.DB, site, compileSql(condition, Date.now()), Date.now())).toBe(1);
	});
});
