// From nothing to a pop-up that a visitor sees, as whoever has just deployed it goes: an account, a site, its tag on the
// page, a template, published. Every step is one that a person takes; how long they take over each is theirs.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, demoAccount } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";

let edge: Edge;
let browser: Browser;
let shop: RunningShop | undefined;
beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
});
afterAll(async () => {
	await browser.close();
	await shop?.close();
	await edge.stop();
});

let page: Page;
const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

test("from nothing to a live pop-up from a template", async () => {
	page = await (
		await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } })
	).newPage();
	await page.goto(`${edge.url}/admin`);
	await fill("Operator’s token", localSecrets.ADMIN_TOKEN);
	await press("Continue");
	await fill("Name of your site", "Green Corner");
	await fill("Your name", demoAccount.name);
	await fill("E-mail", demoAccount.email);
	await fill("Password", demoAccount.password);
	await press("Make the account");
	const tag = page.locator(".copyable textarea");
	const [, key] = /w\.js\?site=([\w.-]+)/.exec(await tag.inputValue()) ?? [];
	await page.getByText("Waiting for the first page view").waitFor();
	// Whoever runs the shop pastes it.
	shop = await startShop({ port: 0, edge: edge.url, site: key ?? "" });
	const visitor = await (await browser.newContext({ userAgent: chromeAgent, locale: "en-GB" })).newPage();
	await visitor.goto(shop.url);
	// Without any consent yet.
	await page.getByText("Your tag has been seen").waitFor();
	await page.getByRole("link", { name: "Choose a template" }).click();
	await page.getByRole("link", { name: /Newsletter with a discount/ }).click();
	await page.frameLocator(".editor-stage iframe").getByRole("heading").waitFor();
	// As somebody does who wants to see it at once.
	await page.getByText("Where and when").click();
	await page.getByLabel("Moment", { exact: true }).first().selectOption({ label: "At once" });
	await press("Save");
	await page.waitForURL(/experiences\/newsletter/);
	await press("Publish");
	await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
	await page.getByText("Published.", { exact: false }).first().waitFor();
	await visitor.goto(`${shop.url}/blog`);
	await visitor.getByRole("dialog").waitFor();
});
