// What is told to which sockets: news of a conversation to those who have it open, at once, and to all agents who came, who
// went and what changed in their lists, gathered for a moment.

import { type Event, forVisitor } from "../domain/conversation/event.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import type { Got } from "../protocol/chat.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Caller } from "./call.ts";
import type { Logs } from "./logs.ts";
import type { AgentSocket, Room, VisitorSocket } from "./room.ts";
import type { Turned } from "./talk.ts";

/** Who comes and goes is told together; and what rows say, no oftener than that. */
const gatherMs = { visitors: 250, rows: 100 };

export class News {
	readonly #room: Room;
	readonly #logs: Logs;
	/** Visitors whose sockets changed, as agents are still to be told. */
	readonly #moved = new Set<string>();
	#tellsMoved: ReturnType<typeof setTimeout> | undefined;
	/** Conversations whose rows agents are still to be told. */
	readonly #changed = new Set<string>();
	#tellsRows: ReturnType<typeof setTimeout> | undefined;
	#toldRowsAt = 0;

	constructor(room: Room, logs: Logs) {
		this.#room = room;
		this.#logs = logs;
	}

	/** What came of a turn, to all whom it concerns, each in one frame. `from`: whose socket asked for it. */
	tell(turned: Turned, caller: Caller | undefined, from: WebSocket | undefined): void {
		const { conversation, after, state, events, acks } = turned;
		const asker = from && this.#room.of(from);
		if (conversation === undefined || !state || events.length === 0) {
			if (!from || acks.length === 0) return;
			if (asker?.is === "visitor") this.#room.toVisitor(from, { is: "acks", acks });
			else this.#room.toAgent(from, { is: "acks", conversation: conversation ?? "", acks });
			return;
		}
		if (after === 0 && caller) this.#join(conversation, caller);
		const upTo = state.seq;
		const seen = events.flatMap((event) => forVisitor(event) ?? []);
		const got = this.gotByAgents(state);
		const forVisitors = { is: "news", conversation, after, upTo, got, events: seen } as const;
		const forAgents = { is: "news", conversation, after, upTo, events } as const;
		const others = (sockets: readonly (readonly [WebSocket, VisitorSocket | AgentSocket])[]) =>
			sockets.filter(([socket]) => socket !== from);
		this.#room.toAll(others(this.#room.visitorsIn(conversation)), forVisitors);
		this.#room.toAll(others(this.#room.agentsOn(conversation)), forAgents);
		if (from && asker?.is === "visitor") this.#room.toVisitor(from, { ...forVisitors, acks });
		if (from && asker?.is === "agent") {
			const hasOpen = asker.open.includes(conversation);
			if (hasOpen) this.#room.toAgent(from, { ...forAgents, acks });
			else this.#room.toAgent(from, { is: "acks", conversation, acks });
		}
		this.#changed.add(conversation);
		this.#tellRows();
	}

	/** An agent who is there is told of each event as it is written; and of what is open as they come. */
	gotByAgents({ seq }: Conversation): Got {
		return this.#room.agents().length > 0 ? { agent: seq } : {};
	}

	/** Agents are there again: what visitors wrote meanwhile is with them now. */
	reached(): void {
		for (const conversation of this.#room.conversations()) {
			const upTo = this.#logs.seqOf(conversation);
			this.#room.toAll(this.#room.visitorsIn(conversation), { is: "got", by: "agent", upTo });
		}
	}

	/** In each page that is open and to be seen, or in all where none is. */
	show(
		conversation: string,
		{ seq, what }: Extract<Event, { is: "pushed" }>,
		offer: Offer | undefined,
	): void {
		const sockets = this.#room.visitorsIn(conversation);
		const visible = sockets.filter(([, { page }]) => page?.visible);
		this.#room.toAll(visible.length > 0 ? visible : sockets, {
			is: "show",
			seq,
			what,
			...(offer && { offer }),
		});
	}

	/** They are gone, and nobody's any more. */
	gone(conversations: readonly string[]): void {
		for (const [socket, one] of this.#room.visitors())
			if (one.conversation !== null && conversations.includes(one.conversation))
				this.#room.put(socket, { ...one, conversation: null });
		this.#room.toAgents({ is: "gone", conversations });
	}

	/** A visitor came, went, or is elsewhere. */
	moving(visitor: string): void {
		if (this.#room.agents().length === 0) return;
		this.#moved.add(visitor);
		this.#tellsMoved ??= setTimeout(() => {
			this.#tellsMoved = undefined;
			const moved = [...this.#moved];
			this.#moved.clear();
			const visitors = this.#room.seen().filter((one) => moved.includes(one.visitor));
			const here = new Set(visitors.map((one) => one.visitor));
			this.#room.toAgents({ is: "visitors", visitors, left: moved.filter((one) => !here.has(one)) });
		}, gatherMs.visitors);
	}

	/** The conversation that has begun is that of all sockets of whoever began it. */
	#join(conversation: string, { whose }: Caller): void {
		for (const [socket, one] of this.#room.visitors()) {
			const { part, person, proof } = one.caller.whose;
			const isTheirs =
				part === whose.part ||
				(proof === "verified" && whose.proof === "verified" && person === whose.person);
			if (isTheirs && one.conversation === null) this.#room.put(socket, { ...one, conversation });
		}
		this.moving(whose.visitor);
	}

	/** At once where it was quiet; else those that changed meanwhile together, as they are then. */
	#tellRows(): void {
		if (this.#tellsRows !== undefined) return;
		const wait = this.#toldRowsAt + gatherMs.rows - Date.now();
		if (wait > 0) {
			this.#tellsRows = setTimeout(() => {
				this.#tellsRows = undefined;
				this.#tellRows();
			}, wait);
			return;
		}
		this.#toldRowsAt = Date.now();
		const rows = this.#logs.rows(this.#changed);
		this.#changed.clear();
		if (rows.length > 0) this.#room.toAgents({ is: "rows", rows });
	}
}
