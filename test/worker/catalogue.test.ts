// The catalogue of a site, in workerd.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import { catalogueOf } from "../../worker/platform/name.ts";
import { Browser, drain, env, freshWorld, publish, shop } from "./world.ts";

beforeEach(freshWorld);
afterEach(() => void vi.useRealTimers());

const product = (id: string, more: Partial<Product> = {}): Product => ({
	id,
	name: `Kosiarka ${id}`,
	url: `https://shop.example/${id}`,
	currency: "PLN",
	price: 100_000,
	availability: "in-stock",
	categories: ["Ogród", "Kosiarki"],
	labels: {},
	...more,
});

const site = "shelves";
const catalogue = (of = site) => catalogueOf(env, of);

describe("a catalogue", () => {
	it("keeps what it is told, with its prices and what changed", async () => {
		expect(await catalogue().put(site, [product("a"), product("b")])).toEqual(["added", "added"]);
		expect(await catalogue().put(site, [product("a", { price: 90_000 }), product("b")])).toEqual([
			"changed",
			"same",
		]);
		const card = await catalogue().product("a");
		expect(card?.changes).toMatchObject([{ kind: "price-dropped", from: 100_000, to: 90_000 }]);
		expect(card?.prices.map(({ amount }) => amount)).toEqual([100_000, 90_000]);
		expect(await catalogue().product("c")).toBeUndefined();
		expect(await catalogue().counts()).toEqual({ offered: 2, available: 2 });
	});

	it("writes nothing for what is said again as it stands", async () => {
		const many = Array.from({ length: 500 }, (_, n) => product(`p-${n}`));
		await catalogue().put(site, many);
		const written = await runInDurableObject(catalogue(), async (object, { storage }) => {
			const rows = () => storage.sql.exec<{ n: number }>("SELECT total_changes() AS n").one().n;
			const before = rows();
			await object.put(site, many);
			return rows() - before;
		});
		expect(written).toBe(0);
	});

	it("remembers what is no longer offered", async () => {
		await catalogue().put(site, [product("a"), product("b")]);
		expect(await catalogue().remove(["a", "nobody"])).toBe(1);
		expect(await catalogue().remove(["a"])).toBe(0);
		expect((await catalogue().product("a"))?.goneAt).toEqual(expect.any(Number));
		const offered = await catalogue().products(0, 10, { isOffered: true });
		expect(offered.products.map((one) => one.product.id)).toEqual(["b"]);
	});

	it("is searched by name, brand and id whatever their case and accents, a page at a time", async () => {
		await catalogue().put(site, [product("a", { brand: "Żółw" }), product("b"), product("c")]);
		const found = await catalogue().products(0, 10, { words: "ZOLW" });
		expect(found.products.map((one) => one.product.id)).toEqual(["a"]);
		const first = await catalogue().products(0, 2, { words: "kosiarka" });
		expect([first.products.length, first.next]).toEqual([2, expect.any(Number)]);
		const rest = await catalogue().products(first.next ?? 0, 2, { words: "kosiarka" });
		expect([rest.products.length, rest.next]).toEqual([1, null]);
	});

	it("lets a sale begin and end by itself", async () => {
		const now = Date.now();
		await catalogue().put(site, [
			product("a", { sale: { price: 80_000, from: now + 50, until: now + 86_400_000 } }),
		]);
		let card = await catalogue().product("a");
		for (; card?.changes.length === 0; card = await catalogue().product("a"))
			await runDurableObjectAlarm(catalogue());
		expect(card?.changes).toMatchObject([{ kind: "price-dropped", to: 80_000 }]);
		// In between it is noted for whoever is to be told of it.
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
		await runDurableObjectAlarm(catalogue());
		vi.useRealTimers();
		expect(await runInDurableObject(catalogue(), (_, { storage }) => storage.getAlarm())).toBe(
			now + 86_400_000,
		);
	});

	it("learns what three visitors' pages tell alike of products, where the site wants it, and overrules nobody", async () => {
		const of = "heard";
		const tell = async (key: string, id: string, price: number, visitors: number, where = shop) => {
			for (let n = 0; n < visitors; n++) {
				const browser = new Browser(key);
				await browser.track("Product Viewed", {
					product_id: id,
					name: "Kosiarka",
					url: `${where}/${id}`,
					price,
				});
				await drain(browser.token, of);
			}
		};
		const settings = { origins: [shop], catalogue: { learns: true } };
		const key = await publish({ site: of, settings });
		await catalogue(of).put(of, [product("a")]);
		await tell(key, "a", 1, 3);
		await tell(key, "b", 12.5, 3);
		await tell(key, "c", 5, 2);
		await tell(key, "d", 5, 3, "https://other.example");
		await catalogue(of).learn(of);
		expect(await catalogue(of).product("a")).toMatchObject({ origin: "api", product: { price: 100_000 } });
		expect(await catalogue(of).product("b")).toMatchObject({ origin: "learned", product: { price: 1_250 } });
		expect(await catalogue(of).product("c")).toBeUndefined();
		expect(await catalogue(of).product("d")).toBeUndefined();

		const silent = await publish({ site: "silent", settings: { origins: [shop] } });
		for (let n = 0; n < 3; n++) {
			const browser = new Browser(silent);
			await browser.track("Product Viewed", {
				product_id: "b",
				name: "Kosiarka",
				url: `${shop}/b`,
				price: 12.5,
			});
			await drain(browser.token, "silent");
		}
		await catalogue("silent").learn("silent");
		expect(await catalogue("silent").product("b")).toBeUndefined();
	});

	it("is of one site alone", async () => {
		await catalogue().put(site, [product("a")]);
		expect(await catalogue("another").product("a")).toBeUndefined();
	});
});
