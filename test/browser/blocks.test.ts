// Each block as a visitor meets it: drawn, reached by keyboard, on a page with a strict policy; and what it never does.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Offer } from "../../worker/protocol/experience.ts";
import { devices, examine } from "../support/axe.ts";
import { everyBlock, given, offerOf } from "../support/contents.ts";
import {
	browser,
	complaints,
	dialog,
	events,
	newPage,
	receivedOf,
	say,
	seenBy,
	setUp,
	soon,
	stub,
} from "../support/host.ts";

setUp();

async function open(shown: Offer, page?: Page): Promise<Page> {
	const own = page ?? (await newPage());
	stub.show = () => [shown];
	await own.goto(`${stub.page}/?csp`);
	await dialog(own).waitFor();
	return own;
}
const all = (change: Partial<Offer> = {}) =>
	offerOf(everyBlock(`${stub.edge}/picture.svg`), { given, ...change });

describe("every block", () => {
	test.each(Object.keys(devices))("is there for everybody %s", async (device) => {
		const own = await browser.newContext(devices[device]);
		const page = await open(all(), await newPage(own));
		await page.locator("witaj-popup img.loaded").nth(1).waitFor();
		expect((await examine(page, "witaj-popup")).wrong).toEqual([]);
		const { violations, shift } = await seenBy(page);
		expect({ violations, shift, complaints }).toEqual({ violations: [], shift: 0, complaints: [] });
		expect(await page.evaluate(() => document.querySelectorAll("[style], style").length)).toBe(0);
		const shadow = await page.evaluate(
			() =>
				document.querySelector("witaj-popup")?.shadowRoot?.querySelectorAll("[style], style, script").length,
		);
		expect(shadow).toBe(0);
		await own.close();
	});

	test("that can be used is reached by Tab, in its order, and used by Enter", async () => {
		const page = await open(all());
		const stops: string[] = [];
		for (let step = 0; step < 40 && stops.at(-1) !== "Nie, dziękuję"; step++) {
			await page.keyboard.press("Tab");
			stops.push(
				await page.evaluate(() => {
					const inner = document.activeElement?.shadowRoot?.activeElement;
					return `${inner?.getAttribute("aria-label") ?? inner?.getAttribute("title") ?? inner?.textContent}`;
				}),
			);
		}
		expect(stops.slice(0, 5)).toEqual(["Zamknij", "", "szczegóły", "Obejrzyj film", "Kopiuj: WIOSNA-7F"]);
		expect(stops).toEqual(
			expect.arrayContaining(["Facebook", "WhatsApp", "Zakręć kołem", "Zobacz kosiarki"]),
		);
		await page.keyboard.press("Enter");
		await dialog(page).waitFor({ state: "detached" });
	});

	test("of a further kind comes in a chunk of its own, before it opens and only where there is one", async () => {
		const loaded: string[] = [];
		const page = await newPage();
		page.on("request", (request) => {
			const name = /\/w\/\w+\.(\w+)/.exec(request.url())?.[1];
			if (name) loaded.push(name);
		});
		await open(offerOf([{ kind: "heading", text: "Hej" }]), page);
		expect(loaded).toEqual(["popup"]);
		stub.show = () => [{ ...all(), trigger: { kind: "scroll", depth: 90 } }];
		await page.goto(`${stub.page}/next`);
		await soon(() => [...loaded].sort()).toEqual(["countdown", "popup", "popup", "rare", "wheel"]);
		expect(await dialog(page).count()).toBe(0);
	});

	test("that is not what it should be keeps all of the offer away", async () => {
		const bad: readonly object[] = [
			{ kind: "button", text: "x", link: "javascript:alert(1)" },
			{ kind: "image", src: "data:text/html,x", alt: "", width: 1, height: 1 },
			{ kind: "video", src: "/a.png", alt: "", width: 1, height: 1, link: "javascript:alert(1)" },
			{ kind: "social", links: [{ network: "toString", link: "/" }] },
			{ kind: "review", stars: 5, quote: { type: "script" }, author: "x" },
			{ kind: "text", text: 7 },
			{ kind: "marquee", text: "x" },
			{ kind: "form", submit: "x", fields: [{ kind: "text", name: "a b", label: "x" }] },
			{ kind: "form", submit: "x", fields: [{ kind: "choice", name: "a", label: "x", options: [{}] }] },
			{ kind: "wheel", spin: "x", segments: [{ label: 1 }] },
		];
		const page = await newPage();
		for (const [n, block] of bad.entries()) {
			stub.show = () => [offerOf([{ kind: "heading", text: "Hej" }, block as never], { given })];
			await page.goto(`${stub.page}/bad-${n}`);
			await soon(() => receivedOf(`/bad-${n}`)).toBeDefined();
			// What is good and comes later is shown, so that what was bad has had its time.
			stub.show = () => [offerOf([{ kind: "heading", text: "Hej" }], { experience: "good" })];
			await page.evaluate(() => history.pushState({}, "", "/good"));
			await dialog(page).waitFor();
			expect(await dialog(page).count()).toBe(1);
		}
		expect(complaints).toEqual([]);
	}, 60_000);
});

