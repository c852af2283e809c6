// The page that we are guests of: whatever happens to us, it must not notice. And what a visitor has not allowed
// stays undone.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Offer } from "../../worker/protocol/experience.ts";
import { launch } from "../support/chromium.ts";
import { type Mood, type Stub, startStub } from "../support/stub.ts";

let browser: Browser;
let stub: Stub;
let context: BrowserContext;
let complaints: string[];

beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
	stub = await startStub();
	context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	complaints = [];
});
afterEach(async () => {
	await context.close();
	await stub.stop();
});

/** A page that writes down what it has to complain of. A request that failed is the browser's own remark. */
async function newPage(from: BrowserContext = context): Promise<Page> {
	const page = await from.newPage();
	page.on("console", (message) => {
		if (!message.text().startsWith("Failed to load resource")) complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
	await page.addInitScript(() => {
		const seen = { shift: 0, violations: [] as string[], restored: false, largest: "" };
		Object.assign(window, { seen });
		addEventListener("securitypolicyviolation", (event) =>
			seen.violations.push(`${event.violatedDirective} ${event.sourceFile}`),
		);
		addEventListener("pageshow", (event) => {
			seen.restored = event.persisted;
		});
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				const { value, hadRecentInput } = entry.toJSON();
				if (!hadRecentInput) seen.shift += value;
			}
		}).observe({ type: "layout-shift", buffered: true });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				seen.largest =
					("element" in entry && entry.element instanceof Element && entry.element.tagName) || "";
			}
		}).observe({ type: "largest-contentful-paint", buffered: true });
	});
	return page;
}

interface Seen {
	readonly shift: number;
	readonly violations: string[];
	readonly restored: boolean;
	/** Tag of the element that was the page's largest paint; none for what is in a shadow root. */
	readonly largest: string;
}

const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
const stored = (page: Page) =>
	page.evaluate(async () => ({
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage),
		cookies: document.cookie,
		databases: (await indexedDB.databases()).length,
	}));
const nothing = { local: [], session: [], cookies: "", databases: 0 };
const say = (page: Page, ...command: unknown[]) =>
	page.evaluate((parts) => {
		(window as unknown as { witaj: (...parts: unknown[]) => void }).witaj(...parts);
	}, command);

const soon: typeof expect.poll = (look) => expect.poll(look, { timeout: 8_000 });
const requests = (count: number) => soon(() => stub.received.length).toBeGreaterThanOrEqual(count);
const names = (index: number) => stub.received[index]?.events.map((event) => event.name);
const events = (name: string) =>
	stub.received.flatMap((one) => one.events.filter((event) => event.name === name));
/** Ids as we make them. */
const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-7/;

function offer(change: Partial<Offer> = {}): Offer {
	return {
		experience: "welcome",
		revision: 3,
		kind: "popup",
		trigger: { kind: "at-once" },
		language: "pl",
		theme: { accent: "#1f6f4a", radius: 16 },
		popup: {
			label: "Oferta na wiosnę",
			blocks: [
				{ kind: "image", src: `${stub.edge}/picture.svg`, alt: "Ogród", width: 864, height: 400 },
				{ kind: "heading", text: "Dziesięć procent taniej" },
				{ kind: "text", text: "Na pierwsze zamówienie." },
				{ kind: "coupon", code: "WIOSNA10", label: "Twój kod" },
				{
					kind: "form",
					fields: ["email", "name"],
					consent: { purpose: "newsletter", wording: "Zgadzam się na newsletter.", version: "v1" },
					submit: "Zapisz mnie",
					thanks: [{ kind: "heading", text: "Dziękujemy" }],
				},
				{ kind: "button", text: "Zobacz kosiarki", link: "/next" },
			],
		},
		claim: "granted-with-the-answer",
		...change,
	};
}

const dialog = (page: Page) => page.getByRole("dialog", { name: "Oferta na wiosnę" });

