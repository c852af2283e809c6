// axe-core over what stands in one of our elements, on the devices that visitors have.

import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
export const devices: Readonly<Record<string, BrowserContextOptions>> = {
	"on a desktop": { viewport: { width: 1280, height: 900 } },
	"on a phone": phone,
	"on a phone in the dark": { ...phone, colorScheme: "dark" },
};

type Kind = "violations" | "incomplete" | "passes";

/**
 * All that is wrong with a page of ours, however slightly; of one element where that is named. Of a long list its first rows
 * tell what colours it has: to work out what each of a thousand words is painted upon takes longer than all the rest.
 */
export async function violationsIn(page: Page, name = "html"): Promise<readonly string[]> {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
	return page.evaluate(async (name) => {
		// Colours are what they are when nothing moves any more.
		await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		// What is within a frame of no origin nobody can look at; and of what is well nobody asks.
		const options = { iframes: false, resultTypes: ["violations" as const], preload: false };
		const rows = [["tr:nth-child(n + 12)"], ["li:nth-child(n + 12)"]];
		const all = await axe.run(name, { ...options, rules: { "color-contrast": { enabled: false } } });
		const colours = await axe.run(
			{ include: [[name]], exclude: rows },
			{ ...options, runOnly: ["color-contrast"] },
		);
		return [...all.violations, ...colours.violations].flatMap(({ id, nodes }) =>
			nodes.map(({ target }) => `${id} ${target}`),
		);
	}, name);
}

/**
 * What is seriously wrong, or could not be told, by element; and the elements in which each rule found all well, or one of
 * them where they are not asked for.
 */
export async function examine(page: Page, name: string, { asksForWell = false } = {}) {
	await page.evaluate(axe.source);
	const look = async ([host, resultTypes]: [string, Kind[]]) => {
		const element = document.querySelector(host) ?? document.body;
		const within = element.shadowRoot?.querySelectorAll("*") ?? [];
		const roots = [element, ...within].flatMap(({ shadowRoot }) => shadowRoot ?? []);
		// Colours are what they are when nothing moves any more.
		const moving = [document, ...roots].flatMap((root) => root.getAnimations());
		await Promise.allSettled(moving.map(({ finished }) => finished));
		// To learn what is painted upon what, axe looks below the body alone; what lies over the page stands beside it.
		if (!document.body.contains(element)) {
			Object.defineProperty(document, "body", { get: () => element, configurable: true });
		}
		return (window as unknown as { axe: typeof import("axe-core") }).axe.run(host, {
			// What is within a frame of no origin nobody can look at.
			iframes: false,
			rules: { "frame-tested": { enabled: false } },
			resultTypes,
			preload: false,
		});
	};
	const kinds: Kind[] = ["violations", "incomplete", ...(asksForWell ? (["passes"] as const) : [])];
	const asked: [string, Kind[]] = [name, kinds];
	const { violations, incomplete, passes } = await page.evaluate(look, asked);
	const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
	const told = (rules: typeof grave) =>
		rules.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
	return {
		wrong: told([...grave, ...incomplete]),
		/** Without what could not be told, such as words of which a bar ends below them. */
		failed: told(grave),
		// A target in a shadow root is a path to it.
		well: new Map(
			passes.map(({ id, nodes }) => [
				id,
				nodes.flatMap(({ target }) => (Array.isArray(target[0]) ? (target[0].at(-1) ?? []) : [])),
			]),
		),
	};
}
