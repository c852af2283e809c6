// What comes in from elsewhere, as a marketer brings it: people out of a spreadsheet, products out of the shop's feed, and
// codes for coupons.

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { examine } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish, setUp } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";

let edge: Edge;
let shop: RunningShop;
let browser: Browser;
beforeAll(async () => {
	shop = await startShop({ port: 0, edge: "http://localhost:1", site: "none" });
	[edge, browser] = await Promise.all([startEdge({ port: 0, bindings: { SHOP: shop.url } }), launch()]);
	await publish(edge.url, "demo", settings, { tagRules: [], scoreRules: [], segments: [], experiences: [] });
	await setUp(edge.url, demoAccount);
});
afterAll(async () => {
	await browser.close();
	await Promise.all([edge.stop(), shop.close()]);
});

const complaints: string[] = [];
afterEach(() => {
	expect(complaints.splice(0)).toEqual([]);
});

async function open(path: string, lang: "en" | "pl", options: BrowserContextOptions = {}): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();
	page.on("pageerror", (error) => complaints.push(String(error)));
	await page.addInitScript((lang) => localStorage.setItem("witaj.language", lang), lang);
	await page.goto(`${edge.url}/api/session`);
	const { email, password } = demoAccount;
	await page.evaluate(
		(body) => fetch("/api/session", { method: "POST", body }),
		JSON.stringify({ email, password }),
	);
	await page.goto(`${edge.url}/admin/demo${path}`);
	return page;
}

async function expectAccessible(page: Page): Promise<void> {
	expect((await examine(page, "#page")).wrong).toEqual([]);
}

async function asked(path: string): Promise<Record<string, unknown>> {
	const response = await fetch(`${edge.url}/api/sites/demo/${path}`, {
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
	});
	return (await response.json()) as Record<string, unknown>;
}
const peopleWith = async (q: string) =>
	((await asked(`people?q=${encodeURIComponent(q)}`)).people as unknown[]).length;

const people = 5_000;
/** Rows of the file by what is wrong with them: the first is the one that names columns. */
const wrong = { email: [42, 2_502], date: [79], consent: [3_502] };

function file(): Buffer {
	const rows = Array.from({ length: people }, (_, i) => {
		const line = i + 2;
		const email = wrong.email.includes(line) ? `osoba${line}(at)example.pl` : `osoba${line}@example.pl`;
		const birthday = wrong.date.includes(line) ? "31.02.1990" : "12.04.1988";
		return `${email};Anna;Łódź;${birthday};targi|hurt;${wrong.consent.includes(line) ? "może" : "tak"};${36 + (i % 9)}`;
	});
	const head = "e-mail;imię;miasto;data urodzenia;tagi;zgoda na newsletter;rozmiar buta";
	return Buffer.from([head, ...rows].join("\r\n"));
}

test("5,000 people are mapped, rehearsed, mended, imported, mended further and taken back", {
	timeout: 300_000,
}, async () => {
	const page = await open("/imports", "en");
	const button = (name: string | RegExp) => page.getByRole("button", { name });
	const heading = (name: string | RegExp) => page.getByRole("heading", { name });
	await heading("Nobody was imported yet").waitFor();
	await expectAccessible(page);
	await page
		.locator("input[type=file]")
		.setInputFiles({ name: "klienci.csv", mimeType: "text/csv", buffer: file() });

	await heading("What each column becomes").waitFor();
	const becomes = (column: string) =>
		page.getByLabel(`${column} becomes`).locator("option:checked").textContent();
	expect(await becomes("e-mail")).toBe("E-mail address");
	expect(await becomes("imię")).toBe("First name");
	expect(await becomes("data urodzenia")).toBe("Date of birth");
	expect(await becomes("tagi")).toBe("Tags");
	expect(await becomes("zgoda na newsletter")).toBe("Consent to e-mail");
	expect(await becomes("rozmiar buta")).toBe("Own attribute…");
	await page.getByRole("combobox", { name: "Name of the attribute" }).fill("shoe size");
	await page.getByLabel("Tags", { exact: true }).fill("fair 2026, imported");
	// Two columns cannot be the same thing, and without an identifier there is nobody.
	await page.getByLabel("miasto becomes").selectOption("attribute.firstName");
	await page.getByText("Another column becomes this already").waitFor();
	expect(await button("See what would happen").isDisabled()).toBe(true);
	await page.getByLabel("miasto becomes").selectOption("attribute.city");
	await expectAccessible(page);
	await button("See what would happen").click();

	await heading("What would happen").waitFor({ timeout: 90_000 });
	await heading("Rows to put right (4)").waitFor();
	const stat = (name: string) => page.locator(".stat", { hasText: name }).locator("strong").textContent();
	expect(await stat("New contacts")).toBe("4,996");
	await page.locator(".import-examples").getByText("shoe size").first().waitFor();
	expect(await peopleWith("osoba2@example.pl")).toBe(0);
	await expectAccessible(page);

	const row = (line: string) => page.locator("li[data-line]", { hasText: `Row ${line}` });
	await row("42").getByLabel("e-mail").fill("still wrong");
	await row("42").getByLabel("e-mail").press("Enter");
	// Refused again, and it is asked anew only when that was said.
	await row("42").locator("button[type=submit]:not([aria-busy=true])").waitFor();
	await row("42").getByLabel("e-mail").and(page.locator("[aria-invalid]:not([value*='(at)'])")).waitFor();
	await row("42").getByLabel("e-mail").fill("osoba42@example.pl");
	await row("42").getByLabel("e-mail").press("Enter");
	await heading("Rows to put right (3)").waitFor();
	// Whoever puts rows right goes on to the next without reaching for it.
	await expect.poll(() => row("79").locator("input:focus").count()).toBe(1);
	await page.keyboard.press("ControlOrMeta+A");
	await page.keyboard.type("28.02.1990");
	await page.keyboard.press("Enter");
	await heading("Rows to put right (2)").waitFor();
	await button("Rehearse again").click();
	await button("Import 4,998 people").click({ timeout: 90_000 });

	await heading("What happened").waitFor({ timeout: 90_000 });
	await page.getByText("It can be undone until").waitFor({ timeout: 90_000 });
	expect(await stat("New contacts")).toBe("4,998");
	const failed = page.waitForEvent("download");
	await button("Download as CSV").click();
	expect((await failed).suggestedFilename()).toMatch(/^import-.*\.csv$/);
	await row("2,502").getByLabel("e-mail").fill("osoba2502@example.pl");
	await row("2,502").getByLabel("e-mail").press("Enter");
	await heading("Rows to put right (1)").waitFor();
	await expect.poll(() => stat("New contacts"), { timeout: 20_000 }).toBe("4,999");
	await expect.poll(() => peopleWith("osoba2502@example.pl"), { timeout: 20_000 }).toBe(1);
	await expectAccessible(page);

	await button("Undo the import").click();
	await page.getByRole("dialog").getByRole("button", { name: "Undo the import" }).click();
	await page.getByText("This import was taken back").waitFor({ timeout: 90_000 });
	await expect.poll(() => peopleWith("osoba2@example.pl"), { timeout: 20_000 }).toBe(0);
	await page.getByRole("link", { name: "Import another file" }).click();
	await page.getByRole("row", { name: /klienci\.csv.*Undone/ }).waitFor();
	await page.context().close();
});

