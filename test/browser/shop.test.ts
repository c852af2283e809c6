// The real shop, with the real edge, where the page is stricter or the visitor another than usual.

import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { products, skuOf } from "../shop/catalogue.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { isDecision, soon } from "../support/host.ts";
import type { Edge } from "../support/runtime.ts";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	const { key } = await publish(edge.url, "demo", settings, definitions);
	shop = await startShop({ port: 0, edge: edge.url, site: key });
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});
beforeEach(async () => {
	context = await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL" });
	page = await context.newPage();
	complaints = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	// Over all the pages of a test: a binding outlives each of them.
	await page.exposeFunction("complain", (text: string) => complaints.push(text));
	await page.addInitScript(() => {
		addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
			(window as unknown as { complain: (text: string) => void }).complain(
				`${violatedDirective} ${blockedURI} ${sourceFile}`,
			),
		);
	});
});
afterEach(() => context.close());

async function open(url: string): Promise<Record<string, string>> {
	const answered = page.waitForResponse(isDecision);
	const response = await page.goto(new URL(url, shop.url).href);
	await (await answered).finished();
	return response?.headers() ?? {};
}

/** The newsletter's pop-up, filled in and sent. */
async function subscribe(): Promise<void> {
	await page.mouse.wheel(0, 20_000);
	const form = page.getByRole("dialog", { name: "Poradnik ogrodnika" });
	await form.getByLabel("Adres e-mail").fill("ala@example.pl");
	await form.getByRole("checkbox").check();
	await form.getByRole("button", { name: "Zapisz mnie" }).click();
	await form.getByRole("heading", { name: "Dziękujemy!" }).waitFor();
}

const article = "/blog/kiedy-ciac-zywoplot";

/** `name source …; name source …` as a map. */
function directivesOf(policy: string): Map<string, string[]> {
	return new Map(
		policy.split(";").map((directive) => {
			const [name = "", ...sources] = directive.trim().split(/\s+/);
			return [name, sources];
		}),
	);
}

describe("under the strictest policy", () => {
	/** What the README has everybody add. */
	const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
	const [, lines = ""] = /```\n(script-src .+)\n```/.exec(readme) ?? [];

	test("the lines of the README are all that the shop adds for us", async () => {
		const policy = directivesOf((await open("/?csp=on"))["content-security-policy"] ?? "");
		const ours = directivesOf(
			lines
				.replaceAll("https://YOUR-WORKER", edge.url)
				.replaceAll("wss://YOUR-WORKER", edge.url.replace(/^http/, "ws")),
		);
		expect([...ours.keys()]).toEqual(["script-src", "connect-src", "img-src"]);
		for (const [name, sources] of ours) {
			expect(policy.get(name)?.filter((source) => source !== "'self'")).toEqual(sources);
			policy.delete(name);
		}
		expect(Object.fromEntries(policy)).toEqual({
			"default-src": ["'none'"],
			"style-src": ["'self'"],
			"form-action": ["'self'"],
			"base-uri": ["'none'"],
			"require-trusted-types-for": ["'script'"],
			"trusted-types": ["'none'"],
		});
		expect(complaints).toEqual([]);
	});

	test("the pop-up opens in its own look, its code is copied, its form is sent, and nothing is violated", async () => {
		await context.grantPermissions(["clipboard-read", "clipboard-write"]);
		await open("/cennik?csp=on");
		await open("/cennik");
		await open("/cennik");
		const { "content-security-policy": policy } = await open("/kosiarki-akumulatorowe");
		expect(policy).toContain("trusted-types 'none'");
		const code = page.getByRole("dialog", { name: "Kod rabatowy na pierwsze zamówienie" });
		const told = code.getByRole("status").filter({ hasText: "Skopiowano" }).waitFor();
		await code.getByRole("button", { name: "Kopiuj: WITAJ10" }).click();
		await told;
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("WITAJ10");
		// The shop's green, out of a style sheet that the policy might have refused.
		const button = code.getByRole("link", { name: "Zobacz kosiarki akumulatorowe" });
		expect(await button.evaluate((link) => getComputedStyle(link).backgroundColor)).toBe("rgb(47, 125, 79)");
		await page.keyboard.press("Escape");
		await code.waitFor({ state: "detached" });
		await open(article);
		await subscribe();
		expect(complaints).toEqual([]);
		expect(await page.evaluate(() => document.querySelectorAll("style, [style]").length)).toBe(0);
	});

	test("and a page that does break it is seen to", async () => {
		await open("/?csp=on");
		await page.evaluate(() => {
			new Image().src = "https://elsewhere.invalid/picture.png";
		});
		await expect.poll(() => complaints).toContain("img-src https://elsewhere.invalid/picture.png ");
	});
});