describe("the page with the edge", () => {
	const moods: Mood[] = ["down", "hanging", "500", "html", "garbage", "wrong-shapes", "refusing"];
	test.each(moods)("%s: no complaint, no broken link, no layout shift", async (mood) => {
		stub.mood = mood;
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		await say(page, "track", "Product Viewed", { price: 12 });
		await page.mouse.wheel(0, 600);
		await page.click("#next");
		await page.waitForURL("**/next");
		await requests(2);
		expect(complaints).toEqual([]);
		expect((await seenBy(page)).shift).toBe(0);
		expect(await page.locator("witaj-popup").count()).toBe(0);
	});

	test("without any storage: it is told of the visit, and nobody complains", async () => {
		const page = await newPage();
		await page.addInitScript(() => {
			for (const name of ["localStorage", "sessionStorage"]) {
				Object.defineProperty(window, name, {
					get: () => {
						throw new DOMException("denied", "SecurityError");
					},
				});
			}
		});
		await page.goto(`${stub.page}/`);
		await requests(1);
		expect(names(0)).toEqual(["Page Viewed"]);
		expect(complaints).toEqual([]);
	});
});

describe("one request", () => {
	test("from the script to what is shown, and it is never preflighted", async () => {
		stub.show = () => [offer()];
		const page = await newPage();
		const methods: string[] = [];
		page.on("request", (request) => {
			if (request.url().includes("/v1/")) methods.push(request.method());
		});
		await page.goto(`${stub.page}/?utm_source=list#top`);
		await dialog(page).waitFor();
		expect(methods).toEqual(["POST"]);
		const [sent] = stub.received;
		expect(names(0)).toEqual(["Page Viewed"]);
		expect(sent?.events[0]?.props).toEqual({
			path: "/",
			url: `${stub.page}/?utm_source=list`,
			title: "Strona /",
			referrer: "",
		});
		expect(sent?.page.view).toBe(sent?.events[0]?.id);
		expect(sent?.page).toMatchObject({ referrer: "", language: "pl", visible: true });
	});

	test("counts a route of a single-page site, and neither its fragments nor a reload at once", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		await page.evaluate(() => history.pushState({}, "", "#section"));
		await page.evaluate(() => history.pushState({}, "", "/route?size=2"));
		await requests(2);
		expect(names(1)).toEqual(["Page Left", "Page Viewed"]);
		expect(stub.received[1]?.page).toMatchObject({
			url: `${stub.page}/route?size=2`,
			referrer: `${stub.page}/`,
		});
		await page.reload();
		await soon(() => events("Page Reloaded").length).toBe(1);
		expect(new Set(events("Page Viewed").map((event) => event.id)).size).toBe(2);
	});

	test("takes commands that were given before the script was there", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/?early=${encodeURIComponent('"track","Product Viewed",{sku:"K1"}')}`);
		await requests(1);
		expect(names(0)?.sort()).toEqual(["Page Viewed", "Product Viewed"]);
	});

	test("takes the staff's mark out of the address bar, keeps it and drops it again", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/?a=1&witaj-staff=mark.sig&b=2`);
		await requests(1);
		expect(page.url()).toBe(`${stub.page}/?a=1&b=2`);
		expect(stub.texts[0]).not.toContain("witaj-staff");
		await page.goto(`${stub.page}/next`);
		await soon(() => stub.received.at(-1)?.page.url).toBe(`${stub.page}/next`);
		expect(stub.received.every((one) => one.staff === "mark.sig")).toBe(true);
		await page.goto(`${stub.page}/?witaj-staff=off`);
		await soon(() => stub.received.at(-1)?.staff).toBeUndefined();
	});
});

