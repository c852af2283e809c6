// What of a conversation is an event on the card of whose it is: that it happened, and never what was said. Named as in
// Segment's spec, where what is sent and received is said from the visitor's side; a rating has no name there.

import type { Author, Event } from "./event.ts";
import type { Conversation } from "./state.ts";

export const chatEvents = {
	started: "Live Chat Conversation Started",
	ended: "Live Chat Conversation Ended",
	sent: "Live Chat Message Sent",
	received: "Live Chat Message Received",
	rated: "Live Chat Conversation Rated",
} as const;

export interface ToldEvent {
	readonly name: string;
	readonly at: number;
	readonly props: Readonly<Record<string, string | number>>;
}

/**
 * `state` is the conversation after the turn. An address or a name that was left is what somebody typed: no better than in a
 * form. Its event's name is `introduced`.
 */
export function toldOf(
	conversation: string,
	event: Event,
	{ startedAt }: Pick<Conversation, "startedAt">,
	introduced: string,
): ToldEvent | undefined {
	const { at, by } = event;
	const props = { conversation_id: conversation, ...agentOf(by) };
	switch (event.is) {
		case "started":
			return { name: chatEvents.started, at, props: { ...props, by: by.who } };
		case "sent":
			// What the site says by itself is no deed of anybody.
			if (by.who === "site") return undefined;
			return { name: by.who === "visitor" ? chatEvents.sent : chatEvents.received, at, props };
		case "closed": {
			const seconds = Math.round(Math.max(0, at - startedAt) / 1_000);
			return { name: chatEvents.ended, at, props: { ...props, by: by.who, conversation_duration: seconds } };
		}
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

const agentOf = (by: Author) => (by.who === "agent" ? { agent_id: by.agent, agent_name: by.name } : {});
