// Who is there: the sockets of visitors and agents, and what each of them said of itself. A socket outlives the object: what
// must be known of it after a hibernation is in its attachment (at most 16 KB), and this map is only read from there. Nothing
// here is a promise: presence, typing and how far something was delivered are told and forgotten.

import type { AgentDown, AgentSeen, VisitorDown, VisitorSeen } from "../protocol/chat.ts";
import type { Caller, Page } from "./call.ts";

export interface VisitorSocket {
	readonly is: "visitor";
	readonly caller: Caller;
	readonly since: number;
	readonly conversation: string | null;
	readonly page: Page | null;
	readonly language: string | null;
	readonly got: number;
}

export interface AgentSocket {
	readonly is: "agent";
	readonly agent: string;
	readonly name: string;
	readonly isAway: boolean;
	/** Conversations of which every event is sent there. */
	readonly open: readonly string[];
	/** Epoch ms: after that whoever is there has to show again that they may be. */
	readonly until: number;
}

export type Attached = VisitorSocket | AgentSocket;
type Socket<Of extends Attached> = readonly [WebSocket, Of];

export class Room {
	readonly #attached = new Map<WebSocket, Attached>();
	/** Agents' sockets, and visitors' by what is asked of them with every message. */
	readonly #agents = new Set<WebSocket>();
	readonly #byConversation = new Map<string, Set<WebSocket>>();
	readonly #byVisitor = new Map<string, Set<WebSocket>>();

	constructor(sockets: readonly WebSocket[]) {
		for (const socket of sockets) this.#keep(socket, socket.deserializeAttachment());
	}

	of(socket: WebSocket): Attached | undefined {
		return this.#attached.get(socket);
	}

	put(socket: WebSocket, attached: Attached): void {
		socket.serializeAttachment(attached);
		this.remove(socket);
		this.#keep(socket, attached);
	}

	#keep(socket: WebSocket, attached: Attached): void {
		this.#attached.set(socket, attached);
		if (attached.is === "agent") {
			this.#agents.add(socket);
			return;
		}
		add(this.#byVisitor, attached.caller.whose.visitor, socket);
		if (attached.conversation !== null) add(this.#byConversation, attached.conversation, socket);
	}

	/** Answers with what it was; nothing where it had gone before. */
	remove(socket: WebSocket): Attached | undefined {
		const attached = this.#attached.get(socket);
		this.#attached.delete(socket);
		this.#agents.delete(socket);
		if (attached?.is !== "visitor") return attached;
		take(this.#byVisitor, attached.caller.whose.visitor, socket);
		if (attached.conversation !== null) take(this.#byConversation, attached.conversation, socket);
		return attached;
	}

	get hasVisitors(): boolean {
		return this.#attached.size > this.#agents.size;
	}

	visitors(): readonly Socket<VisitorSocket>[] {
		const all: Socket<VisitorSocket>[] = [];
		for (const [socket, attached] of this.#attached)
			if (attached.is === "visitor") all.push([socket, attached]);
		return all;
	}

	agents(): readonly Socket<AgentSocket>[] {
		const all: Socket<AgentSocket>[] = [];
		for (const socket of this.#agents) {
			const attached = this.#attached.get(socket);
			if (attached?.is === "agent") all.push([socket, attached]);
		}
		return all;
	}

	/** Those of which a visitor is there. */
	conversations(): readonly string[] {
		return [...this.#byConversation.keys()];
	}

	/** Those to whom every event of this conversation is sent. */
	agentsOn(conversation: string): readonly Socket<AgentSocket>[] {
		return this.agents().filter(([, { open }]) => open.includes(conversation));
	}

	/** Those of whom it is known that this is their conversation. */
	visitorsIn(conversation: string): readonly Socket<VisitorSocket>[] {
		return this.#among(this.#byConversation.get(conversation));
	}

	visitorsBy(visitor: string): readonly Socket<VisitorSocket>[] {
		return this.#among(this.#byVisitor.get(visitor));
	}

	#among(sockets: Iterable<WebSocket> = []): readonly Socket<VisitorSocket>[] {
		const all: Socket<VisitorSocket>[] = [];
		for (const socket of sockets) {
			const attached = this.#attached.get(socket);
			if (attached?.is === "visitor") all.push([socket, attached]);
		}
		return all;
	}

	toVisitor(socket: WebSocket, frame: VisitorDown): void {
		this.#send(socket, frame);
	}

	toAgent(socket: WebSocket, frame: AgentDown): void {
		this.#send(socket, frame);
	}

	toAgents(frame: AgentDown): void {
		const text = JSON.stringify(frame);
		for (const [socket] of this.agents()) this.#sendText(socket, text);
	}

	/** One frame, written once, to many. */
	toAll(sockets: readonly (readonly [WebSocket, Attached])[], frame: VisitorDown | AgentDown): void {
		if (sockets.length === 0) return;
		const text = JSON.stringify(frame);
		for (const [socket] of sockets) this.#sendText(socket, text);
	}

	/** Each agent once, with all their sockets: away where all of them are. */
	present(): readonly AgentSeen[] {
		const seen = new Map<string, AgentSeen>();
		for (const [, { agent, name, isAway }] of this.agents())
			seen.set(agent, { agent, name, isAway: isAway && (seen.get(agent)?.isAway ?? true) });
		return [...seen.values()];
	}

	/** Each visitor once, by the socket that said something last of where it is. */
	seen(): readonly VisitorSeen[] {
		const latest = new Map<string, VisitorSocket>();
		for (const [, one] of this.visitors()) {
			const known = latest.get(one.caller.whose.visitor);
			if (!known || (one.page?.at ?? 0) >= (known.page?.at ?? 0)) latest.set(one.caller.whose.visitor, one);
		}
		return [...latest.values()].map(seenOf);
	}

	/** The latest page of whoever is in this conversation; nothing where none of their sockets is open. */
	pageIn(conversation: string): Page | undefined {
		const pages = this.visitorsIn(conversation).flatMap(([, { page }]) => page ?? []);
		return pages.sort((a, b) => b.at - a.at)[0];
	}

	#send(socket: WebSocket, frame: VisitorDown | AgentDown): void {
		this.#sendText(socket, JSON.stringify(frame));
	}

	#sendText(socket: WebSocket, text: string): void {
		try {
			socket.send(text);
		} catch {
			// It is closing: what it would have been told, it asks for when it comes back.
			this.remove(socket);
		}
	}
}

export function seenOf({ caller, conversation, page, since }: VisitorSocket): VisitorSeen {
	return {
		visitor: caller.whose.visitor,
		person: caller.whose.person,
		conversation,
		url: page?.url ?? null,
		title: page?.title ?? null,
		visible: page?.visible ?? false,
		since,
	};
}

function add(sockets: Map<string, Set<WebSocket>>, of: string, socket: WebSocket): void {
	const known = sockets.get(of);
	if (known) known.add(socket);
	else sockets.set(of, new Set([socket]));
}

function take(sockets: Map<string, Set<WebSocket>>, of: string, socket: WebSocket): void {
	const known = sockets.get(of);
	known?.delete(socket);
	if (known?.size === 0) sockets.delete(of);
}
