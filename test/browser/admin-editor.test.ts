// What the editor of experiences promises: undo, both languages, keys alone, nothing lost. That what it makes is met in the
// shop is told in story.test.ts.

import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { violationsIn } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { walkTo } from "../support/keys.ts";
import type { Edge } from "../support/runtime.ts";

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
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});
beforeEach(async () => {
	complaints = [];
	context = await signedIn();
	page = await newPage();
});
afterEach(() => context.close());

async function signedIn(locale = "en-GB"): Promise<BrowserContext> {
	const made = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
	const { email, password } = demoAccount;
	const answer = await made.request.post(`${edge.url}/api/session`, {
		data: { email, password },
		headers: { origin: edge.url },
	});
	expect(answer.ok()).toBe(true);
	return made;
}

async function newPage(): Promise<Page> {
	const made = await context.newPage();
	made.setDefaultTimeout(15_000);
	made.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	made.on("pageerror", (error) => complaints.push(String(error)));
	return made;
}

const open = (path: string) => page.goto(`${edge.url}/admin/demo/experiences${path}`);
const button = (name: string | RegExp) => page.getByRole("button", { name });
const preview = (): FrameLocator => page.frameLocator(".editor-stage iframe");
const save = async () => {
	await button("Save").click();
	await page.getByText("Saved", { exact: true }).first().waitFor();
};
const wrong = () => violationsIn(page);
const heading = () => page.getByLabel("Text · English");
const chooseHeading = () => page.locator(".editor-row-name", { hasText: "Heading" }).first().click();

test("a pop-up from a template is written in two languages, and drawn as it is written", async () => {
	await open("/new");
	await page.getByRole("link", { name: /Newsletter with a discount/ }).click();
	await preview().getByRole("heading").waitFor();
	await chooseHeading();
	await heading().fill("Ten percent for gardeners");
	await page.getByLabel("Text · Polski").fill("Dziesięć procent dla ogrodników");
	await preview().getByRole("heading", { name: "Ten percent for gardeners" }).waitFor();
	await page.getByText("Polski", { exact: true }).first().click();
	await preview().getByRole("heading", { name: "Dziesięć procent dla ogrodników" }).waitFor();
	await page.getByText("Where and when").click();
	await page.getByLabel("Moment", { exact: true }).first().selectOption({ label: "At once" });
	expect(await wrong()).toEqual([]);
	await save();
	await page.waitForURL(/experiences\/newsletter/);

	expect(complaints).toEqual([]);
});

test("blocks are added, moved by keys, undone and done again, and the focus stays where one writes", async () => {
	await open("/new?from=popup");
	await preview().getByRole("heading", { name: "Heading" }).waitFor();
	await chooseHeading();
	await heading().press("End");
	await page.keyboard.type(" of today", { delay: 60 });
	await preview().getByRole("heading", { name: "Heading of today" }).waitFor();
	await page.keyboard.type("!");
	expect(await heading().inputValue()).toBe("Heading of today!");
	await page.keyboard.press("Control+z");
	expect(await heading().inputValue()).toBe("Heading");
	await page.keyboard.press("Control+Shift+z");
	expect(await heading().inputValue()).toBe("Heading of today!");

	await button("Add a block").click();
	await page.getByRole("menuitem", { name: "Coupon" }).click();
	await preview().getByText("WITAJ10").waitFor();
	const kinds = () => page.locator(".editor-row-name b").allInnerTexts();
	expect(await kinds()).toEqual(["Heading", "Text", "Button", "Coupon"]);
	await button("Drag, or move with the arrows: Coupon")
		.or(page.locator('[data-handle="blocks.3"]'))
		.first()
		.focus();
	await page.keyboard.press("ArrowUp");
	await expect.poll(kinds).toEqual(["Heading", "Text", "Coupon", "Button"]);
	// Drawn anew once nothing was changed for a moment: what is pressed is to stay.
	const drawn = preview().locator("section.body > *");
	const coupon = () => drawn.evaluateAll((all) => all.findIndex((one) => /WITAJ10/.test(one.textContent)));
	await expect.poll(coupon).toBe(2);
	await preview().getByText("Write here what you have to say.").click();
	await page.locator(".editor-row.is-chosen", { hasText: "Text" }).waitFor();
	expect(await wrong()).toEqual([]);
	expect(complaints).toEqual([]);
});

test("a frame of products is drawn in its place within the page", async () => {
	await open("/new?from=frame-cart");
	const drawn = preview().getByRole("region", { name: "Goes well with your order" });
	await drawn.getByRole("link").nth(5).waitFor();
	// It is drawn anew as answers come.
	await expect.poll(() => drawn.getByRole("heading").count()).toBe(1);
	expect(complaints).toEqual([]);
});

