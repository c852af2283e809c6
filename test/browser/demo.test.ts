// The demo, as whoever looks at it for two minutes uses it: a persona, three views of the price list, the clock.

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { settings } from "../shop/definitions.ts";
import { withFrames } from "../shop/frames.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { isDecision, soon } from "../support/host.ts";
import type { Edge } from "../support/runtime.ts";

/** Wide enough for the shop to be drawn unscaled, so that a click lands where it is aimed. */
const viewport = { width: 1600, height: 900 };

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
	browser = await launch();
	// Each is told of the other before either is there: the shop's port is kept for it meanwhile.
	const keeper = createServer().listen(0, "127.0.0.1");
	await once(keeper, "listening");
	const { port } = keeper.address() as AddressInfo;
	edge = await startEdge({ port: 0, bindings: { SHOP: `http://localhost:${port}` } });
	const { key } = await publish(edge.url, "demo", settings, withFrames);
	keeper.close();
	await once(keeper, "close");
	shop = await startShop({ port, edge: edge.url, site: key });
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});
beforeEach(async () => {
	context = await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL", viewport });
	page = await context.newPage();
	complaints = [];
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
});
afterEach(async () => {
	await turnClock(edge.url);
	await context.close();
});

const inShop = (): FrameLocator => page.frameLocator("iframe");
const segment = (id: string) => page.locator(`[data-segment="${id}"]`);
const candidate = (id: string) => page.locator(`[data-experience="${id}"]`).first();

async function play(persona: string): Promise<void> {
	await page.getByRole("button", { name: persona, exact: true }).click();
	await page.getByText("Pierwszy raz").waitFor();
}

async function openPrices(): Promise<void> {
	const answered = page.waitForResponse(isDecision);
	await inShop().getByRole("banner").getByRole("link", { name: "Cennik", exact: true }).click();
	await (await answered).finished();
}

/** Back to now, as the page at `origin` would. */
function turnClock(origin: string): Promise<Response> {
	return fetch(`${edge.url}/demo/api/clock`, {
		method: "POST",
		headers: { "content-type": "application/json", origin },
		body: '{"offsetMs":0}',
	});
}

