// The catalogue as the shop's own people and tools reach it.

import { runDurableObjectAlarm } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { catalogueOf } from "../../worker/platform/name.ts";
import { call, edge, env, freshWorld, publish, site } from "./world.ts";

beforeEach(async () => {
	await freshWorld();
	await publish();
});
afterEach(() => vi.restoreAllMocks());

const mower = {
	id: "kx-40",
	name: "Kosiarka KX-40",
	url: "https://shop.example/kx-40",
	currency: "PLN",
	price: 1_299.9,
	categories: ["Kosiarki"],
};
const url = "https://shop.example/feed.csv";
const table =
	"id;title;link;price\na;Kosiarka;https://shop.example/a;12 PLN\nb;Kosa;https://shop.example/b;tanio\n";

async function ask(method: string, path: string, body?: unknown) {
	const answer = await call(method, `${site}/${path}`, body);
	const said: Record<string, unknown> = await answer.json();
	return { ...said, status: answer.status } as Record<string, unknown>;
}
async function worked(): Promise<void> {
	while (
		["fetching", "checking", "applying"].includes((await catalogueOf(env, site).feed()).run?.status ?? "")
	)
		await runDurableObjectAlarm(catalogueOf(env, site));
}

describe("products by the API", () => {
	it("are added, changed, listed, looked at and taken away", async () => {
		expect(await ask("PUT", "products", { products: [mower, { ...mower, id: "b" }] })).toMatchObject({
			products: ["added", "added"],
		});
		const change = [
			{ id: "kx-40", price: 999, availability: "out-of-stock" },
			{ id: "nobody", price: 1 },
		];
		expect(await ask("PATCH", "products", { products: change })).toMatchObject({
			products: ["changed", "unknown"],
		});
		const one = await ask("GET", "products/kx-40");
		expect(one).toMatchObject({
			status: 200,
			price: 999,
			availability: "out-of-stock",
			origin: "api",
			goneAt: null,
			prices: [{ price: 1_299.9 }, { price: 999 }],
			changes: expect.arrayContaining([
				{ kind: "sold-out", at: expect.any(Number) },
				{ kind: "price-dropped", at: expect.any(Number), from: 1_299.9, to: 999 },
			]),
		});
		// What it cost a month ago nobody knows: there is nothing to cross out.
		expect(one).not.toHaveProperty("before");
		expect(await ask("GET", "products?q=KX-40")).toMatchObject({
			products: [{ id: "kx-40" }, { id: "b" }],
			next: null,
		});
		expect(await ask("DELETE", "products", { ids: ["b"] })).toMatchObject({ gone: 1 });
		expect(await ask("GET", "products?offered=true")).toMatchObject({ products: [{ id: "kx-40" }] });
		expect(await ask("GET", "products/nobody")).toMatchObject({ status: 404, error: "product-unknown" });
	});

	it("lose what is said to be null, and keep what is not said", async () => {
		const product = { ...mower, brand: "Brzost", sale: { price: 999 }, lowest: 1_250 };
		await ask("PUT", "products", { products: [product] });
		expect(await ask("GET", "products/kx-40")).toMatchObject({
			price: 999,
			before: 1_250,
			regularPrice: 1_299.9,
		});
		await ask("PATCH", "products", { products: [{ id: "kx-40", sale: null }] });
		const one = await ask("GET", "products/kx-40");
		expect(one).toMatchObject({ price: 1_299.9, brand: "Brzost" });
		expect(one).not.toHaveProperty("sale");
	});

	it.each([
		["url", { url: "javascript:alert(1)" }],
		["price", { price: 0 }],
		["price", { price: "12 zł" }],
		["currency", { currency: "zł" }],
		["name", { name: "x".repeat(301) }],
		["labels", { labels: { "<b>": "x" } }],
		["", { anything: 1 }],
	])("are refused where %j is wrong", async (member, more) => {
		const answer = await ask("PUT", "products", { products: [{ ...mower, ...more }] });
		expect(answer).toMatchObject({ status: 422, error: "malformed" });
		expect(JSON.stringify(answer.problems)).toContain(`products.0${member && `.${member}`}`);
		expect(await ask("GET", "products")).toMatchObject({ products: [] });
	});

	it("of a site that nobody made are of nobody", async () => {
		for (const [method, path, body] of [
			["GET", "products"],
			["PUT", "products", { products: [mower] }],
			["GET", "catalogue"],
		] as const)
			expect((await call(method, `nowhere/${path}`, body)).status).toBe(404);
	});
});

