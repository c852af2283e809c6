// Recommended products: in a place of their own, and among other blocks.

import { devices as known, type Locator, type Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { themeOf } from "../../worker/domain/theme.ts";
import type { FrameProduct, Offer } from "../../worker/protocol/experience.ts";
import { examine } from "../support/axe.ts";
import {
	browser,
	complaints,
	context,
	events,
	newPage,
	offer,
	seenBy,
	setUp,
	soon,
	stub,
} from "../support/host.ts";

setUp();

type Layout = Extract<Offer["content"]["blocks"][number], { kind: "products" }>["layout"];

const products = (count: number): FrameProduct[] =>
	Array.from({ length: count }, (_, n) => ({
		id: `K-${n}`,
		name: `Kosiarka akumulatorowa KX-${n} z koszem 40 l i dwoma akumulatorami`,
		url: `/p/${n}`,
		image: `${stub.edge}/picture.svg`,
		price: "1 299,00 zł",
		...(n === 1 && { before: "1 499,00 zł" }),
		...(n === 2 && { soldOut: true }),
		why: `Oglądane z KX-40 przez ${n + 5} osób`,
	}));

function frame(layout: Layout, count = 6): Offer {
	return offer({
		experience: "together",
		kind: "frame",
		chunk: "frame",
		surface: { kind: "inline", place: { slot: "together" } },
		content: {
			label: "Inni oglądali także",
			blocks: [
				{ kind: "heading", text: "Inni oglądali także" },
				{ kind: "products", layout, why: true, products: products(count) },
			],
		},
	});
}

/** A finger on the glass goes sideways over it; what comes of that is the browser's own doing. */
async function swipe(page: Page, over: Locator, by: number): Promise<void> {
	const box = await over.boundingBox();
	if (!box) throw new Error("there is nothing to swipe over");
	const y = box.y + box.height / 2;
	const from = box.x + box.width / 2 - by / 2;
	const devtools = await page.context().newCDPSession(page);
	const touch = (type: "touchStart" | "touchMove", x: number) =>
		devtools.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y }] });
	await touch("touchStart", from);
	for (let step = 1; step <= 10; step++) await touch("touchMove", from + (by * step) / 10);
	await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
	await devtools.detach();
}

const below = '<div id="far"></div><section data-witaj="together"></section>';

