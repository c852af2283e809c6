// `window.witaj`, and what a link says for us.

import { describe, expect, test } from "vitest";
import {
	complaints,
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

describe("window.witaj", () => {
	test("identify says who it is, and with a token proves it, once", async () => {
		const page = await newPage();
		await page.goto(
			`${stub.page}/?early=${encodeURIComponent('"identify",{email:"ala@example.pl"},{token:"a.b.c"}')}`,
		);
		await soon(() => events("Identified").length).toBe(1);
		expect(events("Identified")[0]?.props).toEqual({ email: "ala@example.pl" });
		expect(stub.received[0]?.proof).toEqual({ kind: "jwt", token: "a.b.c" });
		await soon(async () => (await stored(page)).local).toEqual(["witaj.token"]);
		await say(page, "track", "Product Viewed");
		await soon(() => events("Product Viewed").length).toBe(1);
		expect(stub.received.filter((one) => one.proof)).toHaveLength(1);
	});

	test("reset says that whoever follows is another, and forgets what the last one could prove", async () => {
		const page = await newPage();
		stub.mood = "500";
		await page.goto(`${stub.page}/`);
		await requests(1);
		await say(page, "identify", { userId: "7" }, { token: "a.b.c" });
		await say(page, "reset");
		await soon(() => names(stub.received.length - 1)).toEqual(["Page Viewed", "Identified", "Reset"]);
		expect(stub.received.at(-1)?.proof).toBeUndefined();
	});

	test("page begins a page view, and a site that says so has no others", async () => {
		stub.own = true;
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await page.waitForFunction(() => "witaj" in window);
		await page.evaluate(() => history.pushState({}, "", "/step-1"));
		await say(page, "page", { step: 1, path: "/made-up" });
		await requests(1);
		await page.evaluate(() => history.pushState({}, "", "/step-2"));
		await say(page, "page");
		await soon(() => events("Page Viewed").map(({ props }) => props)).toEqual([
			{ path: "/step-1", url: `${stub.page}/step-1`, title: "Strona /", referrer: "", step: 1 },
			{ path: "/step-2", url: `${stub.page}/step-2`, title: "Strona /", referrer: `${stub.page}/step-1` },
		]);
	});

	test("on calls the page back, and what goes wrong there is the page's alone", async () => {
		stub.show = () => [offer()];
		const page = await newPage();
		await page.addInitScript(() => {
			const heard: unknown[] = [];
			const calls: unknown[] = [];
			const listen = (moment: string) => ["on", moment, (detail: unknown) => heard.push([moment, detail])];
			calls.push(
				[
					"on",
					"shown",
					() => {
						throw new Error("the page's own");
					},
				],
				["on", "shown", "no function"],
			);
			calls.push(...["decided", "shown", "closed"].map(listen));
			Object.assign(window, {
				heard,
				witaj: Object.assign((...call: unknown[]) => calls.push(call), { q: calls }),
			});
		});
		await page.goto(`${stub.page}/`);
		await dialog(page).waitFor();
		await page.keyboard.press("Escape");
		const of = { experience: "welcome", revision: 3 };
		await soon(() => page.evaluate(() => (window as unknown as { heard: unknown }).heard)).toEqual([
			["decided", { experiences: ["welcome"] }],
			["shown", of],
			["closed", { ...of, by: "escape" }],
		]);
		await soon(() => complaints).toEqual(["Error: the page's own"]);
	});

	test("called wrongly does nothing, and throws nothing", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		const calls = [
			[],
			["track"],
			["identify"],
			["identify", 5, 7],
			["identify", {}, { token: 5 }],
			["page", 5],
		];
		for (const call of [
			...calls,
			["on"],
			["consent"],
			["consent", "maybe"],
			["other", "denied"],
			[{}],
			[null, null],
		]) {
			await say(page, ...call);
		}
		await say(page, "track", "Last");
		await soon(() => events("Last").length).toBe(1);
		await soon(async () => (await stored(page)).local).toContain("witaj.token");
		expect(stub.received.every((one) => one.consent === "granted" && !one.proof)).toBe(true);
		expect(complaints).toEqual([]);
	});
});

describe("a link's proof", () => {
	test("leaves the address bar, is in no address that we send, and is sent until it was answered", async () => {
		stub.mood = "down";
		const page = await newPage();
		await page.goto(`${stub.page}/?a=1&wl=v1.link.mac&b=2`);
		await requests(1);
		await soon(() => page.url()).toBe(`${stub.page}/?a=1&b=2`);
		await page.click("#next");
		await soon(() => stub.received.at(-1)?.page.url).toBe(`${stub.page}/next`);
		const proofs = stub.received.map((one) => one.proof);
		expect(proofs.length).toBeGreaterThan(1);
		expect(new Set(proofs.map((proof) => JSON.stringify(proof)))).toEqual(
			new Set(['{"kind":"link","token":"v1.link.mac"}']),
		);
		stub.mood = "well";
		await page.reload();
		await soon(async () => (await stored(page)).local).toEqual(["witaj.token"]);
		for (const text of stub.texts) expect(JSON.stringify(JSON.parse(text).page)).not.toContain("v1.link");
	});

	test("of a confirmation waits for consent, and is stored nowhere before", async () => {
		const page = await newPage();
		await page.goto(`${stub.page}/?consent=ask&wc=once`);
		await requests(1);
		await soon(() => page.url()).toBe(`${stub.page}/?consent=ask`);
		expect(stub.texts[0]).not.toContain("once");
		expect(await stored(page)).toEqual(nothing);
		await say(page, "consent", "granted");
		await requests(2);
		expect(stub.received[1]?.proof).toEqual({ kind: "confirmed", token: "once" });
	});
});
