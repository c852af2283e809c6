// A marketer's builders, as a person uses them: a segment by the keyboard alone, a tag rule, and two who edit one segment.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { settings } from "../shop/definitions.ts";
import { violationsIn } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, pageView, publish, send, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { soon } from "../support/host.ts";
import { walkTo } from "../support/keys.ts";
import type { Edge } from "../support/runtime.ts";

const site = "demo";
let edge: Edge;
let browser: Browser;
let key: string;

beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	const segments = [{ id: "readers", name: "Czytelnicy", condition: { all: [] } }];
	const viewed = { name: "Page Viewed", path: { op: "is", value: "/blog" } } as const;
	const scoreRules = [{ id: "blog", name: "Blog", points: 10, programme: "club", when: { event: viewed } }];
	const tiers = [{ id: "silver", name: "Silver", from: 10 }];
	const programmes = [{ id: "club", name: "Club", joins: "everyone" as const, tiers, rewards: [] }];
	const few = { tagRules: [], scoreRules, programmes, segments, experiences: [] };
	({ key } = await publish(edge.url, site, settings, few));
	await setUp(edge.url, demoAccount);
	await visit("/cennik");
	await visit("/blog");
	// What the cells know is in the database a moment later.
	const told = edge.db.prepare("SELECT count(*) AS n FROM people");
	await vi.waitFor(async () => expect(await told.first("n")).toBe(2), 20_000);
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});

const visit = async (path: string) => {
	const response = await send(edge.url, pageView(key, `https://shop.example${path}`));
	expect(response.status).toBe(200);
};

/** Somebody who is signed in, at a page of the site. */
async function at(path: string, locale = "en-GB"): Promise<Page> {
	const page = await (await browser.newContext({ locale })).newPage();
	await page.goto(`${edge.url}/api/session`);
	await page.evaluate(
		(account) => fetch("/api/session", { method: "POST", body: JSON.stringify(account) }).then(() => null),
		{ email: demoAccount.email, password: demoAccount.password },
	);
	await page.goto(`${edge.url}/admin/${site}/${path}`);
	await page.getByRole("heading", { level: 1 }).waitFor();
	return page;
}

const ask = (page: Page, path: string, body?: object) =>
	page.evaluate(
		async ([path, body]) => {
			const how = body && { method: "POST", body: JSON.stringify(body) };
			return (await fetch(`/api/sites/demo/${path}`, how)).json();
		},
		[path, body] as const,
	);

const says = (page: Page) => page.locator(".builder-says");

test("a segment is made, counted, saved and published by the keyboard alone, and a visitor is in it", async () => {
	const page = await at("segments/new");
	await page.getByRole("textbox", { name: "Name" }).waitFor();
	await walkTo(page, "Name");
	await page.keyboard.type("Ready to buy");
	await walkTo(page, "Add a condition");
	await page.keyboard.press("Enter");
	await page.keyboard.type("viewed a page");
	await page.keyboard.press("Enter");
	// What is added has the focus: its event, then its page.
	await walkTo(page, "Page");
	await page.keyboard.type("/cennik");
	await page.keyboard.press("Tab");
	const beside = says(page);
	await beside.getByText("1 person fits this now").waitFor();
	await beside
		.getByText(/“\/cennik” was viewed at least once/)
		.first()
		.waitFor();
	await beside.getByText("Almost, and what is missing").waitFor();
	await soon(() => beside.getByRole("link", { name: "Anonymous visitor" }).count()).toBe(2);
	expect(await violationsIn(page)).toEqual([]);

	await walkTo(page, "Save", "Shift+Tab");
	await page.keyboard.press("Enter");
	await page.waitForURL(/segments\/ready-to-buy/);
	await page.getByRole("heading", { name: "Ready to buy" }).waitFor();
	await page.getByRole("button", { name: "Publish" }).waitFor();
	await walkTo(page, "Publish");
	await page.keyboard.press("Enter");
	await page.getByText("goes live").waitFor();
	await walkTo(page, "Publish");
	await page.keyboard.press("Enter");
	await page.getByText("Published.").waitFor();
	await page.locator(".page-head").getByText("Live", { exact: true }).waitFor();

	await visit("/cennik");
	const inIt = { condition: { field: "segment", segment: "ready-to-buy" }, only: "count" };
	await soon(async () => (await ask(page, "conditions/people", inIt)).count).toBe(2);
});

