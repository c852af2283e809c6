// When something that was offered opens. The page watches for it; what the server knows of the visit comes with the offer.

/** Any of these, or all of them, in whatever order they come. */
export type Opening = Trigger | { readonly any: readonly Trigger[] } | { readonly all: readonly Trigger[] };

export type Trigger =
	| { readonly kind: "at-once" }
	/** Seconds for which the visitor was really there: visible page, not idle. `of` the page where absent. */
	| { readonly kind: "presence"; readonly seconds: number; readonly of?: "page" | "visit" }
	/** Share of the page, 0 to 100. */
	| { readonly kind: "scroll"; readonly depth: number }
	/** Half of the element that a CSS selector names came into view. */
	| { readonly kind: "seen"; readonly selector: string }
	/** A mouse leaves through the top; a finger scrolls up fast after reading. */
	| { readonly kind: "exit" }
	| { readonly kind: "idle"; readonly seconds: number }
	/** The n-th page view of the visit, this one included. */
	| { readonly kind: "pages"; readonly n: number }
	| { readonly kind: "click"; readonly selector: string }
	/** The cart changed; with `from`, it came to so much, in the site's currency. */
	| { readonly kind: "cart"; readonly from?: number }
	/** An event of this name: the page's own, or what rules or the site's server made happen during the visit. */
	| { readonly kind: "event"; readonly name: string; readonly of?: string }
	/** The visitor comes back to the tab. */
	| { readonly kind: "return" }
	| { readonly kind: "copy" };

/** Whether it opens with the page, whatever happens there. Where nothing is said it does. */
export function opensAtOnce(opening: Opening | undefined): boolean {
	if (opening === undefined) return true;
	if ("any" in opening) return opening.any.some(opensAtOnce);
	if ("all" in opening) return opening.all.every(opensAtOnce);
	return opening.kind === "at-once";
}

/** Each by itself. */
export function triggersIn(opening: Opening | undefined): readonly Trigger[] {
	if (opening === undefined) return [];
	if ("any" in opening) return opening.any;
	return "all" in opening ? opening.all : [opening];
}
