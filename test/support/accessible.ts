// What axe-core says of the pop-up, on the devices that visitors have.

import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
export const devices: Readonly<Record<string, BrowserContextOptions>> = {
	"on a desktop": { viewport: { width: 1280, height: 900 } },
	"on a phone": phone,
	"on a phone in the dark": { ...phone, colorScheme: "dark" },
};
/** What is seriously wrong, or could not be told, by element; and the elements in which each rule found all well. */
export async function examine(page: Page) {
	await page.evaluate(axe.source);
	const { violations, incomplete, passes } = await page.evaluate(async () => {
		const popup = document.querySelector("witaj-popup");
		// Colours are what they are when nothing moves any more.
		await Promise.all((popup?.shadowRoot?.getAnimations() ?? []).map(({ finished }) => finished));
		// To learn what is painted upon what, axe looks below the body alone; the pop-up stands beside it.
		Object.defineProperty(document, "body", { get: () => popup, configurable: true });
		return (window as unknown as { axe: typeof import("axe-core") }).axe.run("witaj-popup", {
			// What is within a frame of no origin nobody can look at.
			iframes: false,
			rules: { "frame-tested": { enabled: false } },
		});
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