test("what is unfinished is said at its row, and rows move between groups by arrows, by drag and by buttons", async () => {
	const page = await at("segments/new");
	await page.getByRole("button", { name: "Add a condition" }).click();
	await page.getByRole("button", { name: "Has a tag", exact: true }).click();
	await page
		.locator(".builder-row .builder-mark")
		.getByText("Something is still to be written here.")
		.waitFor();
	await page.getByRole("button", { name: "Add a group" }).click();
	const handle = page.getByRole("button", { name: "Move", exact: true }).first();
	await handle.focus();
	await page.keyboard.press("ArrowRight");
	const group = page.getByRole("group", { name: "At least one of these holds" });
	const rows = () => group.locator(".builder-row").count();
	await expect.poll(rows).toBe(1);
	await page.keyboard.press("ArrowLeft");
	await expect.poll(rows).toBe(0);
	await page.locator(".builder-row .builder-handle").dragTo(group.getByText("Add a condition here"));
	await expect.poll(rows).toBe(1);
	// Where there is neither a mouse nor a keyboard.
	await group.locator(".builder-row .builder-handle").click();
	await page.getByRole("button", { name: "Take out of the group" }).click();
	await expect.poll(rows).toBe(0);
});

test("a tag rule says whom it concerns and would change before it is saved, is published, and the past gets its tags", async () => {
	const page = await at("tags/new", "pl-PL");
	await page.getByRole("textbox", { name: "Tag", exact: true }).fill("cennik");
	await soon(() => page.getByRole("textbox", { name: "Tag", exact: true }).inputValue()).toBe("CENNIK");
	await page.getByRole("combobox", { name: "Strona", exact: true }).fill("/cennik");
	await page.keyboard.press("Tab");
	await says(page)
		.getByText(/osob\S+ pasuj\S+ teraz/)
		.waitFor();
	expect(await violationsIn(page)).toEqual([]);
	await page.getByRole("button", { name: "Zobacz, u kogo coś się zmieni" }).click();
	await page.getByText(/Zmiany u \d+\sos/).waitFor();
	await page.getByText("CENNIK: 0 → 1").first().waitFor();
	await page.getByText(/CENNIK: łącznie \+\d+, u \d+\sos/).waitFor();
	// What was found is not of what is written now.
	await page.getByRole("textbox", { name: "Tag", exact: true }).fill("cennik 2");
	await expect.poll(() => page.getByText(/Zmiany u/).count()).toBe(0);
	await page.getByRole("textbox", { name: "Tag", exact: true }).fill("cennik");
	await page.getByRole("button", { name: "Zapisz" }).click();
	await page.waitForURL(/tags\/cennik/);
	await page.getByRole("button", { name: "Opublikuj" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("button", { name: "Opublikuj" }).click();
	await page.getByRole("button", { name: "Zastosuj do przeszłości" }).click();
	await dialog.getByRole("button", { name: "Zastosuj do przeszłości" }).click();
	const tagged = { condition: { field: "tag", tag: "CENNIK", count: { op: ">=", n: 1 } }, only: "count" };
	await soon(async () => (await ask(page, "conditions/people", tagged)).count).toBeGreaterThan(0);
	await page.getByRole("navigation", { name: "Strony" }).getByRole("link", { name: "Tagi" }).click();
	await page.getByRole("cell", { name: "CENNIK" }).first().waitFor();
});

test("a scoring rule says whose points would change and by how many, before anything of it is saved", async () => {
	const page = await at("scores/new");
	const rules = () => ask(page, "definitions/score-rule");
	const before = await rules();
	const found = page.getByText(/^\d+ .* would change$/);
	await page.getByLabel("Name", { exact: true }).fill("Price list");
	await page.getByLabel("Points", { exact: true }).fill("7");
	await page.getByRole("combobox", { name: "Page", exact: true }).fill("/cennik");
	await page.keyboard.press("Tab");
	await page.getByRole("button", { name: "See who would change" }).click();
	await found.waitFor();
	await page.getByText("points: 0 → 7").first().waitFor();
	// What was found is not of what is written now.
	await page.getByLabel("Points", { exact: true }).fill("8");
	await expect.poll(() => found.count()).toBe(0);
	await page.getByRole("button", { name: "See who would change" }).click();
	await page.getByText("points: 0 → 8").first().waitFor();
	expect(await rules()).toEqual(before);
});

test("a programme says who stands in each tier as it is written, beside how many do today, before it is saved", async () => {
	const page = await at("scores/programmes/club");
	const members = page.getByRole("listitem").filter({ hasText: /^Silver/ });
	await soon(() => members.innerText()).toMatch(/^Silver\s+1$/);
	await page.getByLabel("From points").fill("1000");
	await soon(() => members.innerText()).toMatch(/^Silver\s+0\s+today 1$/);
});

test("of two who edit one segment the second is told, and nothing of either is lost", async () => {
	const [anna, ewa] = await Promise.all([at("segments/readers"), at("segments/readers")]);
	const nameOf = (page: Page) => page.getByRole("textbox", { name: "Name" });
	await nameOf(anna).fill("Anna's readers");
	await nameOf(ewa).fill("Ewa's readers");
	await anna.getByRole("button", { name: "Save", exact: true }).click();
	await anna.getByText("Saved", { exact: true }).waitFor();
	await ewa.getByRole("button", { name: "Save", exact: true }).click();
	const told = ewa.getByRole("dialog", { name: "Somebody changed this meanwhile" });
	await told.waitFor();
	await told.getByRole("button", { name: "Go on editing" }).click();
	expect(await nameOf(ewa).inputValue()).toBe("Ewa's readers");

	// A browser that is closed in the middle of it has kept what was written, and which version it changes.
	ewa.on("dialog", (dialog) => void dialog.accept());
	await ewa.reload();
	await ewa.getByText("These are changes you made here before and did not save.").waitFor();
	expect(await nameOf(ewa).inputValue()).toBe("Ewa's readers");
	await ewa.getByRole("button", { name: "Save", exact: true }).click();
	await told.getByRole("button", { name: "Show theirs" }).click();
	await soon(() => nameOf(ewa).inputValue()).toBe("Anna's readers");
	await ewa.getByRole("button", { name: "Undo" }).click();
	await soon(() => nameOf(ewa).inputValue()).toBe("Ewa's readers");
	await ewa.getByRole("button", { name: "Save", exact: true }).click();
	await ewa.getByText("Saved", { exact: true }).waitFor();

	const { revisions } = await ask(ewa, "definitions/segment/readers/revisions");
	expect(revisions).toHaveLength(3);
	const anns = await ask(ewa, `definitions/segment/readers/revisions/${revisions[1].version}`);
	expect(anns.definition.name).toBe("Anna's readers");
});

test("every builder's page is sound to axe, on a desktop and on a phone in the dark", async () => {
	const page = await at("tags");
	const pages = ["segments", "tags", "tags/interests/new", "scores", "scores/new", "scores/programmes/new"];
	for (const path of [...pages, "people/lists", "people/lists/new"]) {
		await page.goto(`${edge.url}/admin/${site}/${path}`);
		await page.locator("h1").waitFor();
		await soon(() => page.locator(".skeleton").count()).toBe(0);
		expect([path, await violationsIn(page)]).toEqual([path, []]);
	}
	await page.setViewportSize({ width: 390, height: 844 });
	await page.emulateMedia({ colorScheme: "dark" });
	expect(await violationsIn(page)).toEqual([]);
	const { scrollWidth } = await page.evaluate(() => ({ scrollWidth: document.body.scrollWidth }));
	expect(scrollWidth).toBeLessThanOrEqual(390);
});
