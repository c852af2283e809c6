// How the shop does, as a marketer looks it up: today, who is here, and the reports.

import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { settings } from "../shop/definitions.ts";
import { withFrames } from "../shop/frames.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { examine } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, demoAccount, publish, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";
import { seedDemo } from "../support/seed-demo.ts";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;

beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	const { key } = await publish(edge.url, "demo", settings, withFrames);
	await setUp(edge.url, demoAccount);
	shop = await startShop({ port: 0, edge: edge.url, site: key });
	const { lived } = await seedDemo(edge.url, { seed: 1, now: Date.now(), count: 120 }, () => {});
	// What the cells know is in the database a moment later.
	const told = edge.db.prepare("SELECT count(*) AS n FROM people");
	await vi.waitFor(async () => expect(await told.first("n")).toBe(lived), 20_000);
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});

/** The screen, signed in, at an address of the demo's. */
async function open(path: string, locale = "en-GB"): Promise<Page> {
	const page = await (await browser.newContext({ locale, acceptDownloads: true })).newPage();
	const { email, password } = demoAccount;
	await page.request.post(`${edge.url}/api/session`, {
		data: { email, password },
		headers: { origin: edge.url },
	});
	await page.goto(`${edge.url}/admin/demo${path}`);
	return page;
}

/** Bars end below words, and tabs are scrolled on a phone: upon what those stand, axe cannot tell. */
const wrongIn = async (page: Page) => (await examine(page, "main")).failed;
const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

test("today is told beside yesterday by this time of day, and leads to the reports", async () => {
	const page = await open("");
	await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
	const visitors = page.getByRole("link", { name: /^Visitors/ });
	await expect.poll(() => visitors.textContent()).toMatch(/yesterday by now: \d/);
	await page.getByText("A week ago", { exact: true }).click();
	await expect.poll(() => visitors.textContent()).toMatch(/a week ago by now: \d/);
	await page.getByRole("figure", { name: "By hour: Visits" }).locator("canvas").waitFor();
	expect(await wrongIn(page)).toEqual([]);
	await visitors.click();
	await page.getByRole("heading", { name: "Reports" }).waitFor();
	expect(new URL(page.url()).search).toBe("?days=1");
});

test("whoever opens the shop is seen at once, and their row opens their card", async () => {
	const page = await open("/live");
	await page.getByText("Nobody is here right now").waitFor();
	const visitor = await (await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL" })).newPage();
	await visitor.goto(`${shop.url}/cennik?utm_source=newsletter&utm_medium=email`);
	const card = page.getByRole("link", { name: "Anonymous visitor" });
	await card.waitFor();
	const told = row(page, "Anonymous visitor");
	await expect.poll(() => told.innerText()).toContain("/cennik");
	await expect.poll(() => told.innerText()).toContain("newsletter");
	await expect.poll(() => page.getByRole("status").first().innerText()).toContain("1 visitor here now");
	expect(await card.getAttribute("href")).toMatch(/^\/admin\/demo\/people\/[\w-]+$/);
	expect(await wrongIn(page)).toEqual([]);
});

test("visits are told by their source, over the days that the address names, and down to the people", async () => {
	const page = await open("/reports");
	await page.getByText("7 days", { exact: true }).click();
	await page.getByText("Source", { exact: true }).click();
	await expect.poll(() => new URL(page.url()).search).toBe("?days=7&by=source");
	const people = page.getByRole("link", { name: "Show people: google" });
	const condition = new URL((await people.getAttribute("href")) ?? "", edge.url).searchParams.get("where");
	expect(JSON.parse(condition ?? "")).toMatchObject({
		all: [{ field: "last.source", test: { op: "is", value: "google" } }, { field: "events" }],
	});
	expect(await wrongIn(page)).toEqual([]);
	const [file] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: "CSV: Source" }).click(),
	]);
	expect(readFileSync(await file.path(), "utf8")).toContain("google");
	// What was chosen is still chosen where the address is opened anew.
	await page.reload();
	await people.waitFor();
	await page.getByRole("link", { name: "Show only this over time: google" }).click();
	await page.getByText("Only google").waitFor();
	await page.getByText("Custom dates").click();
	await page.getByLabel("From").fill("2026-03-02");
	await page.getByLabel("To", { exact: true }).fill("2026-03-01");
	await page.getByText("The first day comes after the last.").waitFor();
});

test("an experience's funnel is told step by step, with what clicks and views brought apart", async () => {
	const page = await open("/reports/experiences");
	await row(page, "Produkt: oglądane razem").getByRole("link").click();
	await page.getByRole("heading", { name: "Produkt: oglądane razem", level: 1 }).waitFor();
	const steps = page.getByRole("list").filter({ hasText: "Ordered after a click" }).getByRole("listitem");
	await expect.poll(() => steps.count()).toBe(4);
	await page.getByText(/^After a click · /).waitFor();
	await page.getByText(/^After a view · /).waitFor();
	const shown = page.getByRole("link", { name: "Show people: Shown" });
	expect(await shown.getAttribute("href")).toContain(encodeURIComponent('"Experience Shown"'));
	expect(await wrongIn(page)).toEqual([]);
});

test("every report stands in Polish, on a phone as well, with nothing beside the page", async () => {
	const page = await open("/reports/people", "pl-PL");
	await page.setViewportSize({ width: 390, height: 844 });
	// Whether it is good that more people leave a segment, nobody but its maker knows.
	await page.locator(".change").first().waitFor();
	const isLoading = () => page.getByRole("status", { name: "Wczytywanie" }).count();
	await expect.poll(isLoading).toBe(0);
	expect(await page.locator(".change:is(.is-good, .is-bad)").count()).toBe(0);
	for (const [tab, heading] of [
		["Segmenty i scoring", "Punkty według reguł"],
		["Produkty i ramki", "Ramki rekomendacji"],
		["Kupony", "Nie ma jeszcze żadnej puli kuponów"],
	] as const) {
		await page.getByRole("link", { name: tab }).click();
		await page.getByRole("heading", { name: heading }).waitFor();
		await expect.poll(isLoading).toBe(0);
		await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
		expect(await wrongIn(page)).toEqual([]);
	}
	await page.getByRole("button", { name: "Nowa pula" }).click();
	await page.getByRole("textbox", { name: "Nazwa puli" }).fill("powitanie-10");
	await page.getByRole("textbox", { name: "Kody" }).fill("AAA-1\nAAA-2");
	await page.getByRole("button", { name: "Dodaj 2 kody", exact: true }).click();
	await page.getByText("2 z 2").waitFor();
});
