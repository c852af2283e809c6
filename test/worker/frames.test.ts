// Recommendation frames as a page gets them: decided in the cell, filled by the content Worker from the catalogue.

import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { type Link, signLink } from "../../worker/platform/link.ts";
import { catalogueOf, siteOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Block } from "../../worker/protocol/experience.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { Browser, drain, edge, env, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

beforeEach(freshWorld);

const catalogue = (of = site) => catalogueOf(env, of);

function product(id: string, more: Partial<Product> = {}): Product {
	return {
		id,
		name: `Product ${id}`,
		url: `https://shop.example/p/${id}`,
		currency: "PLN",
		price: 10_000,
		availability: "in-stock",
		categories: ["Garden"],
		labels: { custom_label_0: "margin 40" },
		...more,
	};
}

type Recipe = NonNullable<Extract<Block, { kind: "products" }>["recipe"]>;

function block(recipe: Partial<Recipe>): Block {
	const whole = { most: 4, least: 1, sources: [], filters: {}, ...recipe };
	return { kind: "products", layout: "grid", why: true, recipe: whole };
}

function frame(id: string, blocks: Block[], more: Partial<Experience> = {}): Experience {
	return {
		id,
		revision: 1,
		name: id,
		kind: "frame",
		surface: { kind: "inline", place: { slot: id } },
		priority: 1,
		pages: { only: [], except: [] },
		schedule: {},
		attention: { afterCloseMs: 0, afterSubmitMs: null },
		trigger: { kind: "at-once" },
		theme: { accent: "#2f7d4f", radius: 16 },
		content: { pl: { label: id, blocks } },
		...more,
	};
}

async function published(...experiences: Experience[]): Promise<string> {
	return publish({ definitions: { ...definitions, experiences } });
}

/** A view of a page about a product, and what it is shown: of each frame the ids of its products. */
async function look(browser: Browser, id?: string, more: object = {}): Promise<CollectResponse> {
	const path = id === undefined ? "/" : `/p/${id}`;
	const page = { url: shop + path, language: "pl", visible: true, ...(id && { product: { id } }) };
	const events = [
		event("Page Viewed", { url: shop + path, path }),
		...(id === undefined ? [] : [event("Product Viewed", { product_id: id })]),
	];
	return browser.send(events, path, { decide: true, page, ...more });
}

function idsIn({ show }: CollectResponse): string[] {
	return show.flatMap(({ content }) =>
		content.blocks.flatMap((one) =>
			one.kind === "products" ? (one.products ?? []).map(({ id }) => id) : [],
		),
	);
}

const recent = frame("recent", [block({ sources: [{ by: "recently-viewed" }] })]);