test("a pop-up is made and published by the keyboard alone", async () => {
	await open("/new");
	await page.getByRole("link", { name: /Newsletter with a discount/ }).waitFor();
	await walkTo(page, /Newsletter with a discount/);
	await page.keyboard.press("Enter");
	await preview().getByRole("heading").waitFor();
	const isHeading = /^Heading/;
	await walkTo(page, "Name");
	await page.keyboard.press("ControlOrMeta+a");
	await page.keyboard.type("By keys alone");
	await walkTo(page, isHeading);
	await page.keyboard.press("Enter");
	await walkTo(page, "Text · English");
	await page.keyboard.press("ControlOrMeta+a");
	await page.keyboard.type("Without a mouse");
	await preview().getByRole("heading", { name: "Without a mouse" }).waitFor();

	const kinds = () => page.locator(".editor-row-name b").allInnerTexts();
	const before = await kinds();
	await walkTo(page, "Add");
	await page.keyboard.press("Enter");
	await page.locator("[role=menuitem]:focus").waitFor();
	while ((await page.locator("[role=menuitem]:focus").innerText()).trim() !== "Coupon")
		await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await expect.poll(async () => (await kinds()).length).toBe(before.length + 1);
	const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
	await walkTo(page, "Move: Coupon", "Shift+Tab");
	await page.keyboard.press("ArrowUp");
	await expect.poll(async () => (await kinds()).slice(0, 4)).toEqual(["Heading", "Text", "Coupon", "Form"]);
	await expect.poll(focused).toBe("Move: Coupon");
	await page.keyboard.press("Delete");
	await expect.poll(kinds).toEqual(before);
	await expect.poll(focused).toMatch(/^Move: /);

	await walkTo(page, "Save", "Shift+Tab");
	await page.keyboard.press("Enter");
	await page.waitForURL(/experiences\/by-keys-alone/);
	await button("Publish").waitFor();
	await walkTo(page, "Publish");
	await page.keyboard.press("Enter");
	await page.getByText("goes live").waitFor();
	await walkTo(page, "Publish");
	await page.keyboard.press("Enter");
	await page.getByText("Published. It is live within seconds.").waitFor();
	expect(complaints).toEqual([]);
});

test("what was written and not saved is there again, and what was refused is shown at its place", async () => {
	await open("/new?from=banner");
	await page.getByLabel("Name", { exact: true }).fill("Spring news");
	await save();
	await page.waitForURL(/experiences\/spring-news/);
	await button("Publish").waitFor();
	await chooseHeading();
	await heading().fill("Written at night");
	page.on("dialog", (asked) => asked.accept());
	await page.reload();
	await page.getByText("These are your changes that were not saved.").waitFor();
	await chooseHeading();
	expect(await heading().inputValue()).toBe("Written at night");
	await heading().fill("");
	await button("Save").click();
	await page.locator(".editor-row.is-wrong").waitFor();
	await heading().fill("Written by day");
	await save();
	await page.reload();
	await chooseHeading();
	expect(await heading().inputValue()).toBe("Written by day");
});

test("the second of two marketers is told, and may keep theirs", async () => {
	await open("/new?from=popup");
	await page.getByLabel("Name", { exact: true }).fill("For two");
	await save();
	await page.waitForURL(/experiences\/for-two/);
	await button("Publish").waitFor();
	const other = await newPage();
	await other.goto(page.url());
	await other.getByLabel("Name", { exact: true }).fill("Of the other");
	await other.getByRole("button", { name: "Save" }).click();
	await other.getByText("Saved", { exact: true }).first().waitFor();
	await page.getByLabel("Name", { exact: true }).fill("Mine");
	await button("Save").click();
	await page.getByText("Somebody changed this meanwhile").waitFor();
	await button("Save mine over it").click();
	await button("Publish").waitFor();
	await button("More").click();
	await page.getByRole("menuitem", { name: "History" }).click();
	await page.getByText("Version 2").waitFor();
});

test("what was done a moment ago can be undone for as long as somebody points at it or has the focus there", async () => {
	await page.clock.install();
	await open("");
	const row = page.getByRole("row", { name: /Gotowi do zakupu/ }).first();
	const stillThere = async () => {
		await page.clock.runFor(60_000);
		await button("Undo").waitFor();
	};
	await row.getByRole("button").click();
	await page.getByRole("menuitem", { name: "Pause" }).click();
	await button("Undo").hover();
	await stillThere();
	await button("Undo").focus();
	await page.mouse.move(0, 0);
	await stillThere();
	await page.getByRole("link").first().focus();
	await page.clock.runFor(8_000);
	await button("Undo").waitFor({ state: "detached" });
	await row.getByRole("button").click();
	await page.getByRole("menuitem", { name: "Resume" }).click();
	await row.getByText("Live").waitFor();
});

test("a list tells what is shown where, pauses with undo, duplicates, and is in Polish too", async () => {
	await open("");
	await page.getByRole("link", { name: "Gotowi do zakupu: kod na pierwsze zamówienie" }).waitFor();
	const row = page.getByRole("row", { name: /Gotowi do zakupu/ }).first();
	await row.getByRole("button").click();
	await page.getByRole("menuitem", { name: "Pause" }).click();
	await row.getByText("Paused").waitFor();
	await button("Undo").click();
	await row.getByText("Live").waitFor();
	await row.getByRole("button").click();
	await page.getByRole("menuitem", { name: "Duplicate" }).click();
	await page.getByRole("link", { name: /zamówienie \(copy\)/ }).waitFor();
	expect(await wrong()).toEqual([]);
	await context.close();
	context = await signedIn("pl-PL");
	page = await newPage();
	await open("");
	await page.getByRole("heading", { name: "Treści na stronie" }).waitFor();
	expect(await wrong()).toEqual([]);
	expect(complaints).toEqual([]);
});
