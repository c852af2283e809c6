// Sockets that come and go: who is let in, what they are told first, and how they are shown out.

import { forVisitor } from "../domain/conversation/event.ts";
import { chatLimits } from "../protocol/chat.schema.ts";
import type { VisitorDown } from "../protocol/chat.ts";
import type { Agents } from "./agents.ts";
import type { Agent, Caller } from "./call.ts";
import type { Conversations } from "./conversations.ts";
import type { Logs } from "./logs.ts";
import type { News } from "./news.ts";
import type { Reception } from "./reception.ts";
import type { Room, VisitorSocket } from "./room.ts";
import type { Settings } from "./settings.ts";
import type { DeskStore } from "./store.ts";

/** An agent's socket is closed after that, and opened anew by whoever may: a role that was taken away ends here too. */
const agentSocketMs = 30 * 60_000;
/** A socket that has not pinged for so long is dead, whatever the platform thinks. */
const deadMs = 120_000;
/** Close codes: see chat.schema.ts. */
export const codes = { malformed: 4400, expired: 4401, refused: 4403, flood: 4429 } as const;

/** What whoever comes has already. */
export interface Known {
	readonly conversation?: string | undefined;
	readonly after?: number;
}

export interface Entrance {
	readonly store: DeskStore;
	readonly settings: Settings;
	readonly room: Room;
	readonly logs: Logs;
	readonly news: News;
	readonly agents: Agents;
	readonly reception: Reception;
	readonly conversations: Conversations;
}

export class Door {
	readonly #state: DurableObjectState;
	readonly #to: Entrance;

	constructor(state: DurableObjectState, to: Entrance) {
		this.#state = state;
		this.#to = to;
	}

	admit(socket: WebSocket, caller: Caller, known: Known): void {
		const { settings, room, logs, news, reception, conversations } = this.#to;
		const { visitor } = caller.whose;
		const why = !settings.mayCall(caller)
			? "refused"
			: room.visitorsBy(visitor).filter((one) => this.#lives(one)).length >= chatLimits.sockets
				? "flood"
				: undefined;
		if (why) {
			socket.accept();
			if (why === "flood")
				socket.send(JSON.stringify({ is: "bye", why: "too-many-sockets" } satisfies VisitorDown));
			socket.close(codes[why]);
			return;
		}
		const conversation = logs.of(caller);
		reception.tell();
		this.#state.acceptWebSocket(socket);
		room.put(socket, {
			is: "visitor",
			caller,
			since: Date.now(),
			conversation: conversation ?? null,
			page: null,
			language: null,
			got: 0,
		});
		// Whoever proved more than before takes their conversation along.
		if (conversation !== undefined)
			conversations.turn({ conversation, commands: [], by: { who: "visitor" }, caller });
		// In the turn of the accept: nothing can come between what is said here and what is sent from here on.
		room.toVisitor(socket, this.welcome(conversation, known));
		news.moving(visitor);
	}

	seat(socket: WebSocket, agent: Agent): void {
		const { settings, room, logs, news, agents, reception } = this.#to;
		const isFirst = room.agents().length === 0;
		this.#state.acceptWebSocket(socket);
		agents.meet(agent);
		const { agent: id, name } = agent;
		const until = Date.now() + agentSocketMs;
		room.put(socket, { is: "agent", agent: id, name, isAway: false, open: [], until });
		const present = room.present();
		room.toAgent(socket, {
			is: "welcome",
			me: present.find((one) => one.agent === id) ?? { agent: id, name, isAway: false },
			agents: present,
			...logs.list(),
			visitors: room.seen(),
			canned: settings.chat?.canned ?? [],
		});
		room.toAgents({ is: "agents", agents: present });
		if (isFirst) news.reached();
		reception.tell();
	}

	/** What a visitor is told first: of their conversation, if they have one, all that they do not know. */
	welcome(conversation: string | undefined, known: Known): Extract<VisitorDown, { is: "welcome" }> {
		const { store, settings, room, logs, news, reception } = this.#to;
		const state = conversation === undefined ? undefined : store.state(conversation);
		const office = reception.office();
		const { theme } = settings;
		if (conversation === undefined || !state)
			return { is: "welcome", conversation: null, office, theme, got: {}, after: 0, upTo: 0, events: [] };
		const span = logs.span(conversation, state, known.conversation === conversation ? (known.after ?? 0) : 0);
		const visitor = Math.max(0, ...room.visitorsIn(conversation).map(([, one]) => one.got));
		const events = span.events.flatMap((event) => forVisitor(event) ?? []);
		const got = { visitor, ...news.gotByAgents(state) };
		return { is: "welcome", conversation, office, theme, got, ...span, events };
	}

	leave(socket: WebSocket): void {
		const { room, news, reception } = this.#to;
		const gone = room.remove(socket);
		if (gone?.is === "visitor") news.moving(gone.caller.whose.visitor);
		if (gone?.is !== "agent") return;
		room.toAgents({ is: "agents", agents: room.present() });
		reception.tell();
	}

	hangUp(socket: WebSocket, code: number): void {
		this.leave(socket);
		try {
			socket.close(code);
		} catch {
			// It is closed already.
		}
	}

	/** There is no chat any more. */
	sendAway(): void {
		for (const [socket] of this.#to.room.visitors()) this.hangUp(socket, codes.refused);
	}

	/** Whoever is one of these is erased. */
	forget(isErased: (caller: Caller) => boolean): void {
		const { room } = this.#to;
		for (const [socket, { caller }] of room.visitors()) {
			if (!isErased(caller)) continue;
			room.toVisitor(socket, { is: "bye", why: "erased" });
			this.hangUp(socket, codes.expired);
		}
	}

	/** A dead one is closed, and makes room. */
	#lives([socket, { since, page }]: readonly [WebSocket, VisitorSocket]): boolean {
		const pinged = this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
		if (Math.max(pinged, since, page?.at ?? 0) > Date.now() - deadMs) return true;
		this.hangUp(socket, 1001);
		return false;
	}
}
