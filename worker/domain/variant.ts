// Which variant of an experience a person gets, and who is shown none of it so that the others have something to be compared
// with. It hangs on who the person is and on the experience alone: no revision, no page and no device changes it.

import { hashOf } from "./hash.ts";

/** Weights are shares of their sum. */
export interface Variant {
	readonly id: string;
	readonly weight: number;
}

export interface Experiment {
	readonly id: string;
	/** To so many of a hundred it is not shown. */
	readonly heldOut?: number;
	readonly variants?: readonly Variant[];
}

export const heldOut = "held-out";
/** The others, where an experience has one content and some are held out. */
export const treated = "shown";

/**
 * A variant's id; `heldOut`, or `treated`; "" where nothing is tried out. Variants by weighted rendezvous hashing (Schindelhauer
 * and Schomaker, "Weighted distributed hash tables", 2005): where one is added, taken away or weighs more, only those
 * people change who come to it or leave it.
 */
export function variantOf(person: string, { id, heldOut: percent = 0, variants = [] }: Experiment): string {
	if (percent > 0 && 100 * chance(`${heldOut}\n${id}\n${person}`) < percent) return heldOut;
	let best = percent > 0 ? treated : "";
	let most = 0;
	for (const variant of variants) {
		const score = variant.weight / -Math.log(chance(`${variant.id}\n${id}\n${person}`));
		if (score <= most) continue;
		most = score;
		best = variant.id;
	}
	return best;
}

export function isHeldOut(person: string, experiment: Experiment): boolean {
	return experiment.heldOut !== undefined && variantOf(person, experiment) === heldOut;
}

/** Above 0 and below 1, the same for the same text. */
function chance(text: string): number {
	return (hashOf(text) + 0.5) / 2 ** 32;
}
