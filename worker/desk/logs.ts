// What is read of conversations: which is whose, and of a log what somebody has not seen yet.

import type { Event } from "../domain/conversation/event.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import { chatLimits } from "../protocol/chat.schema.ts";
import type { ConversationRow, Span } from "../protocol/chat.ts";
import type { Caller } from "./call.ts";
import { rowOf } from "./row.ts";
import type { DeskStore } from "./store.ts";

const mostListed = 500;

/** Events before those that somebody has. */
export interface Older {
	readonly is: "older";
	readonly before: number;
	readonly after: number;
	readonly hasOlder: boolean;
	readonly events: readonly Event[];
}

export class Logs {
	readonly #store: DeskStore;

	constructor(store: DeskStore) {
		this.#store = store;
	}

	/**
	 * The one that a visitor may see: what this browser began between two identities, and what a person who is verified began
	 * elsewhere, verified too.
	 */
	of({ whose }: Caller): string | undefined {
		return this.#store.conversationsOf(whose).find((id) => {
			const of = this.#store.state(id)?.whose;
			return (
				of &&
				(of.part === whose.part ||
					(whose.proof === "verified" && of.proof === "verified" && of.person === whose.person))
			);
		});
	}

	seqOf(conversation: string): number {
		return this.#store.state(conversation)?.seq ?? 0;
	}

	/** All above `after`; of whoever has nothing, or missed too much, or believes too much, the latest. */
	span(conversation: string, { seq }: Conversation, after: number): Span {
		const { eventsPerPage, eventsMissed } = chatLimits;
		const from = after > 0 && after <= seq && seq - after <= eventsMissed ? after : undefined;
		const oldest = from ?? Math.max(0, seq - eventsPerPage);
		const events = this.#store.eventsAfter(conversation, oldest, eventsMissed);
		const hasOlder = from === undefined && oldest > 0;
		return { after: oldest, upTo: seq, ...(hasOlder && { hasOlder }), events };
	}

	older(conversation: string, before: number): Older {
		const events = this.#store.eventsBefore(conversation, before, chatLimits.eventsPerPage);
		const after = (events[0]?.seq ?? 1) - 1;
		return { is: "older", before, after, hasOlder: after > 0, events };
	}

	/** States of those that are not closed, the longest silent first, as many as are listed. */
	alive(): readonly Conversation[] {
		return this.#store.alive(mostListed).flatMap((id) => this.#store.state(id) ?? []);
	}

	/** The same as an inbox lists them. `left`: so many more there are. */
	list(): { readonly conversations: readonly ConversationRow[]; readonly left: number } {
		return {
			conversations: this.rows(this.#store.alive(mostListed)),
			left: Math.max(0, this.#store.countAlive() - mostListed),
		};
	}

	rows(conversations: Iterable<string>): readonly ConversationRow[] {
		return [...conversations].flatMap((id) => {
			const state = this.#store.state(id);
			return state ? [rowOf(id, state)] : [];
		});
	}
}
