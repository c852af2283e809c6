// What a conversation leaves on a card: that it happened, by whom, for how long; and nothing of what was said.

import { describe, expect, it } from "vitest";
import type { Event } from "../../worker/domain/conversation/event.ts";
import { toldOf } from "../../worker/domain/conversation/told.ts";
import { eventNames } from "../../worker/domain/event.ts";

const state = { startedAt: 1_000 };
const told = (event: Partial<Event> & Pick<Event, "is" | "by">) =>
	toldOf("c1", { seq: 1, id: "x", at: 61_400, ...event } as Event, state, eventNames.identified);
const visitor = { who: "visitor" } as const;
const ala = { who: "agent", agent: "a1", name: "Ala" } as const;
const site = { who: "site" } as const;

describe("an event of a conversation on a card", () => {
	it("is named as in Segment's spec, with its agent, and without a word of what was said", () => {
		const names = [
			told({ is: "started", by: visitor }),
			told({ is: "sent", by: visitor, text: "SECRET" }),
			told({ is: "sent", by: ala, text: "SECRET" }),
			told({ is: "closed", by: ala }),
			told({ is: "rated", by: visitor, stars: 4, text: "SECRET" }),
		];
		expect(names.map((one) => one?.name)).toEqual([
			"Live Chat Conversation Started",
			"Live Chat Message Sent",
			"Live Chat Message Received",
			"Live Chat Conversation Ended",
			"Live Chat Conversation Rated",
		]);
		expect(JSON.stringify(names)).not.toContain("SECRET");
		expect(names[2]?.props).toEqual({ conversation_id: "c1", agent_id: "a1", agent_name: "Ala" });
		expect(names[3]?.props).toMatchObject({ conversation_duration: 60, by: "agent" });
		expect(names[4]?.props).toMatchObject({ stars: 4 });
	});

	it("is none of what nobody did, of notes, and of what was read", () => {
		const none = [
			told({ is: "sent", by: site, text: "x", flow: "greeting" }),
			told({ is: "noted", by: ala, text: "x" }),
			told({ is: "read", by: visitor, upTo: 1 }),
			told({ is: "assigned", by: ala, to: null }),
			told({ is: "edited", by: visitor, message: "m", text: "x" }),
		];
		expect(none).toEqual(none.map(() => undefined));
	});

	it("of what was typed is a claim like that of any form", () => {
		expect(told({ is: "introduced", by: visitor, email: "a@b.pl", name: "Anna" })).toEqual({
			name: "Identified",
			at: 61_400,
			props: { email: "a@b.pl", "traits.name": "Anna" },
		});
	});
});
