// What visitors and agents do without a socket, and what is looked at: the same as by a socket's frames.

import type { Author } from "../domain/conversation/event.ts";
import type { AgentAnswer, AgentCommand, LogView, VisitorAnswer, VisitorCommand } from "../protocol/chat.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Agents } from "./agents.ts";
import type { Agent, Caller, Whereabouts } from "./call.ts";
import type { Conversations } from "./conversations.ts";
import type { Door, Known } from "./door.ts";
import type { Logs } from "./logs.ts";
import type { Room, VisitorSocket } from "./room.ts";
import { rowOf } from "./row.ts";
import type { Settings } from "./settings.ts";
import type { DeskStore } from "./store.ts";

export type PageOfPost = VisitorSocket["page"] & { readonly language?: string };

export interface Asked {
	readonly store: DeskStore;
	readonly settings: Settings;
	readonly room: Room;
	readonly logs: Logs;
	readonly agents: Agents;
	readonly conversations: Conversations;
	readonly door: Door;
}

export class Requests {
	readonly #of: Asked;

	constructor(of: Asked) {
		this.#of = of;
	}

	async converse(
		caller: Caller,
		known: Known,
		commands: readonly VisitorCommand[],
		page?: PageOfPost,
	): Promise<VisitorAnswer | "refused"> {
		const { settings, logs, conversations, door } = this.#of;
		await settings.open(caller.site);
		if (!settings.mayCall(caller)) return "refused";
		const conversation = logs.of(caller);
		const turned = conversations.turn({
			conversation,
			commands,
			by: { who: "visitor" },
			caller,
			...(page && { page: { url: page.url, language: page.language ?? null } }),
		});
		return { ...door.welcome(turned.conversation ?? conversation, known), acks: turned.acks };
	}

	look(conversation: string, after: number): LogView | undefined {
		const { store, logs } = this.#of;
		const state = store.state(conversation);
		return state && { ...logs.span(conversation, state, after), conversation: rowOf(conversation, state) };
	}

	async answer(
		agent: Agent,
		conversation: string,
		commands: readonly AgentCommand[],
		after: number,
		offers: Readonly<Record<string, Offer>>,
	): Promise<AgentAnswer | undefined> {
		const { store, logs, conversations } = this.#of;
		const by = await this.#meet(agent);
		if (!store.state(conversation)) return undefined;
		const { acks } = conversations.turn({ conversation, commands, by, offers });
		const state = store.state(conversation);
		return state && { ...logs.span(conversation, state, after), acks };
	}

	async invite(agent: Agent, id: string, visitor: string, text: string): Promise<string | undefined> {
		const { store, room, logs, conversations } = this.#of;
		const by = await this.#meet(agent);
		const [, present] = room.visitorsBy(visitor)[0] ?? [];
		if (!present) return undefined;
		const { caller, page, language } = present;
		const known = logs.of(caller);
		const seen = known === undefined ? 0 : (store.state(known)?.seq ?? 0);
		const turned = conversations.turn({
			conversation: known,
			commands: [{ id, is: "send", text, seen }],
			by,
			caller,
			...(page && { page: { url: page.url, language } }),
		});
		return turned.conversation;
	}

	/** By what the sockets of a conversation said last. */
	whereabouts(conversation: string): Whereabouts | undefined {
		const { store, room } = this.#of;
		const state = store.state(conversation);
		const home = store.home(conversation);
		if (!state || !home) return undefined;
		const { whose, language } = state;
		return { whose, cell: home.cell, language, live: room.pageIn(conversation) ?? null };
	}

	/** Of everybody who has a socket, or of one of them. */
	visitors(only?: string): readonly Whereabouts[] {
		const { room } = this.#of;
		const latest = new Map<string, VisitorSocket>();
		for (const [, one] of only === undefined ? room.visitors() : room.visitorsBy(only)) {
			const { visitor } = one.caller.whose;
			if ((one.page?.at ?? 0) >= (latest.get(visitor)?.page?.at ?? 0)) latest.set(visitor, one);
		}
		return [...latest.values()].map(({ caller: { whose, cell }, language, page }) => {
			return { whose, cell, language, live: page };
		});
	}

	async #meet(agent: Agent): Promise<Author> {
		const { settings, agents } = this.#of;
		await settings.open(agent.site);
		agents.meet(agent);
		return { who: "agent", agent: agent.agent, name: agent.name };
	}
}
