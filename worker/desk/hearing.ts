// What a socket says, and what is done about it. A frame that is none of ours ends the line that it came by.

import { type Author, forVisitor } from "../domain/conversation/event.ts";
import { Rate } from "../platform/rate.ts";
import { AgentFrame, chatLimits, VisitorFrame } from "../protocol/chat.schema.ts";
import type { Conversations } from "./conversations.ts";
import { codes, type Door } from "./door.ts";
import type { Logs } from "./logs.ts";
import type { News } from "./news.ts";
import type { Reception } from "./reception.ts";
import type { AgentSocket, Room, VisitorSocket } from "./room.ts";
import type { DeskStore } from "./store.ts";

const mostOpen = 20;

export interface Heard {
	readonly store: DeskStore;
	readonly room: Room;
	readonly logs: Logs;
	readonly news: News;
	readonly reception: Reception;
	readonly conversations: Conversations;
	readonly door: Door;
}

export class Hearing {
	readonly #by: Heard;
	readonly #frames = new Rate(60, 600);

	constructor(by: Heard) {
		this.#by = by;
	}

	hear(socket: WebSocket, message: string | ArrayBuffer): void {
		const attached = this.#by.room.of(socket);
		const text = typeof message === "string" && message.length <= chatLimits.frame ? message : undefined;
		if (attached?.is === "visitor") this.#hearVisitor(socket, attached, text);
		if (attached?.is === "agent") this.#hearAgent(socket, attached, text);
	}

	#hearVisitor(socket: WebSocket, attached: VisitorSocket, text: string | undefined): void {
		const { room, logs, news, conversations, door } = this.#by;
		const { caller } = attached;
		if (!this.#frames.allows(`visitor ${caller.whose.visitor}`, Date.now())) {
			room.toVisitor(socket, { is: "bye", why: "flood" });
			door.hangUp(socket, codes.flood);
			return;
		}
		const frame = parsed(text, VisitorFrame);
		if (!frame) {
			room.toVisitor(socket, { is: "bye", why: "malformed" });
			door.hangUp(socket, codes.malformed);
			return;
		}
		const { conversation } = attached;
		switch (frame.is) {
			case "do": {
				const { page, language } = attached;
				conversations.turn(
					{
						conversation: conversation ?? logs.of(caller),
						commands: frame.commands,
						by: { who: "visitor" },
						caller,
						...(page && { page: { url: page.url, language } }),
					},
					socket,
				);
				return;
			}
			case "typing": {
				if (conversation === null) return;
				const by: Author = { who: "visitor" };
				room.toAll(room.agentsOn(conversation), { is: "typing", conversation, by });
				return;
			}
			case "got": {
				const { upTo } = frame;
				if (conversation === null || upTo <= attached.got) return;
				room.put(socket, { ...attached, got: upTo });
				room.toAll(room.agentsOn(conversation), { is: "got", conversation, by: "visitor", upTo });
				return;
			}
			case "here": {
				const { url, title = null, visible, language = null } = frame;
				room.put(socket, { ...attached, page: { url, title, visible, at: Date.now() }, language });
				news.moving(caller.whose.visitor);
				return;
			}
			case "older": {
				if (conversation === null) return;
				const older = logs.older(conversation, frame.before);
				const events = older.events.flatMap((event) => forVisitor(event) ?? []);
				room.toVisitor(socket, { ...older, events });
			}
		}
	}

	#hearAgent(socket: WebSocket, attached: AgentSocket, text: string | undefined): void {
		const { store, room, logs, reception, conversations, door } = this.#by;
		if (Date.now() > attached.until) {
			room.toAgent(socket, { is: "bye", why: "signed-out" });
			door.hangUp(socket, codes.expired);
			return;
		}
		const frame = parsed(text, AgentFrame);
		if (!frame) {
			room.toAgent(socket, { is: "bye", why: "malformed" });
			door.hangUp(socket, codes.malformed);
			return;
		}
		const { agent, name } = attached;
		const by: Author = { who: "agent", agent, name };
		switch (frame.is) {
			case "do": {
				const { conversation, commands } = frame;
				if (store.state(conversation)) {
					conversations.turn({ conversation, commands, by }, socket);
					return;
				}
				const acks = commands.map(({ id }) => ({ id, is: "refused", why: "conversation-unknown" }) as const);
				room.toAgent(socket, { is: "acks", conversation, acks });
				return;
			}
			case "open": {
				const { conversation, after } = frame;
				const state = store.state(conversation);
				if (!state) {
					room.toAgent(socket, { is: "gone", conversations: [conversation] });
					return;
				}
				const open = [...attached.open.filter((one) => one !== conversation), conversation].slice(-mostOpen);
				room.put(socket, { ...attached, open });
				room.toAgent(socket, { is: "news", conversation, ...logs.span(conversation, state, after) });
				return;
			}
			case "older": {
				const { conversation, before } = frame;
				room.toAgent(socket, { ...logs.older(conversation, before), conversation });
				return;
			}
			case "shut": {
				const open = attached.open.filter((one) => one !== frame.conversation);
				room.put(socket, { ...attached, open });
				return;
			}
			case "typing": {
				const { conversation } = frame;
				const others = room.agentsOn(conversation).filter(([, one]) => one.agent !== agent);
				room.toAll(room.visitorsIn(conversation), { is: "typing", by });
				room.toAll(others, { is: "typing", conversation, by });
				return;
			}
			case "presence":
				room.put(socket, { ...attached, isAway: frame.isAway });
				room.toAgents({ is: "agents", agents: room.present() });
				reception.tell();
				return;
		}
	}
}

interface Schema<T> {
	safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function parsed<T>(text: string | undefined, schema: Schema<T>): T | undefined {
	if (text === undefined) return undefined;
	try {
		const frame = schema.safeParse(JSON.parse(text));
		return frame.success ? frame.data : undefined;
	} catch {
		// No JSON: the platform's only way to say so.
		return undefined;
	}
}
