// The site's look as custom properties, in a style sheet of their own: no style attribute, no style element.

import type { Theme } from "../../worker/protocol/experience.ts";

/** It came over the wire: what could end a declaration, or load anything, is left out. */
function declared(properties: Theme["light"]): string {
	return Object.entries(properties)
		.filter(([name, value]) => /^[\w#., -]+$/.test(name + value))
		.map(([name, value]) => `--${name}:${value};`)
		.join("");
}

const parsed = new Map<string, CSSStyleSheet>();

/** Parsed once, for all roots that have it. */
export function sheetOf(css: string): CSSStyleSheet {
	const known = parsed.get(css);
	if (known) return known;
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	parsed.set(css, sheet);
	return sheet;
}

/** Whether the page has bright letters: many are light on any device, and few that are not say so by `color-scheme`. */
function isDarkPage(): boolean {
	const [red = 0, green = 0, blue = 0] =
		/^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(document.body).color)?.slice(1).map(Number) ?? [];
	return red + green + blue > 384;
}

/** `isWithin`: part of the page, and so dark on a dark page alone. */
export function lookOf({ light, dark = {} }: Theme, isWithin = false): CSSStyleSheet {
	const dimmed = isWithin && !isDarkPage() ? {} : dark;
	return sheetOf(
		`:host{${declared(light)}}@media(prefers-color-scheme:dark){:host{${declared(dimmed)}}}`.replace(
			// The page's own font. Nothing is inherited into the root.
			"inherit",
			() => getComputedStyle(document.body).fontFamily,
		),
	);
}
