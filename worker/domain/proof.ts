// How surely a browser is whose it says it is, and what that lets in and out. Each question has its one answer here.
//
//   typed     somebody typed an identifier: a form, a chat, an unsigned call. The browser is tied to its card, and its
//             events reach it, marked and removable; nothing flows out, not even that the identifier was known.
//   linked    somebody clicked a link of ours. Links get forwarded and scanned: what the card adds up to may choose what
//             is shown, and none of it is said.
//   verified  the person confirmed on our page, once, or the site's own login vouches for them: everything.

/** From the least to the most. */
export const proofs = ["typed", "linked", "verified"] as const;
export type Proof = (typeof proofs)[number];

interface Passage {
	/** The card's tags, segments and score may decide what this browser is shown. */
	readonly target: boolean;
	/** The browser may be handed over to the card's cell, under a token of its own: that betrays that the card was there. */
	readonly handOver: boolean;
	/** Personal words, products seen and bought, conversations. */
	readonly personal: boolean;
	/** The person may change what the site knows of them, and take a consent back or give it anew. */
	readonly speak: boolean;
}

const passages: Readonly<Record<Proof, Passage>> = {
	typed: { target: false, handOver: false, personal: false, speak: false },
	linked: { target: true, handOver: true, personal: false, speak: false },
	verified: { target: true, handOver: true, personal: true, speak: true },
};

/** Whether what the card adds up to may decide what the browser is shown. `null` where no card is tied to it. */
export function mayTarget(proof: Proof | null): boolean {
	return proof !== null && passages[proof].target;
}

/** Whether the browser may be handed over to the cell of the card. */
export function mayHandOver(proof: Proof | null): boolean {
	return proof !== null && passages[proof].handOver;
}

/** Whether anything personal may be shown. */
export function mayShowPersonal(proof: Proof | null): boolean {
	return proof !== null && passages[proof].personal;
}

/** What the browser may be told of the person: nothing of whoever else has the link, and of nobody what others said of them. */
export function mayTell(proof: Proof | null): "everything" | "its own" | "nothing" {
	if (mayShowPersonal(proof)) return "everything";
	return proof === "linked" ? "nothing" : "its own";
}

/** Whether it is the person who speaks. */
export function maySpeak(proof: Proof | null): boolean {
	return proof !== null && passages[proof].speak;
}

/** The surer of two: what is proven stays proven, whatever is typed later. */
export function surer<Of extends Proof | null>(a: Of, b: Of): Of {
	return rank(a) >= rank(b) ? a : b;
}

function rank(proof: Proof | null): number {
	return proof === null ? -1 : proofs.indexOf(proof);
}
