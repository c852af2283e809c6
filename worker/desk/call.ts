// What is asked of a desk over bindings, and who asks: known to whoever forwards it, and believed. Crosses between old and new
// during a deploy: members are added, never changed.

import type { Whose } from "../domain/conversation/event.ts";

/** A visitor, as the edge and their cell know them now. */
export interface Caller {
	readonly site: string;
	readonly cell: string;
	readonly whose: Whose;
	/** Those that they are in: what routing asks about. */
	readonly segments: readonly string[];
	/** What they are called, where that is proven. */
	readonly name: string | null;
	readonly email: string | null;
	readonly origin: string | null;
	/** Where the browser reaches us, with the prefix of a site's own route. */
	readonly edge: string;
}

/** One of the site's own people, with a role that may answer. */
export interface Agent {
	readonly site: string;
	readonly agent: string;
	readonly name: string;
}

/** Header of what is forwarded: JSON of a `Caller` or an `Agent`, percent-encoded, for names are no Latin-1. */
export const whoHeader = "x-witaj-who";
export const encodeWho = (who: Caller | Agent) => encodeURIComponent(JSON.stringify(who));

/** An agent who can be given a conversation. */
export interface Colleague {
	readonly agent: string;
	readonly name: string;
}

/** A visitor's page, as their sockets last said it. Hostile text. */
export interface Page {
	readonly url: string;
	readonly title: string | null;
	readonly visible: boolean;
	readonly at: number;
}

/** Where somebody is: by whom they are known, and on the site; `live` is null where no page of theirs is open. */
export interface Whereabouts {
	readonly whose: Whose;
	readonly cell: string;
	readonly language: string | null;
	readonly live: Page | null;
}
