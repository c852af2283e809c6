// A preview on the live site: what its link brings leaves the address bar, what it shows tells nobody anything.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Offer } from "../../worker/protocol/experience.ts";
import {
	complaints,
	dialog,
	newPage,
	offer,
	receivedOf,
	say,
	seenBy,
	setUp,
	soon,
	stopClock,
	stub,
	withChunks,
} from "../support/host.ts";

setUp();

const preview = () => offer({ preview: true, claim: "preview" });
const told = () => stub.received.flatMap(({ events }) => events.map(({ name }) => name));

test("a preview's link opens it on every page until it is switched off, and is in no address", async () => {
	stub.show = ({ staff }) => (staff === "l1.mark" ? [preview()] : []);
	const page = await newPage();
	await page.goto(`${stub.page}/?a=1&wp=l1.mark`);
	await dialog(page).waitFor();
	expect(await page.evaluate(() => location.search)).toBe("?a=1");
	expect(JSON.stringify(stub.received.map(({ page: sent }) => sent))).not.toContain("l1.mark");
	await page.goto(`${stub.page}/next`);
	await dialog(page).waitFor();
	await page.goto(`${stub.page}/?witaj-staff=off`);
	await soon(() => receivedOf("/")).toBeDefined();
	expect(receivedOf("/")?.staff).toBeUndefined();
	expect(await dialog(page).count()).toBe(0);
	expect(complaints).toEqual([]);
});

test("whatever is done in it, no event and no claim of it leaves the page, and its form thanks", async () => {
	stub.show = ({ staff }) => (staff ? [preview()] : []);
	const page = await newPage();
	await page.goto(`${stub.page}/?wp=l1.mark`);
	await dialog(page).waitFor();
	await page.getByLabel("Adres e-mail").fill("ola@example.com");
	await page.getByLabel("Zgadzam się na newsletter.").check();
	await page.getByRole("button", { name: "Zapisz mnie" }).click();
	await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
	await page.getByRole("button", { name: "Zamknij" }).click();
	await dialog(page).waitFor({ state: "detached" });
	await page.click("#next");
	await soon(() => told().filter((name) => name === "Page Viewed").length).toBe(2);
	expect(told().filter((name) => /Experience|Form/.test(name))).toEqual([]);
	expect(stub.received.flatMap(({ claims = [] }) => claims)).toEqual([]);
	expect(JSON.stringify(stub.texts)).not.toContain("ola@");
	expect((await seenBy(page)).violations).toEqual([]);
});

describe("its visit is the tab's own, from when its link was opened", () => {
	/** Opens these pages one after the other, the first by the link. */
	async function visit(trigger: Offer["trigger"], paths: readonly string[]): Promise<Page> {
		stub.show = ({ staff }) => (staff ? [{ ...preview(), trigger }] : []);
		const page = await newPage();
		await stopClock(page);
		for (const path of paths) await turn(page, path);
		return page;
	}
	async function turn(page: Page, path: string): Promise<void> {
		await withChunks(page, ["preview", "triggers"], async () => {
			await page.goto(stub.page + path, path.includes("?") ? {} : { referer: `${stub.page}/` });
			await page.clock.runFor(1);
		});
	}
	/** It opens in a moment, where it does. */
	async function isOpen(page: Page): Promise<boolean> {
		await page.clock.runFor(1);
		return (await dialog(page).count()) > 0;
	}
	async function opens(page: Page): Promise<void> {
		await page.clock.resume();
		await dialog(page).waitFor();
	}

	test("its pages", async () => {
		const page = await visit({ kind: "pages", n: 3 }, ["/?wp=l1.mark", "/next"]);
		expect(await isOpen(page)).toBe(false);
		await turn(page, "/third");
		await opens(page);
		// Opened anew, it begins anew.
		await turn(page, "/?wp=l1.mark");
		expect(await isOpen(page)).toBe(false);
		expect(complaints).toEqual([]);
	});

	test("how long somebody was there", async () => {
		const page = await visit({ kind: "presence", seconds: 40, of: "visit" }, ["/?wp=l1.mark"]);
		await page.clock.runFor(35_000);
		expect(await isOpen(page)).toBe(false);
		await turn(page, "/next");
		await page.clock.runFor(2_000);
		expect(await isOpen(page)).toBe(false);
		await page.clock.runFor(6_000);
		await opens(page);
	});

	test("what the cart came to, and what the page told of", async () => {
		const page = await visit({ kind: "cart", from: 200 }, ["/?wp=l1.mark"]);
		await say(page, "track", "Cart Updated", { value: 150 });
		await turn(page, "/next");
		expect(await isOpen(page)).toBe(false);
		await say(page, "track", "Cart Updated", { value: 250 });
		await opens(page);
		await turn(page, "/third");
		await opens(page);
		const other = await visit({ kind: "event", name: "Product Added", of: "kx-40" }, ["/?wp=l1.mark"]);
		await say(other, "track", "Product Added", { product_id: "kx-40" });
		await opens(other);
		await turn(other, "/next");
		await opens(other);
		expect(complaints).toEqual([]);
	});
});
