// How the recommender learns what visitors do, and what it keeps of it.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import type { Recipe, Source, Taste } from "../../worker/domain/recommend/recipe.ts";
import { catalogueOf } from "../../worker/platform/name.ts";
import { Browser, drain, env, event, freshWorld, partsOf, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
	await catalogue().put(site, ["mower", "battery", "oil", "rake"].map(product));
});

const catalogue = () => catalogueOf(env, site);
const product = (id: string): Product => ({
	id,
	name: `Product ${id}`,
	url: `https://shop.example/${id}`,
	currency: "PLN",
	price: 10_000,
	availability: "in-stock",
	categories: ["Garden"],
	labels: {},
});

/** Somebody looks at these, and buys those. */
async function visit(viewed: string, bought?: string, email?: string): Promise<Browser> {
	const browser = new Browser(key);
	await browser.view("/");
	for (const id of viewed.split(" ")) await browser.track("Product Viewed", { product_id: id });
	if (email !== undefined) await browser.track("Form Submitted", { form: "checkout", email });
	if (bought !== undefined)
		await browser.send(
			[
				event("Order Completed", {
					order_id: crypto.randomUUID(),
					revenue: 10,
					products: bought.split(" ").join("|"),
				}),
			],
			"/thanks",
			{},
		);
	await drain(browser.token);
	return browser;
}

function taste(more: Partial<Taste> = {}): Taste {
	const now = Date.now();
	return {
		now,
		viewed: [],
		visitFrom: now,
		cart: [],
		bought: [],
		categories: [],
		brands: [],
		segments: [],
		...more,
	};
}

async function shown(source: Source, more: Partial<Taste> = {}): Promise<string[]> {
	const recipe: Recipe = { most: 8, least: 1, sources: [source], filters: {} };
	const [frame = []] = await catalogue().frames({ site, recipes: [recipe], taste: taste(more) });
	return frame.map((one) => `${one.product.id} ${one.why.count}`);
}

const rows = () =>
	runInDurableObject(
		catalogue(),
		(_, { storage }) => storage.sql.exec<{ n: number }>("SELECT total_changes() AS n").one().n,
	);

describe("the recommender", () => {
	it("learns what is viewed and bought together, of anonymous visitors and of contacts", async () => {
		await visit("mower battery");
		await visit("battery mower", "mower oil", "anna@example.pl");
		await visit("rake", "mower oil");
		expect((await catalogue().learn(site)).learned).toBe(7);
		const seen = { id: "mower" };
		expect(await shown({ by: "viewed-together" }, { seen })).toEqual(["battery 2"]);
		expect(await shown({ by: "bought-together" }, { seen })).toEqual(["oil 2"]);
		expect(await shown({ by: "popular", among: "site" })).toEqual(["battery 2", "mower 2", "rake 1"]);
	});

	it("counts what it reads twice once, whoever its visitor has become, and after an eviction too", async () => {
		const browser = await visit("mower battery");
		await catalogue().learn(site);
		expect((await catalogue().learn(site)).learned).toBe(0);
		await browser.track("Form Submitted", { form: "checkout", email: "jan@example.pl" });
		await drain(browser.token);
		await evictDurableObject(catalogue());
		expect((await catalogue().learn(site)).learned).toBe(0);
		await browser.track("Product Viewed", { product_id: "mower" });
		await browser.track("Product Viewed", { product_id: "oil" });
		await drain(browser.token);
		expect((await catalogue().learn(site)).learned).toBe(2);
		expect(await shown({ by: "popular", among: "site" })).toEqual(["battery 1", "mower 1", "oil 1"]);
	});

	it("remembers after an eviction what it had learned, and goes on with visits that are open", async () => {
		const [one] = [await visit("mower"), await visit("mower battery")];
		await catalogue().learn(site);
		await evictDurableObject(catalogue());
		await one.track("Product Viewed", { product_id: "battery" });
		await drain(one.token);
		await catalogue().learn(site);
		expect(await shown({ by: "viewed-together" }, { seen: { id: "mower" } })).toEqual(["battery 2"]);
	});

	it("keeps nothing by which a visitor could be found", async () => {
		const browser = await visit("mower", "mower", "anna.tajna@example.pl");
		await catalogue().learn(site);
		const { results } = await env.DB.prepare("SELECT id, person FROM parts").all<{
			id: string;
			person: string;
		}>();
		const text = await runInDurableObject(catalogue(), (_, { storage }) =>
			["learned_state", "learned_blocks", "learned_days"]
				.map((table) => JSON.stringify(storage.sql.exec(`SELECT * FROM ${table}`).toArray()))
				.join(),
		);
		expect(text).toContain("mower");
		expect(text).not.toContain(partsOf(browser.token).visitor);
		for (const { id, person } of results) for (const one of [id, person]) expect(text).not.toContain(one);
		expect(text).not.toMatch(/tajna/);
	});

	it("learns of the catalogue's own products alone: what a page says may be any text", async () => {
		await visit("mower anna.tajna@example.pl");
		expect((await catalogue().learn(site)).learned).toBe(1);
		expect(await shown({ by: "popular", among: "site" })).toEqual(["mower 1"]);
	});

	it("writes few rows for what it learns, and none where nothing is new", async () => {
		for (let n = 0; n < 5; n++) await visit("mower battery", "oil");
		const before = await rows();
		await catalogue().learn(site);
		const after = await rows();
		expect(after - before).toBeLessThanOrEqual(8);
		await catalogue().learn(site);
		expect(await rows()).toBe(after);
	});

	it("does not read details that have lapsed, deleted or not", async () => {
		await visit("mower");
		await env.DB.prepare("UPDATE people SET retention_ms = 0").run();
		expect((await catalogue().learn(site)).learned).toBe(0);
	});

	it("counts what a segment likes from when somebody asks for it, and shows it from five visits on", async () => {
		const source: Source = { by: "popular", among: { segment: "ready-to-buy" } };
		expect(await shown(source, { segments: ["ready-to-buy"] })).toEqual([]);
		for (let n = 0; n < 5; n++) {
			const browser = new Browser(key);
			for (let view = 0; view < 3; view++) await browser.view("/cennik");
			await browser.track("Product Viewed", { product_id: "rake" });
			await drain(browser.token);
		}
		await catalogue().learn(site);
		expect(await shown(source, { segments: ["ready-to-buy"] })).toEqual(["rake 5"]);
		expect(await shown(source)).toEqual([]);
	});
});
