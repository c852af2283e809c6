// The pop-up as a visitor meets it: when it opens, how it is used and closed, what it tells.

import { describe, expect, test } from "vitest";
import {
	browser,
	complaints,
	context,
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

describe("the pop-up", () => {
	test("works under a strict policy with Trusted Types, and the page neither moves nor is outpainted", async () => {
		stub.show = ({ page }) => (page.url.includes("csp") ? [offer()] : []);
		await context.grantPermissions(["clipboard-write"]);
		const page = await newPage();
		await page.goto(`${stub.page}/?csp`);
		await dialog(page).waitFor();
		await page.locator("witaj-popup img.loaded").waitFor();
		// What is painted after somebody has touched the page counts no more.
		await soon(async () => (await seenBy(page)).largest).toBe("H1");
		const told = page.getByRole("status").filter({ hasText: "Skopiowano" }).waitFor();
		await page.getByRole("button", { name: "Kopiuj: WIOSNA10" }).click();
		await told;
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
				"consent.newsletter": "v1",
				"wording.newsletter": "Zgadzam się na newsletter.",
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
			"agreement",
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

	test("gives back what it was granted for a page view that was over before it opened", async () => {
		const blocks = [
			{ kind: "countdown", label: "Zostało", ended: "Po czasie", until: { minutes: 10 } },
		] as const;
		const timed = offer({
			content: { label: "Oferta na wiosnę", blocks: [...blocks] },
			given: { leftMs: 60_000 },
		});
		stub.show = ({ page }) => (page.url.endsWith("/route") ? [] : [timed]);
		const page = await newPage();
		const gate = Promise.withResolvers<void>();
		await page.route("**/*.countdown.js", async (route) => {
			await gate.promise;
			await route.continue();
		});
		const asked = page.waitForRequest("**/*.countdown.js");
		await page.goto(`${stub.page}/`);
		await asked;
		await page.evaluate(() => history.pushState({}, "", "/route"));
		await soon(() => events("Experience Missed").map(({ props }) => props)).toEqual([
			{ experience: "welcome", revision: 3, why: "left", claim: "granted-with-the-answer" },
		]);
		gate.resolve();
		await page.waitForResponse("**/*.countdown.js");
		expect(await dialog(page).count()).toBe(0);
		await page.evaluate(() => history.pushState({}, "", "/again"));
		await dialog(page).waitFor();
		await page.evaluate(() => history.pushState({}, "", "/route"));
		await requests(4);
		expect(events("Experience Missed").length).toBe(1);
		expect(complaints).toEqual([]);
	});

	test("gives back what it may have been granted where the answer was lost", async () => {
		const { claim: _, ...unclaimed } = offer({ trigger: { kind: "scroll", depth: 50 } });
		stub.show = () => [unclaimed];
		const page = await newPage();
		await withChunks(page, ["popup"], () => page.goto(`${stub.page}/`));
		stub.mood = "500";
		await page.keyboard.press("End");
		await soon(() => stub.received.flatMap((one) => one.claims ?? []).length).toBe(1);
		stub.mood = "well";
		await soon(async () => {
			await say(page, "track", "Product Viewed");
			return events("Experience Missed").map(({ props }) => [props?.why, props?.claim]);
		}).toEqual([["no-answer", stub.received.flatMap((one) => one.claims ?? [])[0]?.id]]);
		expect(await dialog(page).count()).toBe(0);
		expect(complaints).toEqual([]);
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
		// As fast as a finger, however slow the machine.
		await stopClock(page);
		await withChunks(page, ["popup", "triggers"], async () => {
			await page.goto(`${stub.page}/`);
			await page.clock.runFor(1);
		});
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
		await scrollTo(1500);
		await page.clock.runFor(1_000);
		for (const top of [1400, 1200, 900]) await scrollTo(top);
		await page.clock.resume();
		await dialog(page).waitFor();
		await phone.close();
	});

	test("waits for the seconds that the visitor is really there", async () => {
		stub.show = () => [offer({ trigger: { kind: "presence", seconds: 90 } })];
		const page = await newPage();
		await stopClock(page);
		await withChunks(page, ["popup"], async () => {
			await page.goto(`${stub.page}/`);
			await page.clock.runFor(1);
		});
		await page.clock.runFor(120_000);
		expect(await dialog(page).count()).toBe(0);
		await page.mouse.move(200, 200);
		await page.clock.runFor(31_000);
		await page.clock.resume();
		await dialog(page).waitFor();
	});
});
