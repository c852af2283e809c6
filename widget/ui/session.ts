// What goes on in one offer of one page view: the step that is open, what was typed, what was given. It outlives the
// drawing, so that whoever closes and opens again finds all as they left it.

import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { Given, Offer } from "../../worker/protocol/experience.ts";

type Props = NonNullable<CollectEvent["props"]>;

export interface Session {
	/** Steps from the first, "", to the one that is open. */
	way: string[];
	/** By name of the field, as its form would send them. */
	readonly typed: Record<string, string[]>;
	/** By step: what its form says when it is submitted. */
	readonly said: Record<string, Props>;
	/** How many of the way were submitted: nobody goes back behind them. */
	first?: number;
	/** The form that was accepted, and is not asked again. */
	accepted?: unknown;
	/** What was sent last: the same answers sent again are the same event. */
	sent?: CollectEvent;
	isEngaged?: boolean;
	/** The wheel was. */
	isSpun?: boolean;
	given: Given;
	/** On the browser's clock: when the countdown ends. */
	endsAt?: number;
}

const sessions = new WeakMap<Offer["content"], Session>();

export function sessionOf({ content }: Offer): Session {
	const session = sessions.get(content) ?? { way: [""], typed: {}, said: {}, given: {} };
	sessions.set(content, session);
	return session;
}

/** At once when it is told: the time that is left runs from there. */
export function give(offer: Offer, given: Given | undefined): void {
	const session = sessionOf(offer);
	session.given = { ...session.given, ...given };
	if (given?.leftMs !== undefined) session.endsAt = Date.now() + given.leftMs;
}
