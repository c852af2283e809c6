// A marketer's work with people, as they would do it: found, filtered, acted on by the dozen and taken back; a card read,
// written on, asked why, merged, unmerged and erased.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { violationsIn } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";
import { seedDemo } from "../support/seed-demo.ts";

let browser: Browser;
let edge: Edge;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	await publish(edge.url, "demo", settings, definitions);
	await setUp(edge.url, demoAccount);
	const { lived } = await seedDemo(edge.url, { seed: 7, now: Date.now(), count: 120 }, () => {});
	// What the cells know is in the database a moment later.
	const told = edge.db.prepare("SELECT count(*) AS n FROM people");
	await vi.waitFor(async () => expect(await told.first("n")).toBe(lived), 20_000);
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});
beforeEach(() => {
	complaints = [];
});
afterEach(() => context.close());

async function signIn(into: BrowserContext): Promise<void> {
	const { email, password } = demoAccount;
	const answer = await into.request.post(`${edge.url}/api/session`, {
		data: { email, password },
		headers: { origin: edge.url },
	});
	expect(answer.ok()).toBe(true);
}

async function open(path: string, locale: "pl-PL" | "en-GB" = "en-GB", width = 1440): Promise<void> {
	context = await browser.newContext({ locale, viewport: { width, height: 900 } });
	await signIn(context);
	page = await context.newPage();
	page.setDefaultTimeout(10_000);
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
	await page.goto(`${edge.url}/admin/demo${path}`);
}

const wrong = () => violationsIn(page);
const soon: typeof expect.poll = (look) => expect.poll(look, { timeout: 10_000 });
const button = (name: string | RegExp) => page.getByRole("button", { name });
const dialog = () => page.getByRole("dialog");

test("a list is narrowed, kept as a view, acted on as a whole, and the act is taken back", async () => {
	await open("/people");
	await page.getByRole("link", { name: "Contacts" }).click();
	await page.getByRole("table", { name: "People" }).waitFor();
	expect(await wrong()).toEqual([]);

	await button("Filter").click();
	await dialog().getByRole("button", { name: "Add a condition" }).click();
	await page.keyboard.press("Escape");
	await dialog().getByRole("button", { name: "Add a condition" }).click();
	await dialog().getByLabel("What do you want to ask?").fill("score");
	await page.keyboard.press("Enter");
	await dialog().getByRole("button", { name: "Show them" }).click();
	await soon(() => page.locator(".people-filter").textContent()).toMatch(/score/i);
	const count = page.locator(".people-count");
	await soon(() => count.textContent()).toMatch(/^\d+ (person|people)$/);

	await button("Columns").click();
	await dialog().getByRole("combobox", { name: "Add a column" }).fill("e-mail");
	await page.getByRole("option", { name: "E-mail address", exact: true }).click();
	expect(await wrong()).toEqual([]);
	await dialog().getByRole("button", { name: "Done" }).click();
	await page.getByRole("columnheader", { name: "E-mail address" }).waitFor();

	await button("Save as a view").click();
	await dialog().getByLabel("Name").fill("To be called");
	await dialog().getByLabel("Shared with the team").check();
	await dialog().getByRole("button", { name: "Save" }).click();
	const tab = page.getByRole("link", { name: "To be called" });
	await tab.waitFor();
	await page.reload();
	await page.getByRole("columnheader", { name: "E-mail address" }).waitFor();
	expect(await tab.getAttribute("aria-current")).toBe("page");

	// Only then is it known whether there are more than the page shows.
	await soon(() => count.textContent()).toMatch(/^\d+ (person|people)$/);
	await page.getByRole("checkbox", { name: "Select all" }).check();
	const all = page.getByRole("button", { name: /^Select all \d+ people/ });
	if (await all.isVisible()) await all.click();
	await button("Add a tag").click();
	await dialog().getByRole("combobox", { name: "Tag" }).fill("CALL_ME");
	await dialog()
		.getByText(/will be acted on/)
		.waitFor();
	await button(/^Do it for/).click();
	await dialog().getByText("Done", { exact: true }).first().waitFor();
	await soon(() => dialog().locator(".badge").textContent()).toBe("Done");
	await dialog().getByRole("button", { name: "Undo" }).click();
	await soon(() => dialog().locator(".badge").textContent()).toBe("Undone");
	expect(await wrong()).toEqual([]);
	expect(complaints).toEqual([]);
});

