// From the outbox to D1: the oldest lines in one batch, again and again until nothing waits or something fails.
// The fault to fear is a batch that D1 has committed and whose acknowledgement was lost: so D1 is asked about every line
// that is in doubt before it is sent, and about none in a life without faults.

import { databaseOf } from "../data/database.ts";
import { type Taken, takeIn, takenOf } from "../data/intake.ts";
import type { Env } from "../platform/env.ts";
import { logFault, logWarning } from "../platform/log.ts";
import type { Outbox } from "./outbox.ts";
import type { History, People } from "./people.ts";
import type { Line } from "./slots.ts";
import { intakeOf, isTaken, read, type Sender } from "./telling.ts";

const linesPerBatch = 500;
/** D1 takes 2 MB in one value; events are the largest and grow in their rows. */
const bytesPerBatch = 500_000;
const batchesPerDrain = 20;
const firstRetryMs = 250;
const longestRetryMs = 20_000;
/** A line that fails so often by itself, while D1 takes other writes, will never go in. */
const poisonAfter = 8;

export class Delivery {
	readonly #outbox: Outbox;
	readonly #people: People;
	readonly #env: Env;
	/** Forgets what has lapsed of those whose old events still wait; says whether anything had. */
	readonly #lapse: (histories: readonly History[]) => boolean;
	/** What D1 has said of erasures, as far as that still holds. */
	#erasures: Omit<Taken, "parts"> | undefined;
	#failures = 0;
	/** Halved by each failure, so that a poison line ends up alone. */
	#lines = linesPerBatch;
	/** Wall clock: no attempt before that. */
	retryAt = 0;
	/** Lines that D1 has taken in this life. */
	delivered = 0;

	constructor(outbox: Outbox, people: People, env: Env, lapse: (histories: readonly History[]) => boolean) {
		this.#outbox = outbox;
		this.#people = people;
		this.#env = env;
		this.#lapse = lapse;
	}

	/** Delivers what waits. A failure is counted, never thrown, and tried again from `retryAt` on. */
	async deliver(sender: Sender): Promise<void> {
		if (Date.now() < this.retryAt) return;
		for (let batch = 0; batch < batchesPerDrain && this.#outbox.waiting > 0; batch++) {
			if (!(await this.#deliverOnce(sender))) return;
		}
	}

	/** Whether there is more to do at once. */
	async #deliverOnce(sender: Sender): Promise<boolean> {
		const db = databaseOf(this.#env, sender.site);
		let lines: readonly Line[] = [];
		try {
			const oldest = this.#outbox.oldest(this.#lines, bytesPerBatch);
			const doubtful = oldest.filter((line) => this.#outbox.isDoubtful(line));
			if (doubtful.length > 0 || this.#erasures === undefined) {
				await this.#ask(db, sender, doubtful);
				return true;
			}
			const isAll = oldest.length === this.#outbox.waiting;
			// Retention wins over delivery: where that took lines back, those that are left are looked at anew.
			const told = oldest.map(read);
			if (this.#lapse(told.map(({ history }) => history))) return true;
			lines = oldest;
			const intake = intakeOf(sender, this.#erasures, told, this.#people);
			await takeIn(db, intake);
			this.#outbox.delivered(lines);
			this.#erasures = { ...this.#erasures, watermark: intake.watermark.to ?? intake.watermark.from };
			this.#failures = 0;
			this.#lines = Math.min(linesPerBatch, this.#lines * 2);
			this.delivered += lines.length;
			// What came meanwhile gathers: each batch costs D1 as much as some rows.
			return !isAll;
		} catch (error) {
			this.#outbox.doubt(lines);
			const { hasErased } = this.#erasures ?? {};
			this.#erasures = undefined;
			await this.#weigh(db, sender, lines, hasErased, error);
			return false;
		}
	}

	/** Learns which of these lines D1 has, also where its acknowledgement never came; says whether it has any. */
	async #ask(db: D1Database, { site, cell }: Sender, lines: readonly Line[]): Promise<boolean> {
		const told = lines.map(read);
		const parts = new Set(told.map(({ history }) => history.part));
		const answer = await takenOf(db, site, cell, [...parts]);
		const taken = told.filter((one) => isTaken(one, answer)).map(({ line }) => line);
		for (const seq of [answer.watermark, ...answer.parts.values()]) this.#outbox.skip(seq);
		this.#outbox.settle(lines, taken);
		this.#erasures = { watermark: answer.watermark, hasErased: answer.hasErased };
		return taken.length > 0;
	}

	/** What became of a batch that failed decides when and how the next is tried. */
	async #weigh(
		db: D1Database,
		sender: Sender,
		lines: readonly Line[],
		hadErased: boolean | undefined,
		error: unknown,
	): Promise<void> {
		const message = error instanceof Error ? error.message : "unknown";
		const finding = await this.#findOut(db, sender, lines, hadErased);
		logWarning("outbox", { lines: lines.length, waiting: this.#outbox.waiting, finding, message });
		this.#failures = finding === "outage" ? this.#failures + 1 : 0;
		const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures, 10));
		this.retryAt = Date.now() + wait * (0.5 + Math.random() / 2);
		if (finding !== "refused") return;
		this.#lines = Math.max(1, Math.floor(lines.length / 2));
		const [alone, ...more] = lines;
		if (!alone || more.length > 0) return;
		if (this.#outbox.failed(alone, message, poisonAfter) === "dead") logFault("outbox line set aside", error);
	}

	/**
	 * Tells an outage, in which everything waits, from a batch that D1 refuses while it takes other writes: its halves
	 * are tried until the line at fault stands alone, and steps aside. `sound`: nothing was refused, or D1 had committed
	 * and only its acknowledgement was lost; or it knows of the site's first erasure, of which the batch did not.
	 */
	async #findOut(
		db: D1Database,
		sender: Sender,
		lines: readonly Line[],
		hadErased: boolean | undefined,
	): Promise<"outage" | "refused" | "sound"> {
		try {
			const hasSome = await this.#ask(db, sender, lines);
			if (lines.length === 0 || hasSome || this.#erasures === undefined) return "sound";
			if (hadErased === false && this.#erasures.hasErased) return "sound";
			// The watermark is moved to where it stands: a write that nothing can be said against.
			const { watermark, ...nothing } = intakeOf(sender, this.#erasures, [], this.#people);
			await takeIn(db, { ...nothing, watermark: { from: watermark.from, to: watermark.from } });
			return "refused";
		} catch {
			return "outage";
		}
	}
}
