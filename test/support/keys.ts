// Whoever has no mouse: goes from one thing to the next, and reads what it is called.

import type { Page } from "playwright-core";

/** Presses the key until what has the focus is called so. */
export async function walkTo(
	page: Page,
	name: string | RegExp,
	by: "Tab" | "Shift+Tab" = "Tab",
): Promise<void> {
	const passed: string[] = [];
	for (let step = 0; step < 80; step++) {
		await page.keyboard.press(by);
		const focused = await page.evaluate(() => {
			const element = document.activeElement;
			const labels = element instanceof HTMLInputElement ? Array.from(element.labels ?? []) : [];
			const said = labels.map(({ textContent }) => textContent).join(" ");
			return said || element?.getAttribute("aria-label") || element?.textContent || "";
		});
		if (typeof name === "string" ? focused.trim() === name : name.test(focused)) return;
		passed.push(focused.trim().slice(0, 30));
	}
	throw new Error(`no key leads to ${name}: ${passed.join(" | ")}`);
}