test("a card tells why, takes what is written by hand, is merged and unmerged, and is erased", async () => {
	await open("/people?view=contacts&sort=desc.score", "pl-PL");
	const names = page.locator("td.is-main a");
	await names.first().waitFor();
	const second = (await names.nth(1).textContent()) ?? "";
	await names.first().click();
	await page.getByRole("heading", { name: "Oś czasu" }).waitFor();
	expect(await wrong()).toEqual([]);

	await button(/^Dlaczego: /)
		.first()
		.click();
	await dialog().getByText("Najmniejsza zmiana, która by to odwróciła").waitFor();
	expect(await wrong()).toEqual([]);
	await dialog().getByText("Strona", { exact: true }).click();
	await dialog().locator("summary").first().click();
	await dialog().getByText("Najmniejsza zmiana, która by to odwróciła").first().waitFor();
	await page.keyboard.press("Escape");

	await button("Dodaj tag").click();
	await dialog().getByRole("combobox", { name: "Tag" }).fill("ODDZWONIC");
	await dialog().getByRole("button", { name: "Zapisz" }).click();
	await button(/^ODDZWONIC/).waitFor();
	await button("Cofnij").click();
	await button(/^ODDZWONIC/).waitFor({ state: "detached" });

	await button("Dodaj notatkę").first().click();
	await dialog().getByLabel("Notatka").fill("Prosi o telefon po <b>16</b>");
	await dialog().getByRole("button", { name: "Zapisz" }).click();
	await page.getByText("Prosi o telefon po <b>16</b>").first().waitFor();

	await page.getByLabel("Rodzaj").selectOption("order");
	await page.getByLabel("Okres").selectOption("day");

	await button("Więcej").click();
	await page.getByRole("menuitem", { name: "Połącz z inną kartą" }).click();
	await dialog().getByLabel("Kto jest tą samą osobą?").fill(second);
	await dialog().getByRole("button", { name: second }).first().click();
	await dialog()
		.getByText(/^Przyjrzyj się: różnią się/)
		.waitFor();
	expect(await wrong()).toEqual([]);
	await dialog().getByRole("button", { name: "Połącz", exact: true }).click();
	await page.getByText("Karty połączone").waitFor();
	await button("Cofnij").click();
	await page.getByText("Połączenie cofnięte").waitFor();

	// What is asked of the card while it is being erased may find nobody, and browsers log that.
	expect(complaints).toEqual([]);
	await button("Więcej").click();
	await page.getByRole("menuitem", { name: "Usuń na zawsze" }).click();
	await dialog().getByRole("button", { name: "Usuń na zawsze" }).click();
	await page.getByRole("heading", { name: "Usunięto" }).waitFor();
	expect(await wrong()).toEqual([]);
});

test("on a phone nothing is wider than the screen, and conflicts say what they are", async () => {
	await open("/people?view=contacts", "en-GB", 390);
	await page.locator("td.is-main a").first().waitFor();
	const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
	expect(await isTooWide()).toBe(false);
	await page.locator("td.is-main a").first().click();
	await page.getByRole("heading", { name: "Timeline" }).waitFor();
	expect(await isTooWide()).toBe(false);
	// In Polish its button stands in a row of its own, at the start.
	await page.evaluate(() => localStorage.setItem("witaj.language", "pl"));
	await page.reload();
	await page.getByRole("button", { name: "Więcej", exact: true }).click();
	expect((await page.getByRole("menu").boundingBox())?.x).toBeGreaterThan(0);
	await page.evaluate(() => localStorage.setItem("witaj.language", "en"));
	await page.goto(`${edge.url}/admin/demo/people/conflicts`);
	await page.getByRole("heading", { name: "Nothing to settle" }).waitFor();
	expect(await wrong()).toEqual([]);
	expect(complaints).toEqual([]);
});
