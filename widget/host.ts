// What the loader lends to the chunks that it loads. They are built apart and share nothing else.

import type { Claim, CollectEvent, CollectResponse } from "../worker/protocol/collect.ts";
import type { Offer } from "../worker/protocol/experience.ts";

/** What cannot wait for the next page: sent now, or not at all. */
export interface Ask {
	readonly events?: readonly CollectEvent[];
	readonly claims?: readonly Claim[];
}

export interface Host {
	readonly newEvent: (name: string, props?: CollectEvent["props"]) => CollectEvent;
	/** Puts an event in the queue; it rides with the next request. */
	readonly note: (event: CollectEvent) => void;
	/** The server's answer, or nothing where it could not be reached. */
	readonly ask: (ask: Ask) => Promise<CollectResponse | undefined>;
	/** Milliseconds for which the visitor was really there in this page view. */
	readonly presentMs: () => number;
	/** Share of the page seen so far, 0 to 100. */
	readonly depth: () => number;
	readonly mayIdentify: () => boolean;
}

/** What a chunk that draws exports. */
export interface Stage {
	/** Arms what one page view was offered, instead of what it was offered before. */
	readonly show: (offers: readonly Offer[], host: Host) => void;
	/** The page view is over: what it was offered is void. */
	readonly leave: () => void;
}