describe("the queue", () => {
	test("survives the page: what could not be sent arrives from the next page, once", async () => {
		stub.mood = "down";
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		const lost = stub.received[0]?.events[0]?.id;
		stub.mood = "well";
		await page.click("#next");
		await soon(() => names(stub.received.length - 1)).toEqual(["Page Viewed", "Page Left", "Page Viewed"]);
		expect(stub.seen.has(String(lost))).toBe(true);
		await page.goto(`${stub.page}/third`);
		await soon(() => stub.received.at(-1)?.page.url).toBe(`${stub.page}/third`);
		expect(stub.received.at(-1)?.events.some((event) => event.id === lost)).toBe(false);
	});

	test("makes one visitor of two tabs that are opened at once", async () => {
		let open = () => {};
		stub.gate = new Promise((resolve) => {
			open = resolve;
		});
		const tabs = await Promise.all([newPage(), newPage()]);
		await Promise.all(tabs.map((tab) => tab.goto(`${stub.page}/`)));
		await requests(1);
		open();
		await requests(2);
		expect(stub.received.map((one) => one.token)).toEqual([undefined, "token-1"]);
		expect(new Set(stub.seen.values())).toEqual(new Set(["token-1"]));
	});

	test("leaves with the page when no page of ours follows", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		await soon(async () => (await stored(page)).local).toEqual(["witaj"]);
		await page.goto("about:blank");
		await requests(2);
		expect(names(1)).toEqual(["Page Left"]);
	});

	test("keeps the page fit for the back/forward cache, and the return is a page view", async () => {
		stub.show = () => [offer({ trigger: { kind: "exit" } })];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		await page.evaluate(() => Object.assign(window, { mine: true }));
		await page.click("#next");
		await page.waitForURL("**/next");
		await requests(2);
		await page.evaluate(() => history.back());
		await page.waitForFunction(() => "mine" in window);
		await requests(3);
		expect((await seenBy(page)).restored).toBe(true);
		const reasons = await page.evaluate(
			() => performance.getEntriesByType("navigation")[0]?.toJSON().notRestoredReasons,
		);
		expect(reasons).toBeNull();
		expect(names(2)).toContain("Page Viewed");
		expect(complaints).toEqual([]);
	});
});

