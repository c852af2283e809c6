// What a visitor has not allowed stays undone, and what is taken back is gone.

import { describe, expect, test } from "vitest";
import {
	anyId,
	dialog,
	events,
	names,
	newPage,
	nothing,
	offer,
	requests,
	say,
	setUp,
	soon,
	stored,
	stub,
} from "../support/host.ts";

setUp();

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
		await soon(async () => (await stored(page)).local).toEqual(["witaj.token"]);
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

	test("given in one tab it is given in the others, which send what they kept", async () => {
		stub.consent = "ask";
		const [first, second] = [await newPage(), await newPage()];
		await first.goto(`${stub.page}/`);
		await second.goto(`${stub.page}/next`);
		await requests(2);
		await say(first, "consent", "granted");
		await soon(() => events("Page Viewed").map(({ props }) => props?.path)).toEqual(["/", "/next"]);
	});

	test("taken back in one tab it is taken back in the others, and stays so", async () => {
		const [first, second] = [await newPage(), await newPage()];
		await first.goto(`${stub.page}/`);
		await soon(async () => (await stored(first)).local).toEqual(["witaj.token"]);
		await second.goto(`${stub.page}/next`);
		await requests(2);
		await say(first, "consent", "denied");
		await soon(() => stub.received.filter(({ consent }) => consent === "denied").length).toBe(2);
		expect(await stored(second)).toEqual({ ...nothing, local: ["witaj.consent"] });
	});

	test("a visitor whom only a cookie tells, of which no page knows, has refused nothing in any tab", async () => {
		const answer = stub.answer;
		stub.answer = (sent) => {
			const { token: _, ...unsaid } = answer(sent);
			return unsaid;
		};
		let open = () => {};
		stub.gate = new Promise((resolve) => {
			open = resolve;
		});
		const [first, second] = [await newPage(), await newPage()];
		await first.goto(`${stub.page}/`);
		await second.goto(`${stub.page}/next`);
		await requests(1);
		open();
		await requests(2);
		await say(second, "track", "Product Viewed");
		await soon(() => events("Product Viewed").length).toBe(1);
		expect(stub.received.map(({ consent }) => consent)).not.toContain("denied");
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
