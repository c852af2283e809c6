// One interruption at a time: what lies over the page is claimed before it opens, and a claim is granted only where the
// person has no other before them, in whatever tab or on whatever device.
//
// The rule: a page view is granted one interruption and no second. While another page view of the same person has one that
// is open, none is granted. It is open from its claim until it was closed or its page was left, and for `openMs` at most: a
// tab that died told nobody.

/** What a page view was granted. Instants are epoch ms. */
export interface Interruption {
	/** Id of the page view; "" where the page did not say. */
	readonly view: string;
	readonly experience: string;
	readonly at: number;
	readonly isClosed?: true;
}

export const openMs = 120_000;
/** Page views that are remembered: whoever has more tabs open than that loses count of the oldest. */
export const rememberedInterruptions = 20;

/** Of what it would be the second, and until when; nothing where it may be granted. */
export function interruptionBefore(
	interruptions: readonly Interruption[],
	view: string | undefined,
	now: number,
): { readonly experience: string; readonly until: number } | undefined {
	const own = interruptions.find((one) => one.view === view);
	if (own) return { experience: own.experience, until: Number.POSITIVE_INFINITY };
	const other = interruptions.findLast(({ at, isClosed }) => !isClosed && now < at + openMs);
	return other && { experience: other.experience, until: other.at + openMs };
}

/** Those of two people who are one, or one more; in the order of time. */
export function joinInterruptions(
	known: readonly Interruption[] = [],
	others: readonly Interruption[] = [],
): readonly Interruption[] {
	return [...known, ...others].sort((a, b) => a.at - b.at).slice(-rememberedInterruptions);
}

/** A page view is over: it asks for nothing more. */
export function withoutView(interruptions: readonly Interruption[], view: string): readonly Interruption[] {
	return interruptions.filter((one) => one.view !== view);
}

/**
 * It was closed. Nobody says in which page view: of several that are open the oldest counts as closed, so that the younger
 * goes on holding the others off.
 */
export function closed(interruptions: readonly Interruption[], experience: string): readonly Interruption[] {
	const place = interruptions.findIndex((one) => one.experience === experience && !one.isClosed);
	return interruptions.map((one, at) => (at === place ? { ...one, isClosed: true } : one));
}
