// The README's first two minutes, word for word, on the real shop with the real edge, and what D1 holds of it; then the
// day of the shop's marketer, from signing in to the report of what the new pop-up brought.

import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { products } from "../shop/catalogue.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { violationsIn } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, demoAccount, publish, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { soon } from "../support/host.ts";
import type { Edge } from "../support/runtime.ts";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
let context: BrowserContext;
const complaints: string[] = [];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	const { key } = await publish(edge.url, "demo", settings, definitions);
	await setUp(edge.url, demoAccount);
	shop = await startShop({ port: 0, edge: edge.url, site: key });
	context = await browser.newContext({
		userAgent: chromeAgent,
		locale: "pl-PL",
		viewport: { width: 1280, height: 900 },
	});
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
	const answered = page.waitForResponse(
		(response) => response.url().endsWith("/v1/collect") && response.request().postDataJSON()?.decide,
	);
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
			await page.waitForLoadState();
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

describe("a marketer's day, in Polish", () => {
	const segment = "Czytają cennik";
	const offer = "Dziesięć procent dla ogrodników";
	const experience = "Rabat z cennika";
	const buyer = "ola@example.pl";
	let page: Page;
	const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
	const inDialog = (name: string) =>
		page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
	const goTo = async (name: string) => {
		await page.getByRole("navigation", { name: "Strony" }).getByRole("link", { name }).click();
		await page.getByRole("heading", { name, level: 1 }).waitFor();
	};
	const publish = async () => {
		await button("Opublikuj").click();
		await inDialog("Opublikuj");
		// It stays open for as long as nothing is live; what is said then may still be said of what was published before.
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await page.getByText("Opublikowano. Zadziała w ciągu kilku sekund.").last().waitFor();
	};

	beforeAll(async () => {
		context = await browser.newContext({ locale: "pl-PL", viewport: { width: 1440, height: 900 } });
		page = await newPage();
		page.setDefaultTimeout(20_000);
	});
	afterAll(async () => {
		await context.close();
		expect(complaints.filter((said) => !said.startsWith("Failed to load resource"))).toEqual([]);
	});

	test("begins at the door", async () => {
		await page.goto(`${edge.url}/admin`);
		await page.getByLabel("E-mail").fill(demoAccount.email);
		await page.getByLabel("Hasło").fill(demoAccount.password);
		await button("Zaloguj się").click();
		await page.getByRole("heading", { name: "Dziś", level: 1 }).waitFor();
	});

	test("makes a segment, and sees whom it counts and why", async () => {
		await goTo("Segmenty");
		await page.getByRole("link", { name: "Nowy segment" }).click();
		await page.getByRole("textbox", { name: "Nazwa" }).fill(segment);
		await button("Dodaj warunek").click();
		await page.getByRole("searchbox", { name: "O co chcesz zapytać?" }).fill("wyświetlona");
		await page.keyboard.press("Enter");
		await page.getByRole("combobox", { name: "Strona", exact: true }).fill("/cennik");
		await page.keyboard.press("Tab");
		// The visitor of the first two minutes.
		await page.getByText("1 osoba pasuje teraz").waitFor();
		await page
			.getByText(/^Wyświetlono stronę „\/cennik” co najmniej 1 raz/)
			.first()
			.waitFor();
		await page.getByText("Dlaczego").first().click();
		await page.getByText(/Spełnione: wyświetlono stronę „\/cennik”.* było 2 razy lub więcej/).waitFor();
		await button("Zapisz").click();
		await page.waitForURL(/segments\/czytaja-cennik/);
		await publish();
	});

	test("makes a pop-up of a template for the segment, and looks at it in the shop before anybody does", async () => {
		await goTo("Treści na stronie");
		await page.getByRole("link", { name: "Nowa treść" }).click();
		await page.getByRole("link", { name: /Newsletter z rabatem/ }).click();
		await page.getByLabel("Nazwa", { exact: true }).fill(experience);
		await page.locator(".editor-row-name", { hasText: "Nagłówek" }).first().click();
		await page.getByLabel("Tekst · Polski").fill(offer);
		await page.frameLocator(".editor-stage iframe").getByRole("heading", { name: offer }).waitFor();
		await page.getByText("Gdzie i kiedy").click();
		await page.getByLabel("Moment", { exact: true }).first().selectOption({ label: "Od razu" });
		await page.getByText("Dla kogo", { exact: true }).first().click();
		await page.getByLabel("Segment", { exact: true }).selectOption({ label: segment });
		await button("Zapisz").click();
		await page.waitForURL(/experiences\/rabat-z-cennika/);

		await button("Zobacz na stronie").click();
		await page.getByLabel("Adres strony").fill(`${shop.url}/`);
		await button("Utwórz link").click();
		const link = await page.getByRole("link", { name: "Otwórz stronę" }).getAttribute("href");
		const colleague = await browser.newPage({ userAgent: chromeAgent, locale: "pl-PL" });
		await colleague.goto(String(link));
		await colleague.getByRole("heading", { name: offer }).waitFor();
		await colleague.close();
		await page.keyboard.press("Escape");
		expect(await violationsIn(page)).toEqual([]);
	});

	test("publishes it, and the very next visitor of the price list is met, signs up and orders", async () => {
		await publish();
		const visitor = await browser.newPage({ userAgent: chromeAgent, locale: "pl-PL" });
		const met = visitor.getByRole("heading", { name: offer });
		await view(visitor, () => visitor.goto(`${shop.url}/cennik`));
		await met.waitFor();
		const dialog = visitor.getByRole("dialog");
		await dialog.getByRole("textbox").first().fill(buyer);
		await dialog.getByRole("checkbox").check();
		await dialog.getByRole("button", { name: "Odbieram rabat" }).click();
		await dialog.getByText("START10").waitFor();
		await dialog.getByRole("button", { name: "Wracam do zakupów" }).click();

		await view(visitor, () => visitor.goto(`${shop.url}/p/${products[0]?.slug}`));
		await visitor.getByRole("button", { name: "Dodaj do koszyka" }).first().click();
		await view(visitor, () => visitor.goto(`${shop.url}/zamowienie`));
		const data = { email: buyer, name: "Ola Nowak", phone: "600100200", street: "Długa 1" };
		for (const [name, value] of Object.entries({ ...data, postcode: "30-001", city: "Kraków" }))
			await visitor.locator(`[name="${name}"]`).fill(value);
		await view(visitor, () => visitor.getByRole("button", { name: "Zamawiam i płacę" }).last().click());
		await visitor.getByText("Dziękujemy za zamówienie!").waitFor();
		await visitor.close();
	});

	test("reads in the report what the pop-up brought", async () => {
		// What the cells know is in the database a moment later.
		const ordered = edge.db.prepare("SELECT count(*) AS n FROM events WHERE name = 'Order Completed'");
		await soon(() => ordered.first("n")).toBe(1);
		await goTo("Raporty");
		await page.getByRole("link", { name: "Treści na stronie" }).last().click();
		await expect
			.poll(async () => {
				await page.reload();
				await page.getByRole("link", { name: experience }).click();
				const steps = page.getByRole("list").filter({ hasText: "Zamówienie po kliknięciu" });
				await steps.waitFor();
				const counts = await steps.getByRole("listitem").locator("strong").allInnerTexts();
				await page.goBack();
				return counts;
			})
			.toEqual(["1", "1", "1", "1"]);
	});

	test("and on the card who it was, what happened, and why", async () => {
		await goTo("Osoby");
		await page.getByRole("searchbox").fill(buyer);
		await page.waitForURL(/q=/);
		await page.getByRole("link", { name: buyer }).click();
		await page.getByRole("heading", { name: buyer, level: 1 }).waitFor();
		await page.getByText(`Pokazano treść na stronie: „${experience}”, „/cennik”.`).waitFor();
		await page
			.getByText(/Złożono zamówienie: „ZK-.*, 899\szł/)
			.first()
			.waitFor();
		await button(`Dlaczego: ${segment}`).click();
		await page
			.getByRole("dialog")
			.getByText(/Wyświetlono stronę „\/cennik”/)
			.first()
			.waitFor();
		expect(await violationsIn(page)).toEqual([]);
	});
});
