// Where on a page something is shown, and with what it competes for that place.

import type { Experience } from "./definition.ts";

/** Over the page, or within it. A selector is CSS. Sides follow the direction of writing: `start` is left in Polish. */
export type Surface =
	| { readonly kind: "modal" }
	| { readonly kind: "full" }
	| { readonly kind: "corner"; readonly at: `${"top" | "bottom"}-${"start" | "end"}` }
	| { readonly kind: "bar"; readonly at: "top" | "bottom" }
	| { readonly kind: "spotlight"; readonly beside: string }
	| { readonly kind: "inline"; readonly place: Place };

/** `slot`: an element of the site's with `data-witaj` of that name. */
export type Place =
	| { readonly slot: string }
	| { readonly selector: string; readonly put: "before" | "after" | "inside" | "instead" };

/** The place within the page that it wants for itself; nothing where it lies over the page. */
export function placeOf({ surface }: Pick<Experience, "surface">): string | undefined {
	if (surface?.kind !== "inline") return undefined;
	const { place } = surface;
	return "slot" in place ? `slot ${place.slot}` : `${place.put} ${place.selector}`;
}

/** Whether it lies over the page: of such things a visitor meets one at a time. */
export function interrupts(experience: Pick<Experience, "surface">): boolean {
	return placeOf(experience) === undefined;
}

/** Whether it hides what the visitor came for. */
export function covers({ surface }: Pick<Experience, "surface">): boolean {
	return surface === undefined || surface.kind === "modal" || surface.kind === "full";
}
