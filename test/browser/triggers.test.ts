// What an offer waits for before it opens: each trigger on a desktop and on a phone, where a finger does it.

import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Offer, Trigger } from "../../worker/protocol/experience.ts";
import {
	browser,
	complaints,
	dialog,
	events,
	newPage,
	offer,
	requests,
	say,
	seenBy,
	setUp,
	soon,
	stopClock,
	stub,
	withChunks,
} from "../support/host.ts";

setUp();

const devices = {
	desktop: { viewport: { width: 1280, height: 900 } },
	phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;

let context: BrowserContext;

/** Offers one thing that waits, on a page where time goes by as it is told, until it opens. */
async function waiting(trigger: Offer["trigger"], more: Partial<Offer> = {}, path = "/"): Promise<Page> {
	const { claim: _, ...unclaimed } = offer({ trigger, ...more });
	stub.show = ({ page }) => (page.url.endsWith("/bare") ? [] : [unclaimed]);
	const page = await newPage(context);
	await stopClock(page);
	await withChunks(page, ["popup", "triggers"], async () => {
		await page.goto(stub.page + path);
		await page.clock.runFor(1);
	});
	return page;
}

/** Nothing has fired: whatever does asks at once, and what is told after it, within a second, is sent after it. */
async function stays(page: Page): Promise<void> {
	const told = () => stub.received.findLast((one) => one.events.some(({ name }) => name === "Looked"));
	const before = told();
	await say(page, "track", "Looked");
	await page.clock.runFor(1_000);
	await soon(() => told() !== before).toBe(true);
	const view = told()?.page.view;
	expect(stub.received.filter(({ claims, page: of }) => claims && of.view === view)).toEqual([]);
}

async function opens(page: Page): Promise<void> {
	await page.clock.resume();
	await dialog(page).waitFor();
	expect(complaints).toEqual([]);
}

/** Hides the tab from its page as the browser does when another tab is looked at. */
async function away(page: Page, isAway: boolean): Promise<void> {
	await page.evaluate((hidden) => {
		Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
		Object.defineProperty(document, "visibilityState", {
			configurable: true,
			get: () => (hidden ? "hidden" : "visible"),
		});
		document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
	}, isAway);
}

/** A finger, or a wheel, moves the page to there. */
async function scrollTo(page: Page, top: number): Promise<void> {
	await page.evaluate(async (to) => {
		const scrolled = new Promise((done) => addEventListener("scroll", done, { once: true }));
		window.scrollTo(0, to);
		await scrolled;
	}, top);
}

/** A finger on the glass, which the browser turns into scrolling by itself. */
async function drag(page: Page, from: number, to: number, steps: number): Promise<void> {
	const devtools = await page.context().newCDPSession(page);
	const touch = (type: "touchStart" | "touchMove", y: number) =>
		devtools.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x: 195, y }] });
	await touch("touchStart", from);
	for (let step = 1; step <= steps; step++) await touch("touchMove", from + ((to - from) * step) / steps);
	await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
	await devtools.detach();
}

