// The README's first two minutes, word for word, on the real shop with the real edge; and what D1 holds of it.

import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "../support/chromium.ts";
import { publish } from "../support/client.ts";
import { type Edge, startEdge } from "../support/edge.ts";
import { soon } from "../support/host.ts";

/** Headless Chromium says so in its name, and is then taken for the robot that it is. */
const userAgent =
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
let context: BrowserContext;
const complaints: string[] = [];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	const { key } = await publish(edge.url, "demo", settings, definitions);
	shop = await startShop({ port: 0, edge: edge.url, site: key });
	context = await browser.newContext({ userAgent, locale: "pl-PL", viewport: { width: 1280, height: 900 } });
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});

async function newPage(): Promise<Page> {
	const page = await context.newPage();
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	return page;
}

/** Does something and waits until the edge has answered the page view that it led to. */
async function view(page: Page, go: () => Promise<unknown>): Promise<void> {
	const answered = page.waitForResponse((response) => response.url().endsWith("/v1/collect"));
	await go();
	await (await answered).finished();
}

const menu = (page: Page, name: string) =>
	view(page, () => page.getByRole("banner").getByRole("link", { name, exact: true }).click());
const popup = (page: Page) => page.getByRole("dialog");

const steps: Readonly<Record<string, (page: Page) => Promise<void>>> = {
	"Run `npm start` and open the shop at `http://localhost:8788`.": async (page) => {
		await view(page, () => page.goto(shop.url));
	},
	"Open **Cennik**, the price list, three times, from the menu.": async (page) => {
		for (const _ of [1, 2, 3]) await menu(page, "Cennik");
		expect(await popup(page).count()).toBe(0);
	},
	"Open **Kosiarki akumulatorowe**: you have earned 30 points, are in the segment “Gotowi do zakupu”, and its pop-up opens with the code `WITAJ10`.":
		async (page) => {
			await menu(page, "Kosiarki akumulatorowe");
			await popup(page).getByText("WITAJ10").waitFor();
		},
	"Press Escape, and open **Porady** and then **Cennik** in another tab: it stays closed.": async (page) => {
		await page.keyboard.press("Escape");
		await popup(page).waitFor({ state: "detached" });
		const tab = await newPage();
		await view(tab, () => tab.goto(`${shop.url}/blog`));
		await menu(tab, "Cennik");
		expect(await popup(tab).count()).toBe(0);
		await tab.close();
	},
	"Open an article under **Porady** and read on: the next pop-up opens on the way down. Leave an address, agree, and send the form.":
		async (page) => {
			await menu(page, "Porady");
			await view(page, () => page.locator("main a[href*='/blog/']").first().click());
			await page.mouse.wheel(0, 20_000);
			const dialog = popup(page);
			await dialog.getByLabel("Adres e-mail").fill("ala@example.pl");
			await dialog.getByRole("checkbox").check();
			await dialog.getByRole("button", { name: "Zapisz mnie" }).click();
			await dialog.getByText("Dziękujemy!").waitFor();
		},
	"Open `http://localhost:8787/demo`: the shop beside an inspector that shows all of this and why, with visitors to try on and a clock to move.":
		async (page) => {
			expect((await page.goto(`${edge.url}/demo`))?.status()).toBe(200);
		},
};

describe("the first two minutes of the README", () => {
	test("are the ones that are tested here", () => {
		const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
		const section = readme.split("## The first two minutes")[1]?.split("\n## ")[0] ?? "";
		const written = Array.from(section.matchAll(/^\d+\. (.+)$/gm), ([, step]) => step);
		expect(written).toEqual(Object.keys(steps));
	});

	test("come true", async () => {
		const page = await newPage();
		for (const walk of Object.values(steps)) await walk(page);
		expect(complaints).toEqual([]);
	});

	test("are in D1 a moment later", async () => {
		const story = async () => {
			const events = await edge.db.prepare("SELECT name, count(*) AS n FROM events GROUP BY name").all();
			const counts = Object.fromEntries(events.results.map(({ name, n }) => [String(name), Number(n)]));
			const part = await edge.db
				.prepare(
					"SELECT tags ->> '$.CENNIK.count' AS cennik, tags ->> '$.POPUP_PODSTRONA_BLOG.count' AS form, proof FROM parts",
				)
				.first();
			const identity = await edge.db.prepare("SELECT identity FROM people").first("identity");
			return { counts, part, identity };
		};
		await soon(story).toMatchObject({
			counts: { "Form Submitted": 1, "Experience Shown": 2, "Experience Closed": 1 },
			part: { cennik: 4, form: 1, proof: "typed" },
			identity: "monitored",
		});
	});
});