describe("a coupon, a countdown and a wheel", () => {
	test("show nothing where nothing was given", async () => {
		const page = await open(
			offerOf(everyBlock(`${stub.edge}/picture.svg`), { trigger: { kind: "at-once" } }),
		);
		await page.locator("witaj-popup img.loaded").first().waitFor();
		expect(await page.locator("witaj-popup :is(code, .countdown, .fortune)").count()).toBe(0);
	});

	test("go by the time that the server says is left, and the coupon goes with it", async () => {
		const blocks = everyBlock(`${stub.edge}/picture.svg`)
			.filter(({ kind }) => kind === "coupon" || kind === "countdown")
			.map((block) => (block.kind === "coupon" ? { ...block, withCountdown: true } : block));
		const page = await newPage();
		// A clock that is wrong by a day.
		await page.clock.install({ time: Date.now() - 86_400_000 });
		await open(offerOf(blocks, { given: { ...given, leftMs: 5_400_000 } }), page);
		const timer = page.getByRole("timer");
		await expect.poll(() => timer.getAttribute("aria-label")).toMatch(/^Zostało: 1 godz\. (30|29) min$/);
		await page.getByText("WIOSNA-7F").waitFor();
		await page.clock.fastForward(5_401_000);
		await page.getByText("Czas minął.").waitFor();
		expect(await page.getByText("WIOSNA-7F").count()).toBe(0);
	});

	test("the wheel stops where the server drew, by keyboard, and says what was won", async () => {
		const page = await open(all());
		await page.getByRole("button", { name: "Zakręć kołem" }).focus();
		await page.keyboard.press("Enter");
		await page.getByRole("status").filter({ hasText: "Masz 10% mniej!" }).waitFor();
		await page.getByText("KOLO-10").waitFor();
		expect(await page.getByRole("button", { name: "Zakręć kołem" }).count()).toBe(0);
		const focus = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className);
		expect(focus).toBe("won");
		await say(page, "track", "Done");
		await soon(() => events("Experience Engaged").map(({ props }) => props)).toEqual([
			{ experience: "welcome", revision: 3, by: "spin" },
		]);
	});

	test("the wheel does not turn for who wants no motion", async () => {
		const still = await browser.newContext({ reducedMotion: "reduce" });
		const page = await open(all(), await newPage(still));
		const won = await page
			.getByRole("button", { name: "Zakręć kołem" })
			.evaluate(async (button: HTMLButtonElement) => {
				const root = button.getRootNode() as ShadowRoot;
				button.click();
				await new Promise(requestAnimationFrame);
				return root.querySelector(".won")?.textContent;
			});
		expect(won).toContain("Masz 10% mniej!");
		await still.close();
	});
});

describe("a marketer's own HTML", () => {
	const spy = `<p>Mapa</p><script>
		const tried = [];
		for (const reach of [() => parent.document.title, () => document.cookie, () => localStorage.length, () => top.location.href])
			try { reach(); tried.push("reached") } catch { tried.push("refused") }
		document.querySelector("p").textContent = origin + " " + tried.join(" ");
		parent.postMessage({ height: 173 }, "*");
	</script>`;

	/** From the page to itself; on when it has heard them. */
	const post = (page: Page, ...messages: readonly unknown[]) =>
		page.evaluate(
			(all) =>
				new Promise<void>((done) => {
					addEventListener("message", ({ data }) => {
						if (data === "last") done();
					});
					for (const one of [...all, "last"]) postMessage(one, "*");
				}),
			messages,
		);

	test("runs under the strictest policy of the page, reaches nothing of it, and asks for its height", async () => {
		const page = await open(offerOf(everyBlock(`${stub.edge}/picture.svg`, spy), { given }));
		const frame = page.frameLocator("iframe[title='Mapa sklepów']");
		await soon(() => frame.locator("p").textContent()).toBe("null refused refused refused refused");
		await soon(() => page.locator("iframe").getAttribute("height")).toBe("173");
		expect(complaints).toEqual([]);
	});

	test("cannot be put into the frame, nor its height be set, by the page or by a frame of the page", async () => {
		const page = await open(offerOf(everyBlock(`${stub.edge}/picture.svg`), { given }));
		await page.frameLocator("iframe[title='Mapa sklepów']").getByText("Własny").waitFor();
		await post(page, { height: 999 }, "ready");
		expect(await page.locator("iframe").getAttribute("height")).toBe("60");
	});

	test("does nothing where its document is opened by itself", async () => {
		const page = await open(offerOf(everyBlock(`${stub.edge}/picture.svg`), { given }));
		const src = await page.locator("iframe").getAttribute("src");
		const alone = await newPage();
		await alone.goto(`${src}`);
		await post(alone, "<b id=bad>x</b>");
		expect(await alone.evaluate(() => [document.querySelectorAll("#bad").length, origin])).toEqual([
			0,
			"null",
		]);
	});
});
