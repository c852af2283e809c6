// The page that we are guests of: whatever happens to us, it must not notice.

import { describe, expect, test } from "vitest";
import {
	complaints,
	dialog,
	events,
	names,
	newPage,
	offer,
	receivedOf,
	requests,
	rests,
	say,
	seenBy,
	setUp,
	soon,
	stored,
	stub,
	wholeContext,
} from "../support/host.ts";
import type { Mood } from "../support/stub.ts";

setUp();

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
		// Of the page that was left, though the address bar shows the next by then.
		expect(stub.received[1]?.events[0]?.props).toMatchObject({ path: "/" });
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
		await soon(() => receivedOf("/next")).toBeDefined();
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
		// Not before it is left: it would try again in a while.
		stub.head = (path) => {
			if (path === "/next") stub.mood = "well";
			return "";
		};
		await page.click("#next");
		await soon(() => receivedOf("/next")?.events.map(({ name }) => name)).toEqual([
			"Page Viewed",
			"Page Left",
			"Page Viewed",
		]);
		expect(stub.seen.has(String(lost))).toBe(true);
		// The page knows, too: whoever leaves before the answer is in sends again, and is right to.
		await soon(async () => (await stored(page)).local).toEqual(["witaj.token"]);
		await page.goto(`${stub.page}/third`);
		await soon(() => receivedOf("/third")).toBeDefined();
		expect(receivedOf("/third")?.events.some((event) => event.id === lost)).toBe(false);
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
		await soon(async () => (await stored(page)).local).toEqual(["witaj.token"]);
		await page.goto("about:blank");
		await requests(2);
		expect(names(1)).toEqual(["Page Left"]);
	});

	test("keeps the page fit for the back/forward cache, and the return is a page view", async () => {
		stub.show = () => [offer({ trigger: { kind: "exit" } })];
		const page = await newPage(await wholeContext());
		await page.goto(`${stub.page}/`);
		await requests(1);
		await rests(page);
		await page.evaluate(() => Object.assign(window, { mine: true }));
		await page.click("#next");
		await page.waitForURL("**/next");
		await requests(2);
		await page.evaluate(() => history.back());
		await page.waitForFunction(() => "mine" in window);
		await soon(() => new Set(events("Page Viewed").map(({ id }) => id)).size).toBe(3);
		expect((await seenBy(page)).restored).toBe(true);
		const reasons = await page.evaluate(
			() => performance.getEntriesByType("navigation")[0]?.toJSON().notRestoredReasons,
		);
		expect(reasons).toBeNull();
		expect(complaints).toEqual([]);
	});
});
