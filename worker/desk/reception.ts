// Whether anybody is there to answer, what is known of that when a visitor writes, and how it stands with the desk.

import { isWithin, opensAt } from "../domain/conversation/office.ts";
import type { Circumstances } from "../domain/conversation/reception.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import type { DeskFigures, Office } from "../protocol/chat.ts";
import type { Caller } from "./call.ts";
import type { Logs } from "./logs.ts";
import type { Room } from "./room.ts";
import type { Settings } from "./settings.ts";
import type { DeskStore } from "./store.ts";
import { sayingIn, wordsFor } from "./words.ts";

export class Reception {
	readonly #store: DeskStore;
	readonly #settings: Settings;
	readonly #room: Room;
	readonly #logs: Logs;
	/** As visitors were told last. */
	#isOpen: boolean | undefined;

	constructor(store: DeskStore, settings: Settings, room: Room, logs: Logs) {
		this.#store = store;
		this.#settings = settings;
		this.#room = room;
		this.#logs = logs;
	}

	office(): Office {
		const now = Date.now();
		const { chat, timeZone } = this.#settings;
		const within = isWithin(chat?.hours, timeZone, now);
		const opens = within ? undefined : opensAt(chat?.hours, timeZone, now);
		const agents = this.#attentive();
		return {
			isOpen: within && agents.length > 0,
			...(opens !== undefined && { opensAt: opens }),
			asks: chat?.asks ?? [],
			agents: agents.map(({ name }) => name),
		};
	}

	/** To all visitors, where it opened or closed. */
	tell(): void {
		const office = this.office();
		if (office.isOpen === this.#isOpen) return;
		this.#isOpen = office.isOpen;
		this.#room.toAll(this.#room.visitors(), { is: "office", office });
	}

	circumstances({ language, agent }: Conversation, { segments }: Caller): Circumstances {
		const chat = this.#settings.chat ?? {};
		const greeting = sayingIn(chat.greeting, language);
		const offline = sayingIn(chat.offline, language);
		const words = wordsFor(language);
		// To look through what is open costs more than all else: only where somebody is to be found for it.
		const isRouted = chat.routes !== undefined && chat.routes.length > 0 && agent === null;
		const alive = isRouted ? this.#logs.alive() : [];
		return {
			isOpen: this.office().isOpen,
			present: this.#attentive().map(({ agent, name }) => ({ agent, name, open: openOf(alive, agent) })),
			routes: chat.routes ?? [],
			segments,
			...(greeting !== undefined && { greeting }),
			...(offline !== undefined && { offline }),
			answers: chat.answers ?? false,
			...(chat.asksAddress && {
				address: {
					ask: sayingIn(chat.askAddress, language) ?? words.askAddress,
					again: words.askAgain,
					thank: sayingIn(chat.thankAddress, language) ?? words.thankAddress,
				},
			}),
		};
	}

	figures(): DeskFigures["now"] {
		const now = Date.now();
		const alive = this.#logs.alive();
		const waits = alive.flatMap(({ waitingSince }) => (waitingSince === null ? [] : [now - waitingSince]));
		return {
			open: this.#store.countAlive(),
			waiting: waits.length,
			longestWaitMs: waits.length > 0 ? Math.max(...waits) : null,
			visitors: this.#room.seen().length,
			agents: this.#room.present().map((one) => ({ ...one, open: openOf(alive, one.agent) })),
		};
	}

	#attentive() {
		return this.#room.present().filter(({ isAway }) => !isAway);
	}
}

function openOf(alive: readonly Conversation[], agent: string): number {
	return alive.filter((state) => state.agent?.agent === agent && state.status === "open").length;
}
