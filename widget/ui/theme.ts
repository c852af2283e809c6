// The site's colours as custom properties, in a style sheet of their own: no style attribute, no style element.

import type { Theme } from "../../worker/protocol/experience.ts";
import card from "./card.css";
import controls from "./controls.css";

/** Relative luminance as WCAG has it, of `#rrggbb`. */
function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** White or near black, whichever contrasts more: they are even at 0.18. */
const readableOn = (color: string) => (luminance(color) > 0.183 ? "#0b0d12" : "#fff");

/** `css`: what the surface has besides. */
export function sheetsOf({ accent, radius }: Theme, css: string): CSSStyleSheet[] {
	return [
		card + controls + css,
		`:host{--accent:${accent};--on-accent:${readableOn(accent)};--radius:${Math.min(radius, 32)}px}`,
	].map((text) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(text);
		return sheet;
	});
}