describe("a feed by the API", () => {
	it("is tried, set, run and looked at, and says what to do about what is wrong", async () => {
		vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(table));
		expect(await ask("POST", "catalogue/feed/try", { url })).toMatchObject({
			isWhole: true,
			format: "table",
			items: 2,
			good: 1,
			products: [{ id: "a", price: 12, currency: "PLN" }],
		});
		expect(await ask("POST", "catalogue/feed/run")).toMatchObject({ status: 404, error: "no-feed" });
		expect(await ask("PUT", "catalogue/feed", { url, everyHours: 6 })).toMatchObject({
			feed: { url, everyHours: 6, currency: "PLN" },
		});
		await ask("POST", "catalogue/feed/run");
		await worked();
		expect(await ask("GET", "catalogue")).toMatchObject({
			offered: 1,
			run: { status: "done", format: "table", items: 2, good: 1, refused: 1, problems: 1, sentence: null },
			doneAt: expect.any(Number),
			nextAt: expect.any(Number),
		});
		expect(await ask("GET", "catalogue/feed/problems")).toMatchObject({
			problems: [
				{
					line: 3,
					id: "b",
					field: "price",
					is: "not-a-price",
					sentence: {
						pl: "Pole „price” („tanio”) nie jest ceną. Podaj kwotę większą od zera z walutą, na przykład „129.90 PLN”.",
						en: expect.stringContaining("no price"),
					},
				},
			],
		});
	});

	it.each([
		"http://127.0.0.1/feed",
		"http://169.254.169.254/",
		"http://[::1]/",
		"file:///etc/passwd",
		"https://a:b@shop.example/",
		"http://localhost:8788/feed.xml",
	])("is not taken at %s, nor tried there", async (address) => {
		const fetched = vi.spyOn(globalThis, "fetch");
		expect(await ask("PUT", "catalogue/feed", { url: address })).toMatchObject({
			status: 422,
			error: "address-refused",
			problems: [{ at: "url", why: expect.any(String) }],
		});
		expect(await ask("POST", "catalogue/feed/try", { url: address })).toMatchObject({
			sentence: { pl: expect.any(String), en: expect.any(String) },
		});
		expect(fetched).not.toHaveBeenCalled();
	});

	it("is uploaded as a file, and waits for a word where it has shrunk", async () => {
		const upload = (text: string) =>
			exports.default.fetch(`${edge}/api/sites/${site}/catalogue/feed/file`, {
				method: "POST",
				headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
				body: text,
			});
		const rows = (many: number) =>
			`id;title;link;price\n${Array.from({ length: many }, (_, n) => `p-${n};P;https://shop.example/${n};5 PLN\n`).join("")}`;
		expect((await upload(rows(9))).status).toBe(200);
		await worked();
		await upload(rows(2));
		await worked();
		expect(await ask("GET", "catalogue")).toMatchObject({
			offered: 9,
			run: { status: "suspicious", sentence: { en: expect.stringContaining("2 sound products") } },
		});
		await ask("POST", "catalogue/feed/decision", { sound: true });
		await worked();
		expect(await ask("GET", "catalogue")).toMatchObject({ offered: 2, run: { status: "done", gone: 7 } });
		expect((await ask("POST", "catalogue/feed/decision", { sound: true })).status).toBe(409);
	});
});