describe("a frame on a page", () => {
	it("has what its recipe gives this visitor, with a price and a reason, and nothing of the recipe", async () => {
		const key = await published(recent);
		await catalogue().put(site, [product("A"), product("B")]);
		const browser = new Browser(key);
		expect(idsIn(await look(browser, "A"))).toEqual([]);
		const answer = await look(browser, "B");
		expect(idsIn(answer)).toEqual(["A"]);
		expect(answer.show[0]?.content.blocks[0]).toMatchObject({
			products: [{ name: "Product A", url: "https://shop.example/p/A", why: "ostatnio oglądane" }],
		});
		expect(JSON.stringify(answer)).not.toMatch(/recipe|recently-viewed|margin/);
	});

	it("is not there at all where too few products are found; in a pop-up the rest stays", async () => {
		const empty = block({ sources: [{ by: "trending" }] });
		const words: Block = { kind: "text", text: "Dzień dobry" };
		const popup = frame("popup", [words, empty], { kind: "popup", surface: { kind: "modal" } });
		const key = await published(frame("none", [empty]), popup);
		await catalogue().put(site, [product("A")]);
		const { show } = await look(new Browser(key), "A");
		expect(show.map(({ experience }) => experience)).toEqual(["popup"]);
		expect(show[0]?.content.blocks).toEqual([words]);
	});

	it("knows nothing but the page of whoever gave no consent", async () => {
		const similar = frame("similar", [block({ sources: [{ by: "similar" }] })]);
		const key = await published(recent, similar);
		await catalogue().put(site, [product("A"), product("B"), product("C", { categories: ["Kitchen"] })]);
		const browser = new Browser(key);
		await look(browser, "C");
		browser.token = undefined;
		expect(idsIn(await look(browser, "A", { consent: "denied" }))).toEqual(["B"]);
	});

	it("shows the price as the law has it: what is crossed out is known to be the lowest of 30 days", async () => {
		const picked = block({ sources: [{ by: "hand-picked", products: ["A", "B"] }] });
		const key = await published(frame("picked", [picked]));
		const sale = { price: 8_000 };
		await catalogue().put(site, [product("A", { sale, lowest: 9_500 }), product("B", { sale })]);
		const [shown] = (await look(new Browser(key))).show[0]?.content.blocks ?? [];
		if (shown?.kind !== "products") throw new Error("no products");
		expect(shown.products?.map(({ before = null }) => before?.replace(/\s/g, " ") ?? null)).toEqual([
			"95,00 zł",
			null,
		]);
	});

	it("knows the lowest price of 30 days by itself, and says it wherever the product is shown", async () => {
		const picked = block({ sources: [{ by: "hand-picked", products: ["old", "young"] }] });
		const key = await published(
			frame("picked", [picked]),
			frame("popup", [picked], { kind: "popup", surface: { kind: "modal" } }),
		);
		const now = Date.now();
		const saysAgo = async (days: number, products: readonly Product[]) => {
			vi.useFakeTimers({ toFake: ["Date"], now: now - days * 86_400_000 });
			await catalogue().put(site, products);
			vi.useRealTimers();
		};
		await saysAgo(40, [product("old", { price: 12_000 })]);
		await saysAgo(20, [product("old", { price: 9_900 }), product("young", { price: 12_000 })]);
		await saysAgo(10, [product("old", { price: 12_000 }), product("young")]);
		await saysAgo(0, [product("old", { price: 9_000 }), product("young", { price: 9_000 })]);
		const { show } = await look(new Browser(key));
		expect(show).toHaveLength(2);
		for (const { content } of show) {
			const [shown] = content.blocks;
			if (shown?.kind !== "products") throw new Error("no products");
			expect(shown.products).toMatchObject([
				{ price: "90,00\u00a0zł", before: "99,00\u00a0zł" },
				{ id: "young" },
			]);
			expect(shown.products?.[1]).not.toHaveProperty("before");
		}
		const plain = await exports.default.fetch(`${edge}/v1/frame?site=${key}&frame=picked&language=pl`);
		const html = await plain.text();
		expect(html.match(/Najniższa cena z 30 dni przed obniżką: <s>[^<]+/g)).toEqual([
			"Najniższa cena z 30 dni przed obniżką: <s>99,00\u00a0zł",
		]);
	});

	it("recommends nothing of another site", async () => {
		const key = await published(recent);
		await catalogue("other").put("other", [product("A"), product("B")]);
		const browser = new Browser(key);
		await look(browser, "A");
		expect((await look(browser, "B")).show).toEqual([]);
	});

	it("goes by what lies in the cart, was bought and is liked", async () => {
		const frames = [
			frame("cart", [block({ sources: [{ by: "left-in-cart" }] })]),
			frame("liked", [
				block({ sources: [{ by: "top-affinity" }], filters: { notInCart: true, notBoughtDays: 30 } }),
			]),
		];
		const key = await published(...frames);
		await catalogue().put(
			site,
			["A", "B", "C", "D"].map((id) => product(id)),
		);
		const browser = new Browser(key);
		await look(browser, "A");
		await browser.track("Product Viewed", { product_id: "A", category: "garden" });
		await browser.track("Order Completed", { order_id: "1", revenue: 1, products: '[{"product_id":"B"}]' });
		await browser.track("Cart Updated", { value: 1, products: "C" });
		const answer = await look(browser);
		const byId = Object.fromEntries(
			answer.show.map((one) => [one.experience, idsIn({ ...answer, show: [one] })]),
		);
		expect(byId).toEqual({ cart: ["C"], liked: expect.arrayContaining(["A", "D"]) });
		expect(byId.liked).toHaveLength(2);
	});
});

it("a new frame knows what was viewed before it, of contacts and of visitors of the last hours", async () => {
	const key = await published();
	await catalogue().put(
		site,
		["A", "B", "C"].map((id) => product(id)),
	);
	const [contact, stranger] = [new Browser(key), new Browser(key)];
	for (const browser of [contact, stranger]) {
		await look(browser, "A");
		await look(browser, "B");
	}
	await contact.track("Form Submitted", { email: "ola@example.com" });
	for (const { token } of [contact, stranger]) await drain(token);
	await published(frame("again", [block({ sources: [{ by: "recently-viewed" }] })]));
	await vi.waitFor(async () => {
		const { people, done } = await siteOf(env, site).filling();
		expect(done).toBe(people);
	}, 20_000);
	expect(idsIn(await look(contact))).toEqual(["B", "A"]);
	expect(idsIn(await look(stranger))).toEqual(["B", "A"]);
});

