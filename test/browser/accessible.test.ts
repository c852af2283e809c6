// Whoever cannot see the pop-up, or sees it otherwise, gets on with it: axe-core over all that it can look like.

import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { themeOf } from "../../worker/domain/theme.ts";
import type { Offer } from "../../worker/protocol/experience.ts";
import { definitions } from "../shop/definitions.ts";
import { browser, newPage, offer, setUp, stub } from "../support/host.ts";

setUp();

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
const devices: Readonly<Record<string, BrowserContextOptions>> = {
	"on a desktop": { viewport: { width: 1280, height: 900 } },
	"on a phone": phone,
	"on a phone in the dark": { ...phone, colorScheme: "dark" },
};
const cases = Object.keys(devices).flatMap((device) => [
	{ device, language: "pl" as const },
	{ device, language: "en" as const },
]);

/** What the shop has for it, under a picture. */
function offerOf(experience: string, language: Offer["language"]): Offer {
	const found = definitions.experiences.find(({ id }) => id === experience);
	const content = found?.content[language];
	if (!found || !content) throw new Error(`the shop has no ${experience} in ${language}`);
	const picture = {
		kind: "image",
		src: `${stub.edge}/picture.svg`,
		alt: "Ogród",
		width: 864,
		height: 400,
	} as const;
	return offer({
		experience,
		language,
		theme: themeOf(found.theme ?? {}),
		content: { ...content, blocks: [picture, ...content.blocks] },
	});
}

async function open(device: string, shown: Offer): Promise<Page> {
	stub.show = () => [shown];
	const page = await newPage(await browser.newContext(devices[device]));
	await page.goto(`${stub.page}/`);
	await page.locator("witaj-popup img.loaded").waitFor();
	await page.evaluate(axe.source);
	return page;
}

/** What is seriously wrong, or could not be told, by element; and the elements in which each rule found all well. */
async function examine(page: Page) {
	const { violations, incomplete, passes } = await page.evaluate(async () => {
		const popup = document.querySelector("witaj-popup");
		// Colours are what they are when nothing moves any more.
		await Promise.all((popup?.shadowRoot?.getAnimations() ?? []).map(({ finished }) => finished));
		// To learn what is painted upon what, axe looks below the body alone; the pop-up stands beside it.
		Object.defineProperty(document, "body", { get: () => popup, configurable: true });
		return (window as unknown as { axe: typeof import("axe-core") }).axe.run("witaj-popup");
	});
	const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
	return {
		wrong: [...grave, ...incomplete].flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`)),
		// A target in a shadow root is a path to it.
		well: new Map(
			passes.map(({ id, nodes }) => [
				id,
				nodes.flatMap(({ target }) => (Array.isArray(target[0]) ? (target[0].at(-1) ?? []) : [])),
			]),
		),
	};
}

describe("nothing in the pop-up stands in anybody's way", () => {
	test.each(cases)(
		"$device, in $language: the form, what it asks for again, and its thanks",
		async ({ device, language }) => {
			const page = await open(device, offerOf("blog-newsletter", language));
			const dialog = page.getByRole("dialog");
			const submit = dialog.locator("form button");
			const empty = await examine(page);
			expect(empty.wrong).toEqual([]);
			expect(empty.well.get("label")).toEqual(expect.arrayContaining([expect.stringContaining("email")]));
			expect(empty.well.get("color-contrast")).toEqual(expect.arrayContaining(["h2", ".button"]));
			await submit.click();
			await dialog.getByRole("alert").waitFor();
			const refused = await examine(page);
			expect(refused.wrong).toEqual([]);
			expect(refused.well.get("color-contrast")).toContain("#error-email");
			await dialog.locator("[name=email]").fill("ola@example.com");
			await dialog.getByRole("checkbox").check();
			await submit.click();
			await dialog.locator(".thanks").waitFor();
			const thanked = await examine(page);
			expect(thanked.wrong).toEqual([]);
			expect(thanked.well.get("color-contrast")).toContain(".thanks > h2");
			await page.context().close();
		},
	);

	test.each(cases)(
		"$device, in $language: the coupon, before and after it was copied",
		async ({ device, language }) => {
			const page = await open(device, offerOf("ready-to-buy", language));
			const code = await examine(page);
			expect(code.wrong).toEqual([]);
			expect(code.well.get("color-contrast")).toEqual(expect.arrayContaining(["code", ".button"]));
			expect(code.well.get("image-alt")).toEqual(["img"]);
			await page.locator(".ticket button").click();
			await page.locator(".ticket .copied").waitFor();
			expect((await examine(page)).wrong).toEqual([]);
			await page.context().close();
		},
	);
});
