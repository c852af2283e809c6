// What the loader lends to the chunks that it loads. They are built apart and share nothing else.

import type { Claim, CollectEvent, CollectResponse, Consent } from "../worker/protocol/collect.ts";
import type { Offer } from "../worker/protocol/experience.ts";
import type { PublicSettings } from "../worker/protocol/settings.ts";
import type { View } from "./wire.ts";

/** What cannot wait for the next page: sent now, or not at all. */
export interface Ask {
	readonly events?: readonly CollectEvent[];
	readonly claims?: readonly Claim[];
}

/** What the page may be called back for. */
export type Moment = "shown" | "closed" | "clicked" | "submitted" | "decided";

/** What someone says of consent. `required`: there is no answer yet; anything else: they know of none. */
export type Word = Consent | string | undefined;

/** Whom the page asked to be called back, and for what; nothing of it is known to be so. */
export type Heard = readonly (readonly [moment: Moment, task: unknown])[];

export interface Host {
	readonly newEvent: (name: string, props?: CollectEvent["props"]) => CollectEvent;
	/** Puts an event in the queue; it rides with the next request. */
	readonly note: (event: CollectEvent) => void;
	/** The server's answer, or nothing where it could not be reached; without an ask, where nothing waits to be sent. */
	readonly ask: (ask?: Ask) => Promise<CollectResponse | undefined>;
	readonly heard: Heard;
	/** Set by the chunk that waits for something to happen: told each event as it is noted. */
	hear?: ((event: CollectEvent) => unknown) | undefined;
	/** Set by the launcher of the chat: opens it. `greeting`: the experience whose button asks for it. */
	talk?: ((greeting?: string) => unknown) | undefined;
	/** What the page's own tools were told of consent, all of them together. */
	readonly say: (word: Word) => void;
	/** The page view that is being read. */
	readonly view: () => View | undefined;
	/** Milliseconds for which the visitor was really there in this page view. */
	readonly presentMs: () => number;
	/** Share of the page seen so far, 0 to 100. */
	readonly depth: () => number;
	readonly consent: () => Consent;
}

/** The chunk that draws. */
export interface Stage {
	/** Arms what one page view was offered, instead of what it was offered before. */
	readonly show: (offers: readonly Offer[], host: Host) => void;
	/** The page view is over: what it was offered is void. */
	readonly leave: () => void;
}

/** A chunk that is called for each page view: what understands the page, and what stands ready to talk. */
export interface Onlooker {
	readonly look: (host: Host, settings: PublicSettings) => unknown;
}