test("a file that speaks of nobody says which column to choose, on a phone and in Polish", async () => {
	const page = await open("/imports", "pl", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
	await page
		.locator("input[type=file]")
		.setInputFiles({ name: "bez.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,<b>x</b>\n2,y\n") });
	await page.getByText("Wskaż kolumnę z adresem e-mail").waitFor();
	expect(await page.getByRole("button", { name: "Zobacz, co się stanie" }).isDisabled()).toBe(true);
	await page.getByText("<b>x</b>").waitFor();
	await expectAccessible(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	await page.context().close();
});

test("the shop's feed is tried, saved and run; one that has shrunk waits for a decision", {
	timeout: 60_000,
}, async () => {
	const page = await open("/products", "en");
	const button = (name: string | RegExp) => page.getByRole("button", { name });
	await page.getByRole("link", { name: "Add a product feed" }).click();
	await page.getByLabel("Address of the feed").fill("https://127.0.0.1/feed.xml");
	await button("Save and fetch now").click();
	await page.getByText("This address cannot be fetched").waitFor();
	await page.getByLabel("Address of the feed").fill(`${shop.url}/feed.xml`);
	await button("Try it").click();
	await page.getByText(/found, .* of them valid/).waitFor();
	await expectAccessible(page);
	await button("Save and fetch now").click();
	await page.getByText("Done", { exact: true }).waitFor({ timeout: 20_000 });
	await expectAccessible(page);

	const shrunk = "id,title,link,price\n1,Spade,https://shop.example/1,10 PLN\n2,Rake,not an address,12 PLN\n";
	await page
		.locator("input[type=file]")
		.setInputFiles({ name: "feed.csv", mimeType: "text/csv", buffer: Buffer.from(shrunk) });
	await page.getByRole("heading", { name: "The feed has shrunk" }).waitFor({ timeout: 20_000 });
	await page.getByText("is no address").waitFor();
	await expectAccessible(page);
	await button("Dismiss it").click();
	await page.getByText("Dismissed", { exact: true }).waitFor();

	await page.getByRole("link", { name: /^Products \d/ }).click();
	await page.getByLabel("Find products").fill("L38");
	const others = page.getByRole("row").filter({ hasNotText: "L38" });
	await expect.poll(() => others.count()).toBe(1);
	await page.getByRole("row", { name: /L38/ }).getByRole("button", { name: "2 variants" }).click();
	await page.getByRole("link", { name: /L38.*2 × 4 Ah/ }).click();
	await page.getByRole("heading", { name: "Variants" }).waitFor();
	await expectAccessible(page);
	await page.context().close();
});

test("codes are read before they are added, and the pool says how many are left", async () => {
	const page = await open("/coupons", "en");
	await page.getByRole("button", { name: "New pool" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Name of the pool").fill("Spring");
	await dialog.getByText("Use lower-case letters").waitFor();
	await dialog.getByLabel("Name of the pool").fill("spring");
	await dialog.getByLabel("Codes", { exact: true }).fill("A-1, A-2\nA-1\ntwo words\nA-3");
	await dialog.getByText("1 code more than once").waitFor();
	await dialog.getByText("line 3: two words").waitFor();
	expect((await examine(page, "dialog")).wrong).toEqual([]);
	await dialog.getByRole("button", { name: "Add 3 codes" }).click();
	await page.getByRole("row", { name: /spring.*3 of 3/ }).waitFor();
	await expectAccessible(page);
	await page.context().close();
});
