// What a conversation's log is made of. Each event has the next number, from 1 and without a gap: the only order that there
// is. Whoever holds all events up to a number holds the conversation as it was then.

/** `site`: what answered by itself. An agent's name is as it was then, so that nobody who reads need ask for it. */
export type Author =
	| { readonly who: "visitor" }
	| { readonly who: "agent"; readonly agent: string; readonly name: string }
	| { readonly who: "site" };

/** How sure it is whose the conversation is; null where nobody has said who they are. */
export type Proof = "typed" | "linked" | "verified";

/** `part`: of the browser, between two identities: whoever uses it afterwards is somebody else. */
export interface Whose {
	readonly person: string;
	readonly part: string;
	readonly visitor: string;
	readonly proof: Proof | null;
}

export interface Attachment {
	readonly id: string;
	readonly name: string;
	/** One of those that were found by its first bytes. */
	readonly type: "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "application/pdf";
	readonly bytes: number;
}

/** As it was when it was pushed. */
export interface PushedProduct {
	readonly is: "product";
	readonly product: string;
	readonly name: string;
	readonly url: string;
	readonly image?: string;
	readonly price?: { readonly amount: number; readonly currency: string };
}

/** What an agent puts into the visitor's page. A code is given as it stands: whoever pushes it knows it. */
export type Pushed =
	| { readonly is: "experience"; readonly experience: string }
	| PushedProduct
	| { readonly is: "coupon"; readonly code: string; readonly text: string };

export type Deed =
	/** The first of each log. `whose` is of agents alone. `greeting`: the experience that the visitor answered. */
	| {
			readonly is: "started";
			readonly whose?: Whose;
			readonly url?: string;
			readonly language?: string;
			readonly greeting?: string;
	  }
	/** A message, called by the event's `id`. `flow`: why it was written by itself. */
	| {
			readonly is: "sent";
			readonly text: string;
			readonly attachments?: readonly Attachment[];
			readonly flow?: "greeting" | "offline" | "answer" | "ask-address" | "thank-address";
			/** Of `answer`: out of which entry of the site's questions and answers. */
			readonly entry?: string;
	  }
	| { readonly is: "edited"; readonly message: string; readonly text: string }
	| { readonly is: "deleted"; readonly message: string }
	/** Everything up to this number was seen on a screen. */
	| { readonly is: "read"; readonly upTo: number }
	/** Typed, and so a claim: nothing flows out on it. */
	| { readonly is: "introduced"; readonly name?: string; readonly email?: string }
	/** Whose it is from here on, as the visitor's cell said. Of agents alone. */
	| { readonly is: "identified"; readonly person: string; readonly proof: Proof }
	/** `to` is null where it is nobody's again. `route`: a rule did it. */
	| {
			readonly is: "assigned";
			readonly to: { readonly agent: string; readonly name: string } | null;
			readonly route?: string;
	  }
	| { readonly is: "closed" }
	| { readonly is: "reopened" }
	/** Of agents alone. It comes back by itself at that instant (epoch ms), or as soon as the visitor writes. */
	| { readonly is: "snoozed"; readonly until: number }
	/** Of agents alone. */
	| { readonly is: "noted"; readonly text: string }
	| { readonly is: "rated"; readonly stars: number; readonly text?: string }
	| { readonly is: "pushed"; readonly what: Pushed };

/**
 * `id` is the command's: what one command came to shares it, and the last of those is the deed that was asked for. `at` is
 * the desk's clock, epoch ms; it orders nothing.
 */
export type Event = {
	readonly seq: number;
	readonly id: string;
	readonly at: number;
	readonly by: Author;
} & Deed;

/** What the visitor may see of an event; nothing of what is among agents. */
export function forVisitor(event: Event): Event | undefined {
	if (event.is === "identified" || event.is === "snoozed" || event.is === "noted") return undefined;
	if (event.is !== "started") return event;
	const { whose: _, ...rest } = event;
	return rest;
}