describe("consent", () => {
	test("before it nothing is stored and no id is on the wire; with it the page is sent as it was", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/?consent=ask&utm_campaign=wiosna`, { referer: "https://www.google.com/" });
		await requests(1);
		await say(page, "track", "Product Viewed", { sku: "K1" });
		await page.evaluate(() => history.pushState({}, "", "#more"));
		expect(stub.texts[0]).not.toMatch(anyId);
		expect(stub.received[0]).toMatchObject({ consent: "required", decide: true, events: [] });
		expect(await stored(page)).toEqual(nothing);
		await say(page, "consent", "granted");
		await requests(2);
		expect(stub.received[1]).toMatchObject({ consent: "granted", decide: true });
		expect(stub.received[1]?.page).toMatchObject({
			url: `${stub.page}/?consent=ask&utm_campaign=wiosna`,
			referrer: "https://www.google.com/",
		});
		expect(names(1)).toEqual(["Page Viewed", "Product Viewed"]);
		expect(stub.received[1]?.page.view).toBe(stub.received[1]?.events[0]?.id);
	});

	test("on a later page an empty referrer is unknown, never direct", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/?plain`);
		await page.goto(`${stub.page}/?consent=ask`);
		await requests(1);
		expect(stub.received[0]?.page).not.toHaveProperty("referrer");
	});

	test("refused on arrival: nothing is asked and nothing is stored", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/?consent=denied`);
		await page.waitForFunction(() => "witaj" in window);
		await page.goto(`${stub.page}/next?consent=granted`);
		await requests(1);
		expect(stub.received[0]?.page.url).toContain("/next");
	});

	test("taken back: all that is ours goes but the refusal itself, and the server is told once", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await soon(async () => (await stored(page)).local).toEqual(["witaj"]);
		await say(page, "consent", "denied");
		await requests(2);
		expect(stub.received[1]).toMatchObject({
			consent: "denied",
			token: "token-1",
			events: [],
			decide: false,
		});
		expect(stub.received[1]?.page).not.toHaveProperty("view");
		expect(await stored(page)).toEqual({ ...nothing, local: ["witaj.consent"] });
		await say(page, "track", "Product Viewed");
		await page.goto(`${stub.page}/next`);
		await page.waitForFunction(() => "witaj" in window);
		await page.goto("about:blank");
		expect(stub.received).toHaveLength(2);
	});

	test("Global Privacy Control is stricter than any banner", async () => {
		const page = await newPage();
		await page.addInitScript(() => {
			Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
		});
		await page.goto(`${stub.page}/?consent=granted`);
		await page.waitForFunction(() => "witaj" in window);
		await say(page, "consent", "granted");
		expect(await stored(page)).toEqual(nothing);
		await page.goto("about:blank");
		expect(stub.received).toHaveLength(0);
	});

	test("a pop-up shown without it needs no claim, and does not come back in this document", async () => {
		stub.show = ({ consent }) => {
			const { claim: _, ...unclaimed } = offer();
			return consent === "required" ? [unclaimed] : [];
		};
		const page = await newPage();
		await page.goto(`${stub.page}/?consent=ask`);
		await dialog(page).waitFor();
		await page.keyboard.press("Escape");
		await dialog(page).waitFor({ state: "detached" });
		await page.evaluate(() => history.pushState({}, "", "/route"));
		await requests(2);
		expect(stub.received.flatMap((one) => one.claims ?? [])).toEqual([]);
		expect(await stored(page)).toEqual(nothing);
		expect(await dialog(page).count()).toBe(0);
	});
});

describe("the pop-up", () => {
	test("works under a strict policy with Trusted Types, and the page neither moves nor is outpainted", async () => {
		stub.show = ({ page }) => (page.url.includes("csp") ? [offer()] : []);
		await context.grantPermissions(["clipboard-write"]);
		const page = await newPage();
		await page.goto(`${stub.page}/?csp`);
		await dialog(page).waitFor();
		await page.locator("witaj-popup img.loaded").waitFor();
		await page.getByRole("button", { name: "Kopiuj: WIOSNA10" }).click();
		await page.getByRole("status").filter({ hasText: "Skopiowano" }).waitFor();
		await page.getByLabel("Adres e-mail").fill("ola@example.com");
		await page.getByLabel("Zgadzam się na newsletter.").check();
		await page.getByRole("button", { name: "Zapisz mnie" }).click();
		await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
		expect(await page.evaluate(() => document.querySelectorAll("[style], style").length)).toBe(0);
		const { violations, shift, largest } = await seenBy(page);
		expect({ violations, shift, largest }).toEqual({ violations: [], shift: 0, largest: "H1" });
		await page.getByRole("link", { name: "Zobacz kosiarki" }).click();
		await page.waitForURL("**/next");
		await soon(() => events("Experience Clicked")[0]?.props).toEqual({
			experience: "welcome",
			revision: 3,
			link: "/next",
		});
		expect(events("Form Submitted").map((event) => event.props)).toEqual([
			{
				experience: "welcome",
				revision: 3,
				email: "ola@example.com",
				consent: "newsletter",
				wording: "Zgadzam się na newsletter.",
				version: "v1",
			},
		]);
		expect(complaints).toEqual([]);
	});

	test("is used by keyboard alone, keeps the focus, and gives it back", async () => {
		stub.show = () => [offer({ trigger: { kind: "scroll", depth: 50 } })];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		await page.focus("#button");
		await page.keyboard.press("PageDown");
		await page.keyboard.press("PageDown");
		await page.keyboard.press("End");
		await dialog(page).waitFor();
		const focused = () =>
			page.evaluate(() => {
				const inner = document.activeElement?.shadowRoot?.activeElement;
				return inner?.getAttribute("aria-label") ?? inner?.getAttribute("name") ?? inner?.textContent;
			});
		const round: unknown[] = [];
		for (let step = 0; step < 8; step++) {
			await page.keyboard.press("Tab");
			round.push(await focused());
		}
		const stops = [
			"Zamknij",
			"Kopiuj: WIOSNA10",
			"name",
			"email",
			"consent",
			"Zapisz mnie",
			"Zobacz kosiarki",
		];
		expect(round).toEqual([...stops, "Zamknij"]);
		await page.keyboard.press("Shift+Tab");
		expect(await focused()).toBe("Zobacz kosiarki");
		await page.keyboard.press("Escape");
		await dialog(page).waitFor({ state: "detached" });
		expect(await page.evaluate(() => document.activeElement?.id)).toBe("button");
		await page.click("#next");
		await soon(() => events("Experience Closed")[0]?.props).toEqual({
			experience: "welcome",
			revision: 3,
			by: "escape",
		});
	});

	test("closes by its button and by a click outside, and says which", async () => {
		stub.show = () => [offer()];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await page.getByRole("button", { name: "Zamknij" }).click();
		await dialog(page).waitFor({ state: "detached" });
		await page.click("#next");
		await dialog(page).waitFor();
		await page.mouse.click(20, 400);
		await dialog(page).waitFor({ state: "detached" });
		await page.goto("about:blank");
		await soon(() => events("Experience Closed").map((event) => event.props?.by)).toContain("outside");
		expect(events("Experience Closed")[0]?.props?.by).toBe("button");
	});

	test("keeps what was typed when the server cannot be reached, and counts one submit when it can", async () => {
		stub.show = () => [offer()];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await dialog(page).waitFor();
		await page.getByRole("button", { name: "Zapisz mnie" }).click();
		await page.getByText("Wpisz adres e-mail.").waitFor();
		await page.getByLabel("Adres e-mail").fill("ola@example.com");
		await page.getByRole("button", { name: "Zapisz mnie" }).click();
		await page.getByText("Zaznacz zgodę").waitFor();
		await page.getByLabel("Zgadzam się na newsletter.").check();
		stub.mood = "down";
		await page.getByRole("button", { name: "Zapisz mnie" }).click();
		await page.getByText("Sprawdź połączenie").waitFor();
		expect(await page.getByLabel("Adres e-mail").inputValue()).toBe("ola@example.com");
		expect(JSON.stringify(await page.evaluate(() => ({ ...localStorage })))).not.toContain("ola@");
		stub.mood = "well";
		await page.getByRole("button", { name: "Zapisz mnie" }).click();
		await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
		expect(new Set(events("Form Submitted").map((event) => event.id)).size).toBe(1);
		expect(complaints).toEqual([]);
	});

	test("asks before it opens, and opens only when that is granted", async () => {
		const { claim: _, ...unclaimed } = offer();
		stub.show = () => [unclaimed];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await dialog(page).waitFor();
		expect(stub.received[1]).toMatchObject({ decide: false, claims: [{ experience: "welcome" }] });
		stub.grants = false;
		await page.goto(`${stub.page}/next`);
		await soon(() => stub.received.flatMap((one) => one.claims ?? []).length).toBe(2);
		await say(page, "track", "Product Viewed");
		await soon(() => events("Product Viewed").length).toBe(1);
		expect(await dialog(page).count()).toBe(0);
	});

	test("opens when the mouse leaves through the top, and not for a page view that is over", async () => {
		stub.show = ({ page }) => (page.url.endsWith("/route") ? [] : [offer({ trigger: { kind: "exit" } })]);
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		const leave = () =>
			page.evaluate(() =>
				document.documentElement.dispatchEvent(new MouseEvent("mouseleave", { clientX: 300, clientY: -1 })),
			);
		await page.evaluate(() => history.pushState({}, "", "/route"));
		await requests(2);
		await leave();
		expect(await dialog(page).count()).toBe(0);
		await page.evaluate(() => history.pushState({}, "", "/again"));
		await requests(3);
		await soon(async () => {
			await leave();
			return dialog(page).count();
		}).toBe(1);
	});

	test("opens on a phone when a finger sends the page up fast after reading", async () => {
		stub.show = () => [offer({ trigger: { kind: "exit" } })];
		const phone = await browser.newContext({
			viewport: { width: 390, height: 844 },
			isMobile: true,
			hasTouch: true,
		});
		const page = await newPage(phone);
		await page.clock.install();
		await page.goto(`${stub.page}/`);
		await page.waitForResponse((response) => response.url().includes("/w/popup"));
		const scrollTo = (top: number) =>
			page.evaluate(async (to) => {
				const scrolled = new Promise((done) => addEventListener("scroll", done, { once: true }));
				window.scrollTo(0, to);
				await scrolled;
			}, top);
		for (const top of [300, 900, 1500]) await scrollTo(top);
		await page.clock.runFor(6_000);
		await scrollTo(0);
		expect(await dialog(page).count()).toBe(0);
		await page.clock.runFor(1_000);
		for (const top of [1500]) await scrollTo(top);
		await page.clock.runFor(1_000);
		for (const top of [1400, 1200, 900]) await scrollTo(top);
		await dialog(page).waitFor();
		await phone.close();
	});

	test("waits for the seconds that the visitor is really there", async () => {
		stub.show = () => [offer({ trigger: { kind: "presence", seconds: 90 } })];
		const page = await newPage();
		await page.clock.install();
		await page.goto(`${stub.page}/`);
		await page.waitForResponse((response) => response.url().includes("/w/popup"));
		await page.clock.runFor(120_000);
		expect(await dialog(page).count()).toBe(0);
		await page.mouse.move(200, 200);
		await page.clock.runFor(31_000);
		await dialog(page).waitFor();
	});
});