describe.each(Object.entries(devices))("on a %s", (device, options) => {
	beforeEach(async () => {
		context = await browser.newContext(options);
	});
	afterEach(() => context.close());

	test("presence counts the seconds on the page, and those of the visit before it", async () => {
		const page = await waiting({ kind: "presence", seconds: 40 });
		await page.clock.runFor(30_000);
		await stays(page);
		await page.clock.runFor(10_000);
		await opens(page);
		await page.close();
		const next = await waiting({ kind: "presence", seconds: 40, of: "visit" }, { visit: { seconds: 35 } });
		await next.clock.runFor(6_000);
		await opens(next);
	});

	test("a share of the page, and an element that came into view", async () => {
		const page = await waiting({ kind: "scroll", depth: 60 });
		await scrollTo(page, 500);
		await stays(page);
		await scrollTo(page, 2_600);
		await opens(page);
		await page.close();
		const other = await waiting({ kind: "seen", selector: "#late" });
		await other.evaluate(() => {
			const late = document.createElement("p");
			late.id = "late";
			late.textContent = "Opinie";
			document.body.append(late);
		});
		await other.clock.runFor(1_000);
		await stays(other);
		await scrollTo(other, 9_999);
		await opens(other);
	});

	test("a while without any input, counted anew by each", async () => {
		const page = await waiting({ kind: "idle", seconds: 30 });
		await page.clock.runFor(25_000);
		if (device === "phone") await page.touchscreen.tap(30, 400);
		else await page.mouse.move(100, 100);
		await page.clock.runFor(25_000);
		await stays(page);
		await away(page, true);
		await page.clock.runFor(60_000);
		await away(page, false);
		await stays(page);
		await page.clock.runFor(31_000);
		await opens(page);
	});

	test("so many pages of the visit, as the server counts them", async () => {
		const page = await waiting({ kind: "pages", n: 3 }, { visit: { pages: 2 } });
		await page.clock.runFor(5_000);
		await stays(page);
		await page.close();
		await opens(await waiting({ kind: "pages", n: 3 }, { visit: { pages: 3 } }));
	});

	test("a click on what a selector names, whose own doing goes on", async () => {
		const page = await waiting({ kind: "click", selector: "#button" });
		await page.evaluate(() => {
			document.body.addEventListener("click", (event) => event.stopPropagation());
			document.querySelector("#button")?.addEventListener("click", () => {
				document.title = "kliknięto";
			});
		});
		const at = "#button";
		await (device === "phone" ? page.tap("h1") : page.click("h1"));
		await stays(page);
		await (device === "phone" ? page.tap(at) : page.press(at, "Enter"));
		await opens(page);
		expect(await page.title()).toBe("kliknięto");
	});

	test("coming back to the tab, and not the first sight of it", async () => {
		const page = await waiting({ kind: "return" });
		await away(page, false);
		await stays(page);
		await away(page, true);
		await stays(page);
		await away(page, false);
		await opens(page);
	});

	test("copying text", async () => {
		const page = await waiting({ kind: "copy" });
		await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("p") as Element));
		if (device === "phone") await page.evaluate(() => document.execCommand("copy"));
		else await page.keyboard.press("ControlOrMeta+C");
		await opens(page);
	});

	test("an event that the page tells of, at once and of the right thing", async () => {
		const page = await waiting({ kind: "event", name: "Product Added", of: "kx-40" });
		await say(page, "track", "Product Viewed", { product_id: "kx-40" });
		await say(page, "track", "Product Added", { product_id: "kx-41" });
		await stays(page);
		await say(page, "track", "Product Added", { product_id: "kx-40" });
		await opens(page);
	});

	test("an event that the server made happen during the visit, asked for calmly and not for ever", async () => {
		const happened = [{ experience: "welcome", name: "Segment Entered", of: "keen" }];
		const page = await waiting({ kind: "event", name: "Segment Entered", of: "keen" });
		const asked = stub.received.length;
		// One by one: whoever still waits for an answer does not ask, and would only do so when as much time has passed again.
		const asksAgain = async (times: number) => {
			const answered = page.waitForResponse(/\/v1\/collect/);
			await page.clock.runFor(20_000);
			await requests(asked + times);
			await (await answered).finished();
			expect(stub.received.length).toBe(asked + times);
		};
		for (const times of [1, 2, 3]) await asksAgain(times);
		await away(page, true);
		await page.clock.runFor(60_000);
		await away(page, false);
		expect(stub.received.length).toBe(asked + 3);
		stub.news = () => ({ happened: [{ experience: "other", name: "Segment Entered", of: "keen" }] });
		await asksAgain(4);
		await stays(page);
		stub.news = () => ({ happened });
		await page.clock.runFor(20_000);
		await opens(page);
	});

	test("an event of an earlier page of the visit, as the server remembers it", async () => {
		const visit = { happened: [{ name: "Tag Added", of: "CENNIK" }] };
		await opens(await waiting({ kind: "event", name: "Tag Added", of: "CENNIK" }, { visit }));
	});

	test("the cart: that it changed, or came to so much, here or by what the server knows", async () => {
		const page = await waiting({ kind: "cart" });
		await say(page, "track", "Product Added", { product_id: "kx-40" });
		await opens(page);
		await page.close();
		const full: Trigger = { kind: "cart", from: 200 };
		const other = await waiting(full, { visit: { cart: 120 } });
		await say(other, "track", "Cart Updated", { value: 199.99 });
		await stays(other);
		await say(other, "track", "Cart Updated", { value: 200 });
		await opens(other);
		await other.close();
		const third = await waiting(full, { visit: { cart: 120 } });
		stub.news = () => ({ cart: 210 });
		await say(third, "track", "Cart Updated", { value: 50, currency: "EUR" });
		await third.clock.runFor(1_000);
		await opens(third);
		await third.close();
		await opens(await waiting(full, { visit: { cart: 230 } }));
	});

	test("all of several, in whatever order they come, or any of them", async () => {
		const page = await waiting({ all: [{ kind: "copy" }, { kind: "scroll", depth: 50 }] });
		await scrollTo(page, 3_000);
		await stays(page);
		await page.evaluate(() => document.dispatchEvent(new Event("copy")));
		await opens(page);
		await page.close();
		const other = await waiting({ any: [{ kind: "idle", seconds: 3_000 }, { kind: "copy" }] });
		await other.evaluate(() => document.dispatchEvent(new Event("copy")));
		await opens(other);
	});

	test("what is not known never opens anything, nor does a selector that is none, and nobody notices", async () => {
		const unknown = { kind: "mood", of: "good" } as unknown as Trigger;
		const page = await waiting({
			any: [unknown, { kind: "click", selector: "[[" }, { kind: "seen", selector: ":::" }],
		});
		await (device === "phone" ? page.tap("#button") : page.click("#button"));
		await scrollTo(page, 3_000);
		await page.clock.runFor(60_000);
		await stays(page);
		expect(complaints).toEqual([]);
		expect((await seenBy(page)).violations).toEqual([]);
	});

	test("an address that changed opens nothing, before anybody has been told of the route", async () => {
		const page = await waiting({ kind: "copy" });
		await page.evaluate(() => {
			history.pushState({}, "", "/bare");
			document.dispatchEvent(new Event("copy"));
		});
		await page.clock.runFor(2_000);
		await requests(2);
		await page.evaluate(() => document.dispatchEvent(new Event("copy")));
		await stays(page);
		expect(stub.received.flatMap(({ claims = [] }) => claims)).toEqual([]);
	});

	test("leaving, by the gesture of the device", async () => {
		const page = await waiting({ kind: "exit" });
		if (device === "phone") {
			const read = () => drag(page, 740, 120, 12);
			for (const _ of [1, 2, 3]) await read();
			await soon(() => page.evaluate(() => scrollY)).toBeGreaterThan(900);
			await drag(page, 120, 740, 8);
			// Nobody has read anything yet.
			await stays(page);
			await page.clock.runFor(6_000);
			await read();
			await drag(page, 300, 380, 8);
			// Looking back a little is not leaving.
			await stays(page);
			await read();
			await drag(page, 120, 740, 8);
		} else {
			await page.mouse.move(400, 300);
			await page.mouse.move(400, 4);
			await stays(page);
			await page.evaluate(() =>
				document.documentElement.dispatchEvent(new MouseEvent("mouseleave", { clientX: 400, clientY: -1 })),
			);
		}
		await opens(page);
		expect(events("Experience Closed")).toEqual([]);
	});
});

test("before consent, what the page tells of opens what it should, and nothing is sent of it", async () => {
	stub.consent = "ask";
	context = await browser.newContext(devices.desktop);
	const page = await waiting({ kind: "event", name: "Product Added" });
	const sent = stub.received.length;
	await say(page, "track", "Product Added", { product_id: "kx-40" });
	await opens(page);
	await page.clock.runFor(60_000);
	expect(stub.received.slice(sent).flatMap(({ events: told }) => told)).toEqual([]);
	await context.close();
});
