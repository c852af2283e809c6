// Every surface that lies over a page, as a visitor meets it on a desktop and on a phone.

import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Offer } from "../../worker/protocol/experience.ts";
import { examine } from "../support/axe.ts";
import {
	browser,
	complaints,
	events,
	newPage,
	offer,
	requests,
	rests,
	seenBy,
	setUp,
	soon,
	stub,
	wholeContext,
} from "../support/host.ts";

setUp();

const devices: Readonly<Record<string, BrowserContextOptions>> = {
	"on a desktop": { viewport: { width: 1280, height: 900 } },
	"on a phone": { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
const surfaces: Readonly<Record<string, Offer["surface"]>> = {
	"full screen": { kind: "full" },
	"top left corner": { kind: "corner", at: "top-start" },
	"top right corner": { kind: "corner", at: "top-end" },
	"bottom left corner": { kind: "corner", at: "bottom-start" },
	"bottom right corner": { kind: "corner", at: "bottom-end" },
	"bar above": { kind: "bar", at: "top" },
	"bar below": { kind: "bar", at: "bottom" },
	spotlight: { kind: "spotlight", beside: "#button" },
};
const cases = Object.keys(devices).flatMap((device) =>
	Object.entries(surfaces).map(([name, surface]) => ({ device, name, surface })),
);
const corner = { kind: "corner", at: "bottom-end" } as const;

const shown = (page: Page) =>
	page.locator("witaj-popup").getByRole("button", { name: "Zamknij" }).locator("xpath=..");
const focused = (page: Page) =>
	page.evaluate(() => {
		const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
		return inner?.getAttribute("aria-label") ?? (inner?.id || inner?.textContent);
	});

/** Few words, so that each fits wherever it is shown. */
function short(change: Partial<Offer> & { teaser?: Offer["content"]["teaser"] }): Offer {
	const { teaser, ...rest } = change;
	return offer({
		content: {
			label: "Oferta na wiosnę",
			blocks: [
				{ kind: "heading", text: "Darmowa dostawa" },
				{ kind: "text", text: "Do niedzieli, od 149 zł." },
				{ kind: "button", text: "Zobacz nowości", link: "/next" },
			],
			...(teaser && { teaser }),
		},
		...rest,
	});
}

describe("over the page", () => {
	test.each(cases)(
		"$device, $name: under a strict policy, readable for all, and the page neither moves nor is outpainted",
		async ({ device, surface }) => {
			stub.show = () => [short({ surface })];
			const own = await browser.newContext(devices[device]);
			const page = await newPage(own);
			await page.goto(`${stub.page}/?csp`);
			const { width = 0, height = 0 } = page.viewportSize() ?? {};
			await shown(page).waitFor();
			const { wrong, well } = await examine(page, "witaj-popup", { asksForWell: true });
			expect(wrong).toEqual([]);
			expect(well.get("color-contrast")).toContain(".button");
			const box = await shown(page).boundingBox();
			expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width).toBe(true);
			expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height + 0.5);
			if (surface?.kind === "full") expect(box).toEqual({ x: 0, y: 0, width, height });
			expect(await page.evaluate(() => document.querySelectorAll("[style], style").length)).toBe(0);
			await soon(() => seenBy(page)).toMatchObject({ violations: [], shift: 0, largest: "H1" });
			if (devices[device]?.hasTouch) await page.getByRole("button", { name: "Zamknij" }).tap();
			else {
				for (let step = 0; step < 9 && (await focused(page)) !== "Zamknij"; step++)
					await page.keyboard.press("Tab");
				expect(await focused(page)).toBe("Zamknij");
				await page.keyboard.press("Enter");
			}
			await page.locator("witaj-popup").waitFor({ state: "detached" });
			expect(complaints).toEqual([]);
			await own.close();
		},
	);

	test.each([corner, { kind: "bar", at: "top" } as const])(
		"what does not interrupt ($kind) takes no focus, is reached by keyboard, and is closed from within alone",
		async (surface) => {
			stub.show = () => [short({ surface, trigger: { kind: "scroll", depth: 30 } })];
			const page = await newPage();
			await page.goto(`${stub.page}/`);
			await requests(1);
			await page.focus("#button");
			await page.mouse.wheel(0, 1_500);
			const region = page.getByRole("region", { name: "Oferta na wiosnę" });
			await region.waitFor();
			await page.getByRole("status").filter({ hasText: "Oferta na wiosnę" }).waitFor();
			expect(await focused(page)).toBe("button");
			await page.keyboard.press("Escape");
			await page.keyboard.press("Tab");
			expect(await focused(page)).toBe("Zamknij");
			await page.keyboard.press("Tab");
			expect(await focused(page)).toBe("Zobacz nowości");
			await page.keyboard.press("Escape");
			await region.waitFor({ state: "detached" });
			expect(await focused(page)).toBe("button");
			await page.click("#next");
			await soon(() => events("Experience Closed").map((event) => event.props?.by)).toEqual(["escape"]);
		},
	);

	test("the page is used around what does not interrupt, and not around what does", async () => {
		stub.body = () => '<button id="far" type="button">Wyżej</button>';
		stub.show = ({ page }) => [short({ surface: page.url.endsWith("/") ? corner : { kind: "full" } })];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await shown(page).waitFor();
		await page.click("#far");
		await page.click("#next");
		await page.getByRole("dialog").waitFor();
		await expect(page.click("#far", { timeout: 500 })).rejects.toThrow();
	});

	test("the light follows its element, and what is beside nothing stands in the corner", async () => {
		stub.show = ({ page }) => [
			short({ surface: { kind: "spotlight", beside: page.url.endsWith("/") ? "#button" : "#nowhere" } }),
		];
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await page.getByRole("dialog").waitFor();
		const offset = () =>
			page.evaluate(() => {
				const hole = document.querySelector("witaj-popup")?.shadowRoot?.querySelector(".hole");
				const [light, element] = [hole, document.querySelector("#button")].map((one) =>
					one?.getBoundingClientRect(),
				);
				return [(element?.left ?? 0) - (light?.left ?? 0), (element?.top ?? 0) - (light?.top ?? 0)];
			});
		await soon(offset).toEqual([8, 8]);
		await page.evaluate(() => scrollTo(0, 60));
		await soon(offset).toEqual([8, 8]);
		await page.setViewportSize({ width: 700, height: 800 });
		await soon(offset).toEqual([8, 8]);
		await page.keyboard.press("Escape");
		await page.goto(`${stub.page}/next`);
		await page.getByRole("region", { name: "Oferta na wiosnę" }).waitFor();
	});

	test("a tab stands before it and after it, counts once, and is used by keyboard alone", async () => {
		const teaser = { before: "−10% na start", after: "Twój rabat", at: "bottom-start" } as const;
		const { claim: _, ...unclaimed } = short({ teaser });
		stub.show = ({ page }) => (page.url.endsWith("/route") ? [] : [unclaimed]);
		const page = await newPage();
		await page.goto(`${stub.page}/?csp`);
		const before = page.getByRole("button", { name: "−10% na start" });
		await before.waitFor();
		expect((await examine(page, "witaj-teaser")).wrong).toEqual([]);
		await page.focus("#button");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await page.getByRole("dialog").waitFor();
		expect(await before.count()).toBe(0);
		await page.keyboard.press("Escape");
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await soon(() => focused(page)).toBe("Twój rabat");
		await page.keyboard.press("Enter");
		await page.getByRole("dialog").waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Twój rabat" }).waitFor();
		await page.evaluate(() => history.pushState({}, "", "/route"));
		await page.locator("witaj-teaser").waitFor({ state: "detached" });
		expect(stub.received.flatMap((one) => one.claims ?? []).length).toBe(1);
		expect((await seenBy(page)).shift).toBe(0);
	});

	test("sides follow the direction of writing", async () => {
		stub.show = () => [short({ surface: { kind: "corner", at: "bottom-start" } })];
		const page = await newPage();
		await page.addInitScript(() => document.documentElement?.setAttribute("dir", "rtl"));
		await page.goto(`${stub.page}/`);
		await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
		await shown(page).waitFor();
		const box = await shown(page).boundingBox();
		expect(box && box.x + box.width).toBeGreaterThan(1_240);
	});

	test.each(["corner", "full", "bar"] as const)(
		"%s: a page that is left and come back to is alive in the back/forward cache",
		async (kind) => {
			const surface = { corner, full: { kind: "full" }, bar: { kind: "bar", at: "top" } } as const;
			stub.show = ({ page }) => (page.url.endsWith("/next") ? [] : [short({ surface: surface[kind] })]);
			const page = await newPage(await wholeContext());
			await page.goto(`${stub.page}/`);
			await shown(page).waitFor();
			await rests(page);
			await page.goto(`${stub.page}/next`);
			await page.goBack({ waitUntil: "commit" });
			await soon(async () => (await seenBy(page)).restored).toBe(true);
			await shown(page).waitFor();
			expect(complaints).toEqual([]);
		},
	);

	test("the host's handlers and its history are its own", async () => {
		stub.show = () => [short({ surface: corner })];
		const page = await newPage();
		const handlers = () =>
			page.evaluate(() =>
				[window, document, document.documentElement, document.body].map((one) => {
					const names = [];
					for (const name in one) {
						if (name.startsWith("on") && one[name as keyof typeof one]) names.push(name);
					}
					return names;
				}),
			);
		await page.goto(`${stub.page}/?plain`);
		const plain = { handlers: await handlers(), history: await page.evaluate(() => history.length) };
		await page.goto(`${stub.page}/`);
		await shown(page).waitFor();
		expect(await handlers()).toEqual(plain.handlers);
		expect(await page.evaluate(() => history.length)).toBe(plain.history + 1);
		expect(await page.evaluate(() => String(history.pushState))).toContain("[native code]");
	});
});