describe("the demo", () => {
	test("tells of a visitor from Google what each page view made of them, and what the clock takes away", async () => {
		await page.goto(`${edge.url}/demo`);
		await play("Z Google: „kosiarka”");
		await page.getByText("google / organic · „kosiarka” · na /").first().waitFor();
		await soon(() => segment("ready-to-buy").getAttribute("data-in")).toBe("false");
		// What was recommended within the page is no pop-up yet.
		await page.locator('[data-experience="frame-home"][data-reason="shown"]').first().waitFor();
		expect(await page.locator(".guide .is-done").count()).toBe(0);

		for (const _ of [1, 2, 3]) await openPrices();
		await page.getByText("CENNIK (3)").first().waitFor();
		await page.locator('[data-segment="ready-to-buy"][data-in="true"]').waitFor();
		await soon(() => segment("ready-to-buy").textContent()).toMatch(/do .+ \(za 7 dni\)/);
		const why = segment("ready-to-buy").locator("li");
		await soon(() => why.nth(0).textContent()).toBe(
			"Spełnione: potrzebne są wszystkie części, spełnionych: 2 z 2.",
		);
		await soon(() => why.nth(1).textContent()).toMatch(/^1\. Spełnione: .*; jest 35 punktów\.$/);
		await soon(() => why.nth(2).textContent()).toMatch(/^2\. Spełnione: .*było 3 razy.*sam upływ czasu/);
		await segment("ready-to-buy").getByText("Co jest potrzebne i co by to zmieniło").click();
		// Told anew every second, and still open.
		await segment("ready-to-buy").getByText("wystarczy: poczekać do").waitFor();
		await soon(() => page.locator(".score .sum").textContent()).toBe("35 punktów");
		// The price list itself is left in peace.
		await soon(() => candidate("ready-to-buy").getAttribute("data-reason")).toBe("other-page");
		await candidate("ready-to-buy").getByText("Dlaczego").click();
		await candidate("ready-to-buy").getByText("Nie pokazuje się: strona „/cennik” jest wyłączona.").waitFor();
		await page.getByRole("button", { name: "CENNIK (3)" }).click();
		await page.getByText("Osoba ma tag „CENNIK” 3 razy.").waitFor();
		await page.locator(".score").getByText("Dlaczego").click();
		await page.getByText("Scoring wynosi 35 punktów.").waitFor({ state: "attached" });

		await inShop().getByRole("link", { name: "Porady" }).first().click();
		await inShop().getByRole("dialog").getByText("WITAJ10").waitFor();
		await page.locator('[data-experience="ready-to-buy"][data-reason="shown"]').first().waitFor();

		await page.getByRole("button", { name: "+7 dni", exact: true }).click();
		await page.locator('[data-segment="ready-to-buy"][data-in="false"]').waitFor();
		await page.getByText("wygasły i już ich nie ma").waitFor();
		await page.getByText("Jeszcze bez tagów").waitFor();
		await page.getByText("Nic nie jest zapisane").waitFor();
	});

	test("plays a phone, Kraków, and somebody who comes back", async () => {
		await page.goto(`${edge.url}/demo`);
		await play("Na telefonie");
		await page.locator('[data-segment="on-a-phone"][data-in="true"]').waitFor();
		await soon(() =>
			inShop()
				.locator("body")
				.evaluate(() => innerWidth),
		).toBe(390);
		await play("Z Krakowa");
		await page.locator('[data-segment="from-krakow"][data-in="true"]').waitFor();
		await segment("from-krakow")
			.getByText("Spełnione: miasto połączenia to „Kraków”; jest „Kraków”.")
			.waitFor();
		await page.getByRole("button", { name: "EN", exact: true }).click();
		await segment("from-krakow")
			.getByText(/^Met: the city of the connection is “Kraków”/)
			.waitFor();
		await segment("returning")
			.getByText(/^Not met: .*; it is 1\.$/)
			.waitFor();
		await page.getByRole("button", { name: "PL", exact: true }).click();
		await play("Wraca po dniu");
		await page.locator('[data-segment="returning"][data-in="true"]').waitFor();
		expect(complaints).toEqual([]);
	});

	test("knows a cart of more than 300 zł that was left for half an hour, until it is paid for", async () => {
		await page.goto(`${edge.url}/demo`);
		await play("Z Krakowa");
		const left = segment("cart-left");
		await inShop().getByRole("link", { name: "Kosiarki akumulatorowe" }).first().click();
		// The page before has cards, too.
		await inShop().getByRole("heading", { level: 1, name: "Kosiarki akumulatorowe" }).waitFor();
		await inShop().locator(".card a").first().click();
		await inShop().getByRole("button", { name: "Dodaj do koszyka" }).click();
		await left.getByText(/^1\. Spełnione: wartość koszyka .*; jest 899\szł\.$/).waitFor();
		await soon(() => left.getAttribute("data-in")).toBe("false");

		await page.getByRole("button", { name: "+30 min", exact: true }).click();
		await page.locator('[data-segment="cart-left"][data-in="true"]').waitFor();
		await left.getByText(/^2\. Spełnione: ostatnia zmiana koszyka /).waitFor();

		// A page on which nothing is said of the cart: it stays what it was.
		await openPrices();
		await inShop().getByRole("link", { name: "Koszyk" }).first().click();
		await inShop().getByRole("link", { name: "Zamawiam" }).click();
		const fields = ["Imię i nazwisko", "Telefon", "Ulica i numer", "Kod pocztowy", "Miejscowość"];
		for (const field of fields) await inShop().getByLabel(field).fill("Kraków 1");
		await inShop().getByLabel("Adres e-mail").fill("ala@example.pl");
		await inShop().getByRole("button", { name: "Zamawiam i płacę" }).last().click();
		await page.locator('[data-segment="cart-left"][data-in="false"]').waitFor();
		await left.getByText(/^1\. Niespełnione: .*koszyk/).waitFor();
		expect(complaints).toEqual([]);
	});

	test("knows nobody before consent, and the page's visitor after it", async () => {
		await page.goto(`${edge.url}/demo?lang=en`);
		await page.getByRole("button", { name: "No consent yet" }).click();
		await page.getByRole("heading", { name: "Nothing is stored before consent" }).waitFor();
		await inShop().getByRole("button", { name: "I agree" }).click();
		await page.getByText("First seen").waitFor();
		await page.getByRole("button", { name: "PL", exact: true }).click();
		await page.getByText("Pierwszy raz").waitFor();
		expect(complaints).toEqual([]);
	});

	test("is nowhere but on a developer's machine, and its clock is moved by its own page alone", async () => {
		expect((await turnClock(shop.url)).status).toBe(403);
		const deployed = await startEdge({ port: 0, bindings: { LOCAL: "" } });
		const paths = ["", "/demo.js", "/demo.css", "/icon.svg", "/api/visitor", "/api/clock"];
		const answers = paths.map((path) => fetch(`${deployed.url}/demo${path}`).then(({ status }) => status));
		expect(await Promise.all(answers)).toEqual(paths.map(() => 404));
		await deployed.stop();
	});
});