describe("a frame", () => {
	test.each(["grid", "carousel", "list", "compact"] as const)(
		"as a %s: in its place, moving nothing, readable for all, and it says why and what it cost before",
		async (layout) => {
			stub.body = () => below;
			for (const device of [undefined, "Pixel 7"]) {
				// A dark brand on a light page, too.
				const theme = themeOf({ accent: "#4f7cff", mode: device ? "dark" : "light" });
				stub.show = () => [{ ...frame(layout), theme }];
				const own = await browser.newContext(device ? known[device] : {});
				const page = await newPage(own);
				await page.goto(`${stub.page}/?csp`);
				const region = page.getByRole("region", { name: "Inni oglądali także" });
				await region.waitFor();
				expect(await region.getByRole("link").count()).toBe(6);
				await region.getByText("Najniższa cena z 30 dni przed obniżką: 1 499,00 zł").waitFor();
				await region.getByText("Oglądane z KX-40 przez 5 osób").waitFor();
				await region.getByText("Chwilowo niedostępny").waitFor();
				await soon(() => seenBy(page)).toMatchObject({ violations: [], shift: 0, largest: "H1" });
				const { wrong } = await examine(page, "[data-witaj=together]");
				expect(wrong).toEqual([]);
				expect(complaints).toEqual([]);
				await own.close();
			}
		},
	);

	test.each([
		["a page that is light on any device", "", "rgb(255, 255, 255)"],
		["a dark page", "<style>body{background:#111;color:#eee}</style>", "rgb(25, 27, 33)"],
	])("on a dark device it looks like %s", async (_, style, surface) => {
		stub.body = () => style + below;
		stub.show = () => [{ ...frame("grid", 3), theme: themeOf({}) }];
		const own = await browser.newContext({ colorScheme: "dark" });
		const page = await newPage(own);
		await page.goto(`${stub.page}/`);
		const card = page.getByRole("region", { name: "Inni oglądali także" }).getByRole("link").first();
		expect(await card.evaluate((link) => getComputedStyle(link).backgroundColor)).toBe(surface);
		await own.close();
	});

	test("loads no chunk but its own, and tells when it came into view and what was clicked", async () => {
		stub.body = () => below;
		stub.show = () => [frame("grid", 3)];
		const page = await newPage();
		const loaded: string[] = [];
		page.on("response", (response) => loaded.push(response.url()));
		await page.goto(`${stub.page}/`);
		const region = page.getByRole("region", { name: "Inni oglądali także" });
		await region.waitFor();
		expect(loaded.filter((url) => /\.popup\.js$/.test(url))).toEqual([]);
		await region.scrollIntoViewIfNeeded();
		// A browser says only after a while what has come into view.
		await soon(() => page.evaluate(() => Object.values(localStorage).join())).toContain("Experience Seen");
		await region.getByRole("link").nth(2).click();
		await page.waitForURL("**/p/2");
		await soon(() => events("Experience Seen").map(({ props }) => props?.experience)).toEqual(["together"]);
		await soon(() => events("Experience Clicked").map(({ props }) => props?.product)).toEqual(["K-2"]);
	});

	test("a carousel goes on by its buttons and by keys", async () => {
		stub.body = () => below;
		stub.show = () => [frame("carousel", 12)];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		const region = page.getByRole("region", { name: "Inni oglądali także" });
		await region.scrollIntoViewIfNeeded();
		const list = region.getByRole("list");
		const scrolled = () => list.evaluate((element) => element.scrollLeft);
		expect(await scrolled()).toBe(0);
		await soon(() => region.getByRole("button", { name: "Poprzednie produkty" }).isEnabled()).toBe(false);
		await region.getByRole("button", { name: "Następne produkty" }).click();
		await soon(scrolled).toBeGreaterThan(200);
		await region.getByRole("link").first().focus();
		await page.keyboard.press("ArrowRight");
		const focused = () =>
			page.evaluate(
				() =>
					document.querySelector("[data-witaj]")?.shadowRoot?.querySelector("witaj-frame")?.shadowRoot
						?.activeElement?.textContent ?? "",
			);
		expect(await focused()).toContain("KX-1 ");
	});

	test("a carousel follows a finger, comes to rest with a whole product, and leads nowhere for that", async () => {
		stub.body = () => below;
		stub.show = () => [frame("carousel", 12)];
		const own = await browser.newContext(known["Pixel 7"]);
		const page = await newPage(own);
		await page.goto(`${stub.page}/?csp`);
		const region = page.getByRole("region", { name: "Inni oglądali także" });
		await region.scrollIntoViewIfNeeded();
		await region.locator("img.loaded").first().waitFor();
		const list = region.getByRole("list");
		const rests = () =>
			list.evaluate((element) => {
				const edge = element.getBoundingClientRect().left;
				const starts = [...element.children].map((one) => one.getBoundingClientRect().left - edge);
				return { at: element.scrollLeft, isWhole: starts.some((start) => Math.abs(start - 4) < 1) };
			});
		/** While it still glides, a finger only halts it. */
		async function swiped(by: number): Promise<void> {
			await list.evaluate((element) => {
				const ended = new Promise((done) => element.addEventListener("scrollend", done, { once: true }));
				Object.assign(window, { ended });
			});
			await swipe(page, list, by);
			await page.evaluate(async () => {
				await Reflect.get(window, "ended");
			});
		}
		const { top } = await page.evaluate(() => ({ top: scrollY }));
		await swiped(-200);
		await soon(rests).toEqual({ at: expect.toSatisfy((at: number) => at > 150), isWhole: true });
		const { at } = await rests();
		await swiped(200);
		await soon(rests).toEqual({ at: expect.toSatisfy((back: number) => back < at), isWhole: true });
		expect(await page.evaluate(() => scrollY)).toBe(top);
		expect(new URL(page.url()).pathname).toBe("/");
		await region.getByRole("link").first().tap();
		await page.waitForURL("**/p/*");
		await soon(() => events("Experience Clicked").length).toBe(1);
		expect(complaints).toEqual([]);
		await own.close();
	});

	test("what is no link is no product, and then there is no frame", async () => {
		stub.body = () => below;
		const bad = frame("grid", 2);
		const [heading] = bad.content.blocks;
		const [one] = products(1);
		if (!heading || !one) throw new Error("nothing to show");
		const evil = { ...one, url: "javascript:alert(1)" };
		const blocks = [heading, { kind: "products" as const, layout: "grid" as const, products: [evil] }];
		stub.show = () => [{ ...bad, content: { ...bad.content, blocks } }];
		const page = await newPage();
		const chunk = page.waitForResponse((response) => response.url().includes(".frame.js"));
		await page.goto(`${stub.page}/`);
		await (await chunk).finished();
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
		expect(await page.getByRole("region").count()).toBe(0);
		expect(complaints).toEqual([]);
	});

	test("products stand among other blocks of a pop-up, beside frames on the same page", async () => {
		stub.body = () => below;
		const shown = offer({
			content: {
				label: "Oferta na wiosnę",
				blocks: [
					{ kind: "heading", text: "Dla Ciebie" },
					{ kind: "products", layout: "compact", products: products(2) },
				],
			},
		});
		stub.show = () => [shown, frame("grid", 3)];
		const page = await newPage(context);
		await page.goto(`${stub.page}/`);
		await page.getByRole("dialog").getByRole("link", { name: /KX-1/ }).waitFor();
		expect(await page.getByRole("dialog").getByRole("link").count()).toBe(2);
		await page.keyboard.press("Escape");
		await page.getByRole("region", { name: "Inni oglądali także" }).waitFor();
		expect(complaints).toEqual([]);
	});
});
