// What of a conversation is an event on the card of whose it is: that it happened, and never what was said.

import type { Event } from "./event.ts";

export const chatEvents = {
	started: "Chat Started",
	sent: "Chat Message Sent",
	closed: "Chat Closed",
	rated: "Chat Rated",
} as const;

export interface ToldEvent {
	readonly name: string;
	readonly at: number;
	readonly props: Readonly<Record<string, string | number>>;
}

/** An address or a name that was left is what somebody typed: no better than in a form. Its event's name is `introduced`. */
export function toldOf(conversation: string, event: Event, introduced: string): ToldEvent | undefined {
	const { at, by } = event;
	const props = { conversation };
	switch (event.is) {
		case "started":
			return { name: chatEvents.started, at, props: { ...props, by: by.who } };
		case "sent":
			// What the site says by itself is no deed of anybody.
			return by.who === "site" ? undefined : { name: chatEvents.sent, at, props: { ...props, by: by.who } };
		case "closed":
			return { name: chatEvents.closed, at, props: { ...props, by: by.who } };
		case "rated":
			return { name: chatEvents.rated, at, props: { ...props, stars: event.stars } };
		case "introduced": {
			const { name, email } = event;
			return {
				name: introduced,
				at,
				props: {
					...(email !== undefined && { email }),
					...(name !== undefined && { "traits.name": name }),
				},
			};
		}
		default:
			return undefined;
	}
}