describe("the shop's trade", () => {
	/** What was told of it, in the order of the telling, with the most telling of its properties. */
	const trade = async () => {
		const { results } = await edge.db
			.prepare("SELECT name, props FROM events WHERE site = 'traded' ORDER BY at, id")
			.all<{ name: string; props: string }>();
		return results.flatMap(({ name, props }) => {
			const { product_id, quantity, value, revenue, products } = JSON.parse(props);
			if (!/^(Product|Cart|Checkout|Order) /.test(name) || name === "Product Bought") return [];
			const count = products === undefined ? undefined : JSON.parse(products).length;
			return [[name, product_id, quantity, value ?? revenue, count].filter((one) => one !== undefined)];
		});
	};

	test("is told in Segment's names, from the look at a product to the order with its lines", async () => {
		const { key } = await publish(edge.url, "traded", settings, definitions);
		const traded = await startShop({ port: 0, edge: edge.url, site: key });
		const add = page.getByRole("button", { name: "Dodaj do koszyka" });
		await open(`${traded.url}/p/kosiarka-akumulatorowa-brzost-l33?csp=on`);
		await page.getByLabel("Liczba sztuk").fill("2");
		await add.click();
		await open(`${traded.url}/koszyk`);
		await page.getByLabel("Liczba sztuk").fill("1");
		const changed = page.waitForEvent("load");
		await page.getByLabel("Liczba sztuk").press("Enter");
		await changed;
		await page.getByRole("link", { name: "Zamawiam" }).click();
		const fields = [
			"Adres e-mail",
			"Imię i nazwisko",
			"Telefon",
			"Ulica i numer",
			"Kod pocztowy",
			"Miejscowość",
		];
		for (const field of fields) await page.getByLabel(field).fill("ala@example.pl");
		await page.getByRole("button", { name: "Zamawiam i płacę" }).last().click();
		await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
		await page.reload();
		const sku = products
			.filter(({ slug }) => slug === "kosiarka-akumulatorowa-brzost-l33")
			.map(skuOf)
			.join();
		await soon(trade).toEqual([
			["Product Viewed", sku],
			["Product Added", sku, 2],
			["Cart Updated", 1798, 1],
			["Cart Viewed", 1798, 1],
			["Cart Viewed", 899, 1],
			["Product Removed", sku, 1],
			["Cart Updated", 899, 1],
			["Checkout Started", 899, 1],
			["Order Completed", 899, 1],
			["Order Completed", 899, 1],
		]);
		expect(complaints).toEqual([]);
		await traded.close();
	});
});

describe("the site's own staff", () => {
	test("try the form as any visitor does, and are nowhere in the figures", async () => {
		// For everybody: of staff nothing is known, and so they are in no segment that asks for a past.
		const experiences = definitions.experiences.flatMap(({ segment: _, ...experience }) =>
			experience.id === "blog-newsletter" ? [experience] : [],
		);
		const { key, staffMark } = await publish(edge.url, "staffed", settings, { ...definitions, experiences });
		const staffed = await startShop({ port: 0, edge: edge.url, site: key });
		await open(`${staffed.url}${article}?witaj-staff=${staffMark}`);
		await subscribe();
		expect(complaints).toEqual([]);
		// Whoever comes after them is in the figures: so all that they did would be by now.
		await open(`${staffed.url}/kontakt?witaj-staff=off`);
		const events = async () => {
			const { results } = await edge.db.prepare("SELECT * FROM events WHERE site = 'staffed'").all();
			return JSON.stringify(results);
		};
		await soon(events).toContain("/kontakt");
		expect(await events()).not.toContain(article);
		await staffed.close();
	});
});
