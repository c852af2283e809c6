// Whoever cannot see the pop-up, or sees it otherwise, gets on with it: axe-core over all that it can look like.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { themeOf } from "../../worker/domain/theme.ts";
import type { Offer } from "../../worker/protocol/experience.ts";
import { definitions } from "../shop/definitions.ts";
import { devices, examine } from "../support/axe.ts";
import { browser, newPage, offer, setUp, stub } from "../support/host.ts";

setUp();

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
	return page;
}

describe("nothing in the pop-up stands in anybody's way", () => {
	test.each(cases)(
		"$device, in $language: the form, what it asks for again, and its thanks",
		async ({ device, language }) => {
			const page = await open(device, offerOf("blog-newsletter", language));
			const dialog = page.getByRole("dialog");
			const submit = dialog.locator("form button");
			const empty = await examine(page, "witaj-popup", { asksForWell: true });
			expect(empty.wrong).toEqual([]);
			expect(empty.well.get("label")).toEqual(expect.arrayContaining([expect.stringContaining("email")]));
			expect(empty.well.get("color-contrast")).toEqual(expect.arrayContaining(["h2", ".button"]));
			await submit.click();
			await dialog.locator(".error").first().waitFor();
			const refused = await examine(page, "witaj-popup", { asksForWell: true });
			expect(refused.wrong).toEqual([]);
			expect(refused.well.get("color-contrast")).toContain("#email-error");
			await dialog.locator("[name=email]").fill("ola@example.com");
			await dialog.getByRole("checkbox").check();
			await submit.click();
			await dialog.locator(".thanks").waitFor();
			const thanked = await examine(page, "witaj-popup", { asksForWell: true });
			expect(thanked.wrong).toEqual([]);
			expect(thanked.well.get("color-contrast")).toContain(".thanks > h2");
			await page.context().close();
		},
	);

	test.each(cases)(
		"$device, in $language: the coupon, before and after it was copied",
		async ({ device, language }) => {
			const page = await open(device, offerOf("ready-to-buy", language));
			const code = await examine(page, "witaj-popup", { asksForWell: true });
			expect(code.wrong).toEqual([]);
			expect(code.well.get("color-contrast")).toEqual(expect.arrayContaining(["code", ".button"]));
			expect(code.well.get("image-alt")).toEqual(["img"]);
			await page.locator(".ticket button").click();
			await page.locator(".ticket .copied").waitFor();
			expect((await examine(page, "witaj-popup")).wrong).toEqual([]);
			await page.context().close();
		},
	);
});