describe("a page of a site that has little", () => {
	const all: Experience[] = [
		frame("home", [block({ sources: [{ by: "popular", among: "site" }, { by: "new" }] })]),
		frame("product", [block({ sources: [{ by: "viewed-together" }, { by: "similar" }] })]),
		frame("cart", [block({ sources: [{ by: "bought-together" }, { by: "random" }] })]),
		frame("category", [block({ least: 2, sources: [{ by: "trending" }] })]),
		frame("yours", [block({ sources: [{ by: "for-you" }, { by: "replenishment" }] })]),
	];

	it("shows a new visitor of an empty site nothing at all", async () => {
		const key = await published(...all);
		expect((await look(new Browser(key), "A")).show).toEqual([]);
		expect((await look(new Browser(key))).show).toEqual([]);
	});

	it("shows of three products what is sensible, and no frame that would be empty", async () => {
		const key = await published(...all);
		await catalogue().put(
			site,
			["A", "B", "C"].map((id) => product(id)),
		);
		const others = new Browser(key);
		for (const id of ["A", "B", "C", "A"]) await look(others, id);
		await drain(others.token);
		await catalogue().learn(site);
		const { show } = await look(new Browser(key), "A");
		expect(show.map(({ experience }) => experience).sort()).toEqual(["cart", "home", "product", "yours"]);
		for (const one of show) {
			const shown = idsIn({ verdicts: [], grants: [], show: [one] });
			expect(shown.length).toBeGreaterThan(0);
			expect(shown).not.toContain("A");
		}
	});
});

describe("GET /v1/frame", () => {
	const get = (key: string, rest: string) =>
		exports.default.fetch(`${edge}/v1/frame?site=${key}&frame=${rest}`);
	const popular = block({ sources: [{ by: "hand-picked", products: ["A", "B"] }] });

	it("is the frame as a page without script, which anybody may keep for a while", async () => {
		const key = await published(frame("picks", [{ kind: "heading", text: "Polecamy" }, popular]));
		await catalogue().put(site, [product("A", { name: "<b>A</b>" }), product("B")]);
		const response = await get(key, "picks&product=B&language=pl");
		const html = await response.text();
		expect(html).toContain("Polecamy");
		expect(html).toContain("&lt;b&gt;A&lt;/b&gt;");
		expect(html).not.toContain("Product B");
		expect(html).not.toMatch(/<script|recipe/);
		expect(response.headers.get("cache-control")).toBe("public, max-age=300");
		expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
	});

	it("is nothing where there is no such frame, nothing to show, or no such site", async () => {
		const key = await published(
			frame("picks", [popular]),
			frame("popup", [popular], { kind: "popup", surface: { kind: "modal" } }),
		);
		expect((await get(key, "picks")).status).toBe(204);
		await catalogue().put(site, [product("A")]);
		expect((await get(key, "none")).status).toBe(204);
		expect((await get(key, "popup")).status).toBe(204);
		expect((await get("nobody", "picks")).status).toBe(404);
	});

	it("is a member's of a segment with their link, tells nothing of what they looked at, and is kept by nobody", async () => {
		const only = block({ sources: [{ by: "hand-picked", products: ["A"] }, { by: "recently-viewed" }] });
		const key = await published(frame("members", [only], { segment: "ready-to-buy" }));
		await catalogue().put(site, [product("A"), product("B")]);
		const browser = new Browser(key);
		for (let view = 0; view < 3; view++) await browser.view("/cennik");
		await browser.track("Product Viewed", { product_id: "B" });
		await browser.track("Form Submitted", { form: "x", email: "anna@example.pl" });
		await drain(browser.token);
		const { cell, visitor } = partsOf(browser.token);
		const now = Date.now();
		const link: Link = {
			kind: "personal",
			site,
			cell,
			subject: visitor,
			issuedAt: now,
			expiresAt: now + 60_000,
		};
		const signed = await signLink(keyringOf(env.TOKEN_KEYS), link);
		expect((await get(key, "members")).status).toBe(204);
		expect((await get(key, `members&link=${signed.replace(/.$/, "_")}`)).status).toBe(204);
		const response = await get(key, `members&link=${signed}`);
		const html = await response.text();
		expect(html).toContain("Product A");
		expect(html).not.toContain("Product B");
		expect(response.headers.get("cache-control")).toBe("private, no-store");
	});
});
