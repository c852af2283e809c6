// What stands within the page: in its place without moving anything, whatever the page does there.

import { build } from "esbuild";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Offer } from "../../worker/protocol/experience.ts";
import { examine } from "../support/axe.ts";
import {
	browser,
	complaints,
	context,
	events,
	newPage,
	offer,
	requests,
	rests,
	say,
	seenBy,
	setUp,
	soon,
	stub,
	wholeContext,
	withChunks,
} from "../support/host.ts";

setUp();

type Place = Extract<Offer["surface"], { kind: "inline" }>["place"];

function banner(place: Place, change: Partial<Offer> = {}): Offer {
	return offer({
		experience: "spring",
		kind: "banner",
		surface: { kind: "inline", place },
		content: {
			label: "Wiosna",
			blocks: [
				{ kind: "heading", text: "Wiosna w ogrodzie" },
				{ kind: "button", text: "Zobacz nowości", link: "/next" },
			],
		},
		...change,
	});
}

const hero = '<section id="hero" class="place" data-witaj="hero"><b>Co sklep ma sam</b></section>';
const region = (page: Page) => page.getByRole("region", { name: "Wiosna" });
const own = (page: Page) => page.getByText("Co sklep ma sam");
/** Told again and again: what the page notes goes along with what it says next. */
const missedBy = (page: Page) => async () => {
	await say(page, "track", "Product Viewed");
	return events("Experience Missed").map((event) => event.props?.why);
};

/** On a busy machine anything may be late: here the clock stands, and goes on when it is told to. */
async function still(page: Page): Promise<(ms: number) => Promise<void>> {
	const now = Date.now();
	await page.clock.setFixedTime(now);
	return (ms) => page.clock.setFixedTime(now + ms);
}

async function opened(
	body: string,
	shown: Offer,
	query = "",
	within = context,
	go: (page: Page, url: string) => Promise<unknown> = (page, url) => page.goto(url),
): Promise<Page> {
	stub.body = () => body;
	stub.show = ({ page }) => (page.url.endsWith("/route") ? [] : [shown]);
	const page = await newPage(within);
	await still(page);
	await go(page, `${stub.page}/${query}`);
	return page;
}

