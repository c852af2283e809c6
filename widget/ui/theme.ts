// The style sheets of whatever is drawn of blocks.

import type { Theme } from "../../worker/protocol/experience.ts";
import card from "./card.css";
import controls from "./controls.css";
import { lookOf, sheetOf } from "./look.ts";

/** Style sheets of the blocks whose chunks are loaded. */
export const further = new Set<string>();

/** `css`: what the surface has besides. */
export function sheetsOf(theme: Theme, css: string, isWithin: boolean): CSSStyleSheet[] {
	return [...[card, controls, css, ...further].map(sheetOf), lookOf(theme, isWithin)];
}
