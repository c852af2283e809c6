// Messages to people on their way to whoever sends them. Written in the transaction of what they are about, once for each
// id, and sent from here: again after a failure, not again once somebody answers for them. A mail server that took one and
// whose answer was lost gets it twice under one Message-ID. What was said stays no longer than it has to.

import type { Message } from "../automation/message.ts";
import type { Sender, Sent } from "../automation/sender.ts";
import type { Stored } from "../outbox/slots.ts";
import type { Going } from "../outbox/wake.ts";
import { backoffMs } from "../platform/backoff.ts";
import { logFault, logWarning, messageOf } from "../platform/log.ts";

/** What a message is made of when it is sent: JSON. */
export interface Job<Letter> {
	readonly id: string;
	readonly person: string;
	readonly letter: Letter;
}

/** As a developer's machine shows it. */
export interface ShownMail extends Pick<Message, "subject" | "text"> {
	readonly id: string;
	readonly at: number;
	readonly from: string;
	readonly to: string;
	readonly html: string;
}

const perRun = 5;
const firstRetryMs = 10_000;
const longestRetryMs = 4 * 3_600_000;
/** About two days. */
const mostAttempts = 20;
/** Ids are remembered for so long, that none is sent again. */
const rememberMs = 7 * 86_400_000;
/** Longer than a sender takes: a run that hangs must not stop the others for good. */
const longestRunMs = 180_000;
const never = Number.POSITIVE_INFINITY;

export interface Post<Letter> {
	/** Nothing where the deployment cannot send. */
	readonly sender: () => Sender | undefined;
	readonly write: (letter: Letter, id: string, sender: Sender) => Promise<Message>;
	/** Keeps the cell awake until it is done, and then looks what is left. */
	readonly detached: (work: Promise<void>) => void;
}

export class Mails<Letter> implements Going {
	readonly #store: Stored;
	readonly #post: Post<Letter>;
	/** When the next is to be tried, wall clock. */
	#dueAt = never;
	/** Wall clock: when a run that is under way is given up. */
	#runsUntil = 0;

	constructor(store: Stored, post: Post<Letter>) {
		this.#store = store;
		this.#post = post;
		this.resume();
	}

	get isPending(): boolean {
		return this.#dueAt < never;
	}

	get retryAt(): number {
		return Math.max(this.#dueAt, this.#runsUntil);
	}

	/** Goes on from what the store holds. */
	resume(): void {
		const due = this.#store.sql.all("SELECT min(due_at) AS at FROM mails WHERE due_at IS NOT NULL")[0]?.at;
		this.#dueAt = typeof due === "number" ? due : never;
	}

	/** In the transaction of the caller; an id that was there before changes nothing. */
	append({ id, person, letter }: Job<Letter>): void {
		const now = Date.now();
		this.#store.sql.all("DELETE FROM mails WHERE due_at IS NULL AND made_at < ?", now - rememberMs);
		this.#store.sql.all(
			`INSERT INTO mails (id, person, made_at, due_at, attempts, letter) VALUES (?, ?, ?, ?, 0, ?)
			ON CONFLICT (id) DO NOTHING`,
			id,
			person,
			now,
			now,
			JSON.stringify(letter),
		);
		this.resume();
	}

	/** Of somebody who is gone. */
	forget(person: string): void {
		this.#store.sql.all("DELETE FROM mails WHERE person = ?", person);
		this.resume();
	}

	/** Begins to send what is due, and does not wait: a mail server may be slow, and what people did goes before. */
	async run(): Promise<void> {
		const now = Date.now();
		if (now < this.retryAt) return;
		this.#runsUntil = now + longestRunMs;
		this.#post.detached(this.#sendDue(now));
	}

	/** What a developer's machine kept, the newest first. */
	shown(): readonly ShownMail[] {
		const query =
			"SELECT letter FROM mails WHERE due_at IS NULL AND letter IS NOT NULL ORDER BY made_at DESC";
		return this.#store.sql.all(query).map((row) => JSON.parse(String(row.letter)));
	}

	async #sendDue(now: number): Promise<void> {
		// Each is read just before it is sent: meanwhile it may have been struck.
		const query = "SELECT id, attempts, letter FROM mails WHERE due_at <= ? ORDER BY due_at LIMIT 1";
		try {
			for (let sent = 0; sent < perRun; sent++) {
				const due = this.#store.sql.all(query, now)[0];
				if (!due) break;
				await this.#send(String(due.id), Number(due.attempts), JSON.parse(String(due.letter)));
			}
		} catch (error) {
			logFault("cell mails", error);
		}
		this.#runsUntil = 0;
		this.resume();
	}

	async #send(id: string, attempts: number, letter: Letter): Promise<void> {
		try {
			const sender = this.#post.sender();
			if (!sender) throw new Error("the deployment has no sender");
			const message = await this.#post.write(letter, id, sender);
			// Meanwhile it may have been struck: a mail server takes its time.
			const isWanted = () => this.#store.sql.all("SELECT 1 FROM mails WHERE id = ?", id).length > 0;
			if (isWanted()) this.#settle(id, await sender.send(message, isWanted), message);
		} catch (error) {
			if (attempts + 1 >= mostAttempts) {
				logFault("mail given up", error);
				this.#settle(id, "refused");
				return;
			}
			logWarning("mail", {
				attempts: attempts + 1,
				message: messageOf(error),
			});
			const wait = backoffMs(attempts, longestRetryMs, firstRetryMs);
			const again = "UPDATE mails SET attempts = attempts + 1, due_at = ? WHERE id = ?";
			this.#store.sql.all(again, Date.now() + wait, id);
		}
	}

	/** The id stays; what was said stays where it was sent to nobody, to be shown. */
	#settle(id: string, sent: Sent, message?: Message): void {
		if (sent === "refused") logWarning("mail refused", { id });
		const letter = message && sent === "kept" ? JSON.stringify(shownOf(id, message)) : null;
		const settled = "UPDATE mails SET due_at = NULL, letter = ? WHERE id = ?";
		this.#store.sql.all(settled, letter, id);
	}
}

function shownOf(id: string, { from, to, subject, text, html = "" }: Message): ShownMail {
	return {
		id,
		at: Date.now(),
		from: `${from.name ?? ""} <${from.address}>`,
		to: to.address,
		subject,
		text,
		html,
	};
}