describe("within the page", () => {
	test.each([
		["in a slot, in place of what the page has there", { slot: "hero" }, hero],
		["instead of an element", { selector: "#hero", put: "instead" }, hero],
		["in an empty slot", { slot: "hero" }, '<div id="hero" class="place" data-witaj="hero"></div>'],
		["inside an element with room", { selector: "#hero", put: "inside" }, hero],
	] as const)(
		"%s: nothing moves, under a strict policy, and it is readable for all",
		async (_, place, body) => {
			const page = await opened(body, banner(place), "?csp");
			await region(page).waitFor();
			const inside = "put" in place && place.put === "inside";
			expect(await own(page).isVisible()).toBe(inside);
			expect(await page.evaluate(() => document.querySelector("#hero")?.getBoundingClientRect().height)).toBe(
				240,
			);
			await soon(() => seenBy(page)).toMatchObject({ violations: [], shift: 0, largest: "H1" });
			const { wrong, well } = await examine(page, "#hero", { asksForWell: true });
			expect(wrong).toEqual([]);
			expect(well.get("color-contrast")).toContain(".button");
			expect(complaints).toEqual([]);
		},
	);

	test("it takes no focus, is reached where it stands, and leaves with the page view", async () => {
		const page = await opened(`<a id="before" href="/next">Przed</a>${hero}`, banner({ slot: "hero" }));
		await region(page).waitFor();
		expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
		await page.focus("#before");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await page.waitForURL("**/next");
		await soon(() => events("Experience Clicked").length).toBe(1);
		await region(page).waitFor();
		await page.evaluate(() => history.pushState({}, "", "/route"));
		await own(page).waitFor();
		expect(await region(page).count()).toBe(0);
		expect((await seenBy(page)).shift).toBe(0);
	});

	test("after 300 ms the page keeps what it has, and the site is told", async () => {
		const gate = Promise.withResolvers<void>();
		stub.gate = gate.promise;
		stub.body = () => hero;
		stub.show = () => [banner({ slot: "hero" })];
		const page = await newPage();
		const passes = await still(page);
		await page.goto(`${stub.page}/`);
		await requests(1);
		await passes(301);
		gate.resolve();
		await soon(missedBy(page)).toEqual(["too-late"]);
		expect(await own(page).isVisible()).toBe(true);
		expect(await region(page).count()).toBe(0);
	});

	test("what has no room leaves the page its own, or waits until nobody sees it move", async () => {
		const small = '<div class="small" data-witaj="hero"><b>Co sklep ma sam</b></div>';
		const page = await opened(small, banner({ slot: "hero" }));
		await soon(missedBy(page)).toEqual(["no-room"]);
		expect(await own(page).isVisible()).toBe(true);
		stub.show = () => [banner({ selector: "#next", put: "before" })];
		await withChunks(page, ["inline"], () => page.goto(`${stub.page}/next`));
		// Places are tried in a task of their own.
		await page.evaluate(() => new Promise((done) => setTimeout(done)));
		expect(await region(page).count()).toBe(0);
		await page.mouse.wheel(0, 2_000);
		await region(page).waitFor();
		expect((await seenBy(page)).shift).toBe(0);
	});

	test("what stands below what is seen is there when the visitor comes to it", async () => {
		const page = await opened("", banner({ selector: "#long", put: "after" }));
		await region(page).waitFor({ state: "attached" });
		await page.keyboard.press("End");
		await region(page).waitFor();
		expect((await seenBy(page)).shift).toBe(0);
	});

	test("a place that comes later is found, and one that the page draws anew gets it back", async () => {
		const page = await opened('<main id="main"></main>', banner({ slot: "hero" }), "", context, (page, url) =>
			withChunks(page, ["inline"], () => page.goto(url)),
		);
		const draw = () =>
			page.evaluate(() => {
				const drawn = document.createElement("section");
				drawn.className = "place";
				drawn.dataset.witaj = "hero";
				drawn.append(Object.assign(document.createElement("b"), { textContent: "Co sklep ma sam" }));
				document.querySelector("#main")?.replaceChildren(drawn);
			});
		for (let time = 0; time < 3; time++) {
			await draw();
			await region(page).waitFor();
			expect(await own(page).isVisible()).toBe(false);
		}
		// Whoever takes it away for ever gets their way.
		for (let time = 0; time < 12; time++) await draw();
		await own(page).waitFor();
		expect(complaints).toEqual([]);
	});

	test("a page that is hydrated afterwards finds all as it left it, and cannot drop it", async () => {
		const page = await opened(`<div id="app"><main>${hero}<p>0</p></main></div>`, banner({ slot: "hero" }));
		await region(page).waitFor();
		await page.evaluate(() => {
			Object.assign(window, { before: document.querySelector("#hero b") });
		});
		const { outputFiles } = await build({
			stdin: {
				contents: `
					import { h, hydrate } from "preact";
					const app = (n) => h("main", null, h("section", { id: "hero", class: "place", "data-witaj": "hero",
						key: n > 1 ? n : 0 }, h("b", null, "Co sklep ma sam")), h("p", null, n));
					const at = document.querySelector("#app");
					hydrate(app(0), at);
					window.draw = (n) => hydrate(app(n), at);`,
				resolveDir: import.meta.dirname,
			},
			bundle: true,
			write: false,
			format: "iife",
		});
		await page.evaluate(outputFiles?.[0]?.text ?? "");
		const draw = (n: number) =>
			page.evaluate((to) => (window as unknown as { draw: (n: number) => void }).draw(to), n);
		await draw(1);
		expect(
			await page.evaluate(
				() => (window as unknown as { before: Element }).before === document.querySelector("#hero b"),
			),
		).toBe(true);
		expect(await region(page).isVisible()).toBe(true);
		await draw(2);
		expect(await page.locator("p").first().textContent()).toBe("2");
		await region(page).waitFor();
		expect(await own(page).isVisible()).toBe(false);
		expect(complaints).toEqual([]);
	});

	test("a page that is left and come back to is alive in the back/forward cache, with it in its place", async () => {
		const page = await opened(hero, banner({ slot: "hero" }), "", await wholeContext());
		await region(page).waitFor();
		await rests(page);
		await page.goto(`${stub.page}/route`);
		await page.evaluate(() => history.back());
		await soon(async () => (await seenBy(page)).restored).toBe(true);
		await region(page).waitFor();
		expect(complaints).toEqual([]);
	});

	test("beside a pop-up, and on a phone as wide as its place", async () => {
		stub.body = () => hero;
		stub.show = () => [offer(), banner({ slot: "hero" })];
		const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true });
		const page = await newPage(phone);
		await still(page);
		await page.goto(`${stub.page}/`);
		await page.getByRole("dialog").waitFor();
		await page.keyboard.press("Escape");
		await region(page).waitFor();
		const widths = await page.evaluate(() =>
			["#hero", "h1"].map((selector) => document.querySelector(selector)?.clientWidth),
		);
		expect(widths[0]).toBe(widths[1]);
		expect((await region(page).boundingBox())?.width).toBe(widths[0]);
		await phone.close();
	});
});
