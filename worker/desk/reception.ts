// Whether anybody is there to answer, what is known of that when a visitor writes, and how it stands with the desk.

import { closesAt, type Hours, isWithin, opensAt } from "../domain/conversation/office.ts";
import type { Circumstances } from "../domain/conversation/reception.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import type { DeskFigures, Office } from "../protocol/chat.ts";
import type { Caller } from "./call.ts";
import type { Logs } from "./logs.ts";
import type { Room } from "./room.ts";
import type { Settings } from "./settings.ts";
import type { DeskStore } from "./store.ts";
import { sayingIn, wordsFor } from "./words.ts";

const never = Number.POSITIVE_INFINITY;

/** Within hours, or between them. */
interface Span {
	readonly hours: Hours | undefined;
	readonly timeZone: string;
	readonly within: boolean;
	readonly from: number;
	readonly until: number;
}

export class Reception {
	readonly #store: DeskStore;
	readonly #settings: Settings;
	readonly #room: Room;
	readonly #logs: Logs;
	#hours: Span | undefined;

	constructor(store: DeskStore, settings: Settings, room: Room, logs: Logs) {
		this.#store = store;
		this.#settings = settings;
		this.#room = room;
		this.#logs = logs;
	}

	office(): Office {
		const { within, until } = this.#span();
		const agents = this.#attentive();
		return {
			isOpen: within && agents.length > 0,
			...(!within && until < never && { opensAt: until }),
			asks: this.#settings.chat?.asks ?? [],
			agents: agents.map(({ name }) => name),
		};
	}

	/** When visitors are to be told that hours begin or end, epoch ms; infinity where none is there to be told. */
	turnsAt(): number {
		return this.#room.hasVisitors ? this.#span().until : never;
	}

	/**
	 * To all visitors, where it is otherwise than they were told last: when agents come and go, when hours begin and end, and
	 * before another visitor is let in, so that one thing is true of all who are there. It is stored what that is: those who
	 * slept through it as we did know it still.
	 */
	tell(): void {
		const office = this.office();
		const { isOpen, opensAt = null, asks } = office;
		const text = JSON.stringify({ isOpen, opensAt, asks });
		if (text === this.#store.meta("office")) return;
		this.#store.setMeta("office", text);
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

	/** Looked for once in each: to find the end of a weekend takes longer than all else that is asked here. */
	#span(): Span {
		const now = Date.now();
		const { chat, timeZone } = this.#settings;
		const hours = chat?.hours;
		const known = this.#hours;
		const isKnown = known && known.hours === hours && known.timeZone === timeZone;
		if (isKnown && known.from <= now && now < known.until) return known;
		const within = isWithin(hours, timeZone, now);
		const until = (within ? closesAt : opensAt)(hours, timeZone, now) ?? never;
		this.#hours = { hours, timeZone, within, from: now, until };
		return this.#hours;
	}

	#attentive() {
		return this.#room.present().filter(({ isAway }) => !isAway);
	}
}

function openOf(alive: readonly Conversation[], agent: string): number {
	return alive.filter((state) => state.agent?.agent === agent && state.status === "open").length;
}
