// The contact card in the demo, and the visitor's own page: in both languages, by keyboard, and on a phone.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
let key: string;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
	browser = await launch();
	const place = { SHOP: "http://localhost:18799" };
	edge = await startEdge({ port: 0, bindings: place });
	({ key } = await publish(edge.url, "demo", settings, definitions));
	shop = await startShop({ port: 18_799, edge: edge.url, site: key });
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});
beforeEach(async () => {
	context = await browser.newContext({
		userAgent: chromeAgent,
		locale: "pl-PL",
		viewport: { width: 1600, height: 900 },
	});
	page = await context.newPage();
	complaints = [];
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
});
afterEach(() => context.close());

const shoot = (name: string) =>
	process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }) : undefined;

test("the card in the inspector tells who it is, what happened and how much, in both languages and on a phone", async () => {
	await page.goto(`${edge.url}/demo`);
	await page.getByText("Pierwszy raz").waitFor();
	const frame = page.frameLocator("iframe");
	for (const _ of [1, 2, 3]) {
		// Of this view, and of nothing that the page before it still had to say.
		const answered = page.waitForResponse((response) => {
			const sent = response.url().endsWith("/v1/collect") && response.request().postDataJSON();
			return Boolean(sent?.decide) && sent.page.url.endsWith("/cennik");
		});
		await frame.getByRole("banner").getByRole("link", { name: "Cennik", exact: true }).click();
		await (await answered).finished();
	}
	await page.getByText("CENNIK (3)").first().waitFor();
	const tab = page.getByRole("button", { name: "Karta", exact: true });
	await tab.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Jeszcze bez nazwiska" }).waitFor();
	await page.getByText("Wyświetlono stronę „/cennik”.").first().waitFor();
	await page.getByText("Dodano tag: „CENNIK”.").first().waitFor();
	await page.getByText("O tej osobie nic jeszcze nie powiedziano").waitFor();
	await page.getByRole("img", { name: /^Zdarzenia w 52 tygodniach: / }).waitFor();
	await page.getByText("Jako tabela").click();
	await page.getByRole("columnheader", { name: "Tydzień od" }).waitFor();
	await shoot("card-pl");
	await page.getByLabel("Rodzaj").selectOption("order");
	await page.getByText("Nic takiego w tym okresie").waitFor();
	await page.getByLabel("Rodzaj").selectOption("");
	await page.getByRole("button", { name: "EN", exact: true }).click();
	await page.getByText("The page “/cennik” was viewed.").first().waitFor();
	await shoot("card-en");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole("button", { name: "Inspector" }).click();
	await page.getByRole("heading", { name: "Timeline" }).scrollIntoViewIfNeeded();
	await shoot("card-phone");
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	expect(complaints).toEqual([]);
});

test("a visitor's own page works on a phone without a script, from a form that carries the token", async () => {
	const answer = await fetch(`${edge.url}/v1/collect`, {
		method: "POST",
		headers: { "content-type": "text/plain", "user-agent": chromeAgent },
		body: JSON.stringify({
			site: key,
			consent: "granted",
			page: { url: "https://shop.example/cennik", visible: true },
			decide: false,
			sentAt: Date.now(),
			events: [
				{
					id: "01890a5d-ac96-774b-bcce-b302099a8057".replace("01890a5d-ac96", stamp()),
					name: "Form Submitted",
					at: Date.now(),
					props: { email: "anna@example.pl", name: "Ana", path: "/cennik" },
				},
			],
		}),
	});
	const { token } = (await answer.json()) as { token: string };
	await page.setViewportSize({ width: 360, height: 740 });
	await page.setContent(
		`<form method="post" action="${edge.url}/v1/me"><input name="site" value="${key}"><input name="token" value="${token}"><button>?</button></form>`,
	);
	await page.getByRole("button").click();
	await page.getByRole("heading", { name: "Co ta strona o mnie wie" }).waitFor();
	await shoot("me-pl");
	await page.getByLabel("Imię i nazwisko").fill("Anna");
	await page.getByRole("button", { name: "Zapisz poprawki" }).click();
	await page.getByText("Poprawki zapisane.").waitFor();
	await expect.poll(() => page.getByLabel("Imię i nazwisko").inputValue()).toBe("Anna");
	await page.getByRole("button", { name: "English" }).click();
	await page.getByRole("heading", { name: "What this site knows about me" }).waitFor();
	await shoot("me-en");
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await page.getByRole("button", { name: "Pause recording" }).click();
	await page.getByRole("button", { name: "Resume recording" }).click();
	await page.getByRole("button", { name: "Pause recording" }).waitFor();
	await page.getByText("Forget me").click();
	await shoot("me-forget");
	await page.getByRole("button", { name: "Yes, delete it for good" }).click();
	await page.getByRole("status").waitFor();
	expect(complaints).toEqual([]);
});

/** The first half of a UUIDv7 of now. */
function stamp(): string {
	const hex = Date.now().toString(16).padStart(12, "0");
	return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
