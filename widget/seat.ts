// Seats an offer in its place within the page, and tells what became of it there.

import type { Offer } from "../worker/protocol/experience.ts";
import { miss } from "./claim.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { keepAt, type Seating, whenSeen } from "./place.ts";
import { tell } from "./tell.ts";

/** After so long into the page view the visitor reads what the page has there. */
const lateMs = 300;

export interface Seated {
	readonly claim: () => Promise<boolean>;
	/** The page view is over. */
	readonly signal: AbortSignal;
	readonly onShown: (takeAway: () => void) => void;
}

export function seat(
	element: HTMLElement,
	offer: Offer,
	host: Host,
	{ claim, signal, onShown }: Seated,
): void {
	const { experience, revision, surface } = offer;
	if (surface.kind !== "inline") return;
	const began = host.view()?.event.at ?? 0;
	const props = { experience, revision };
	const seating: Seating = {
		place: surface.place,
		isGranted: offer.claim !== undefined || host.consent() !== "granted",
		isLate: () => Date.now() - began > lateMs,
		claim,
		signal,
		onShown: (takeAway) => {
			onShown(takeAway);
			tell(host, "shown", props);
			whenSeen(element, () => host.note(host.newEvent("Experience Seen", props)), signal);
		},
		// Most things are for a few pages alone: that a page has no such place is told only to give back what was granted.
		onMissed: (why) => {
			if (why !== "no-place" || offer.claim) miss(offer, host, why);
		},
	};
	// In a task of its own: to try a place out has the browser lay the page out there and then.
	setTimeout(guard(() => (signal.aborted ? seating.onMissed("no-place") : keepAt(element, seating))));
}
