// Double opt-in as a visitor of the demo shop meets it: the form, the outbox, our page with its button, and back again.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { violationsIn } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { soon } from "../support/host.ts";
import type { Edge } from "../support/runtime.ts";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	// For everybody who reads the blog: this is not about who is asked.
	const experiences = definitions.experiences.flatMap(({ segment: _segment, ...rest }) =>
		rest.id === "blog-newsletter" ? [rest] : [],
	);
	const { key } = await publish(edge.url, "demo", settings, { ...definitions, experiences });
	shop = await startShop({ port: 0, edge: edge.url, site: key });
	page = await (await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL" })).newPage();
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});

/** What is wrong with the page for whoever cannot see it, or sees it otherwise. */
const complaintsOfAxe = () => violationsIn(page);

const entries = async () => {
	const { results } = await edge.db
		.prepare("SELECT name, props ->> 'place' AS place FROM events WHERE name LIKE 'Consent%' ORDER BY at, id")
		.all<{ name: string; place: string }>();
	return results.map(({ name, place }) => `${name}: ${place}`);
};

test("a form, a message, a button: and the consent is given", async () => {
	const article = `${shop.url}/blog/kiedy-ciac-zywoplot`;
	await page.goto(article);
	await page.mouse.wheel(0, 20_000);
	const form = page.getByRole("dialog", { name: "Poradnik ogrodnika" });
	await form.getByLabel("Adres e-mail").fill("ala@example.pl");
	await form.getByRole("checkbox").check();
	await form.getByRole("button", { name: "Zapisz mnie" }).click();
	await form.getByText("Sprawdź pocztę").waitFor();
	await soon(entries).toEqual(["Consent Pending: form"]);

	await soon(async () => (await fetch(`${edge.url}/demo/outbox`)).text()).toContain("ala@example.pl");
	await page.goto(`${edge.url}/demo/outbox`);
	await page.getByRole("heading", { name: "Potwierdź swój adres – Zielony Kąt" }).waitFor();
	await page.getByText("→ ala@example.pl").waitFor();
	const link = await page.getByRole("link").getAttribute("href");
	expect(link).toContain(`${edge.url}/c/`);

	await page.goto(link ?? "");
	await page.getByText("Zgadzam się na otrzymywanie poradnika e-mailem.").waitFor();
	expect(await entries()).toEqual(["Consent Pending: form"]);
	expect(await complaintsOfAxe()).toEqual([]);
	await page.getByRole("button", { name: "Potwierdzam" }).click();
	await page.waitForURL((url) => url.href.startsWith(article));
	await soon(entries).toEqual(["Consent Pending: form", "Consent Given: link"]);

	await page.goto(link ?? "");
	await page.getByText("Ten adres jest już potwierdzony.").waitFor();
	await page.getByRole("link", { name: "Wróć na stronę" }).click();
	await page.waitForURL(article);
	expect(complaints).toEqual([]);
});
