// What is written of conversations: a turn, a transcript on its way, the end of one. Each is one transaction; what came of it
// is told in the same turn, and leaves behind the output gate: what anybody sees is durable.

import type { Mails } from "../cell/mails.ts";
import { uuidv7 } from "../platform/id.ts";
import { Rate } from "../platform/rate.ts";
import { chatLimits } from "../protocol/chat.schema.ts";
import type { News } from "./news.ts";
import type { Told } from "./receiver.ts";
import type { Settings } from "./settings.ts";
import { type Ground, type Turn, type Turned, turn } from "./talk.ts";
import type { TranscriptLetter } from "./transcript.ts";

const sliceOfDue = 100;
const mostInLetter = 5_000;

export interface Keeping {
	readonly ground: Ground;
	readonly settings: Settings;
	readonly mails: Mails<TranscriptLetter>;
	readonly news: News;
	/** Sees to what is owed since. */
	readonly wind: () => void;
}

export class Conversations {
	readonly #by: Keeping;
	readonly #commands = new Rate(chatLimits.burst, chatLimits.perMinute);

	constructor(by: Keeping) {
		this.#by = by;
	}

	turn(asked: Omit<Turn, "now" | "allows">, from?: WebSocket): Turned {
		const now = Date.now();
		const { caller, by } = asked;
		const { ground, news } = this.#by;
		const visitor = caller?.whose.visitor ?? "";
		const allows = () => by.who !== "visitor" || this.#commands.allows(visitor, now);
		const turned = this.#transact(() => {
			const done = turn(ground, { ...asked, now, allows });
			const to = caller?.email;
			if (done.conversation !== undefined && to)
				for (const id of done.mails) this.#post(done.conversation, id, to);
			return done;
		});
		news.tell(turned, caller, from);
		for (const event of turned.events)
			if (event.is === "pushed") news.show(turned.conversation ?? "", event, asked.offers?.[event.id]);
		return turned;
	}

	/** The transcript, to whom an agent says; false where there is no such conversation. */
	mail(conversation: string, to: string): boolean {
		if (!this.#by.ground.store.state(conversation)) return false;
		this.#transact(() => this.#post(conversation, uuidv7(Date.now()), to));
		return true;
	}

	/** What woke up, and what is kept no longer. */
	lookAtDue(): void {
		const { store, retentionMs } = this.#by.ground;
		const now = Date.now();
		const expired: string[] = [];
		for (const id of store.due(now, sliceOfDue)) {
			const state = store.state(id);
			if (!state) continue;
			const endsAt = state.lastAt + retentionMs();
			if (endsAt <= now) expired.push(id);
			else if (state.snoozedUntil !== null && state.snoozedUntil <= now)
				this.turn({
					conversation: id,
					commands: [{ id: uuidv7(now), is: "reopen", seen: state.seq }],
					by: { who: "site" },
				});
			const after = store.state(id);
			if (endsAt > now && after) store.setDue(id, after.snoozedUntil ?? endsAt);
		}
		this.remove(expired);
	}

	/** Here at once, and in D1 by the outbox: after whatever may still be on its way there. */
	remove(conversations: readonly string[]): void {
		if (conversations.length === 0) return;
		const { store, outbox, errands, files } = this.#by.ground;
		this.#transact(() => {
			const attached = conversations.flatMap((id) => store.remove(id));
			outbox.erase([], conversations);
			for (const part of conversations) outbox.append("d1", "log", JSON.stringify({ part } satisfies Told));
			const keys = attached.map((id) => files.keyOf(id));
			if (keys.length > 0) errands.add(uuidv7(Date.now()), "", { is: "unfile", files: keys });
		});
		this.#by.news.gone(conversations);
	}

	#post(conversation: string, id: string, to: string): void {
		const { ground, settings, mails } = this.#by;
		const state = ground.store.state(conversation);
		if (!state) return;
		const { name: site, timeZone } = settings;
		const { language } = state;
		const events = ground.store.eventsAfter(conversation, 0, mostInLetter);
		mails.append({ id, person: conversation, letter: { to, site, language, timeZone, events } });
	}

	/** All or nothing, in memory too; and then what came of it is seen to. */
	#transact<T>(work: () => T): T {
		const { ground, mails, wind } = this.#by;
		try {
			return ground.store.sql.transaction(work);
		} catch (error) {
			ground.store.distrust();
			ground.outbox.resume();
			ground.errands.resume();
			mails.resume();
			throw error;
		} finally {
			wind();
		}
	}
}
