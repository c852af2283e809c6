// From the outbox to D1: the oldest lines in one batch, again and again until nothing waits or something fails.
// The fault to fear is a batch that D1 has committed and whose acknowledgement was lost: so D1 is asked about every line
// that is in doubt before it is sent, and about none in a life without faults. What lines are in D1, and how it is known
// which of them are there, is the receiver's.

import { backoffMs } from "../platform/backoff.ts";
import { logFault, logWarning, messageOf } from "../platform/log.ts";
import type { Outbox } from "./outbox.ts";
import type { Line } from "./slots.ts";

const linesPerBatch = 500;
/** D1 takes 2 MB in one value; events are the largest and grow in their rows. */
const charactersPerBatch = 500_000;
const batchesPerDrain = 20;
const longestRetryMs = 20_000;
/** A line that fails so often by itself, while D1 takes other writes, will never go in. */
const poisonAfter = 8;

/** D1, as far as it takes in lines of one object. */
export interface Receiver {
	/** Whether it is known how D1 stands; else it is asked, though no line is in doubt. */
	readonly isKnown: boolean;
	/** What was known may hold no longer. */
	distrust(): void;
	/** Learns how D1 stands: which of these lines it has, and the highest numbers that it ever had. */
	ask(lines: readonly Line[]): Promise<{ readonly taken: readonly Line[]; readonly had: readonly number[] }>;
	/** Takes back what may no longer be told; whether any of these was. */
	lapse(lines: readonly Line[]): boolean;
	/** All of them, or none. */
	take(lines: readonly Line[]): Promise<void>;
	/** A write that nothing can be said against. */
	touch(): Promise<void>;
	/** Whether D1 stands otherwise than was believed before it was asked, so that a batch had to fail. */
	readonly hasTurned: boolean;
}

export class Delivery {
	readonly #outbox: Outbox;
	readonly #receiver: Receiver;
	#failures = 0;
	/** Halved by each failure, so that a poison line ends up alone. */
	#lines = linesPerBatch;
	/** Wall clock: no attempt before that. */
	retryAt = 0;
	/** Lines that D1 has taken in this life. */
	delivered = 0;

	constructor(outbox: Outbox, receiver: Receiver) {
		this.#outbox = outbox;
		this.#receiver = receiver;
	}

	/** Delivers what waits. A failure is counted, never thrown, and tried again from `retryAt` on. */
	async deliver(): Promise<void> {
		if (Date.now() < this.retryAt) return;
		for (let batch = 0; batch < batchesPerDrain && this.#outbox.waiting > 0; batch++) {
			if (!(await this.#deliverOnce())) return;
		}
	}

	/** Whether there is more to do at once. */
	async #deliverOnce(): Promise<boolean> {
		let lines: readonly Line[] = [];
		try {
			const oldest = this.#outbox.oldest(this.#lines, charactersPerBatch);
			const doubtful = oldest.filter((line) => this.#outbox.isDoubtful(line));
			if (doubtful.length > 0 || !this.#receiver.isKnown) {
				await this.#ask(doubtful);
				return true;
			}
			const isAll = oldest.length === this.#outbox.waiting;
			// Retention wins over delivery: where that took lines back, those that are left are looked at anew.
			if (this.#receiver.lapse(oldest)) return true;
			lines = oldest;
			await this.#receiver.take(lines);
			this.#outbox.delivered(lines);
			this.#failures = 0;
			this.#lines = Math.min(linesPerBatch, this.#lines * 2);
			this.delivered += lines.length;
			// What came meanwhile gathers: each batch costs D1 as much as some rows.
			return !isAll;
		} catch (error) {
			this.#outbox.doubt(lines);
			this.#receiver.distrust();
			await this.#weigh(lines, error);
			return false;
		}
	}

	/** Learns which of these lines D1 has, also where its acknowledgement never came; says whether it has any. */
	async #ask(lines: readonly Line[]): Promise<boolean> {
		const { taken, had } = await this.#receiver.ask(lines);
		for (const seq of had) this.#outbox.skip(seq);
		this.#outbox.settle(lines, taken);
		return taken.length > 0;
	}

	/** What became of a batch that failed decides when and how the next is tried. */
	async #weigh(lines: readonly Line[], error: unknown): Promise<void> {
		const message = messageOf(error);
		const finding = await this.#findOut(lines);
		logWarning("outbox", { lines: lines.length, waiting: this.#outbox.waiting, finding, message });
		this.#failures = finding === "outage" ? this.#failures + 1 : 0;
		this.retryAt = Date.now() + backoffMs(this.#failures, longestRetryMs);
		if (finding !== "refused") return;
		this.#lines = Math.max(1, Math.floor(lines.length / 2));
		const [alone, ...more] = lines;
		if (!alone || more.length > 0) return;
		if (this.#outbox.failed(alone, message, poisonAfter) === "dead") logFault("outbox line set aside", error);
	}

	/**
	 * Tells an outage, in which everything waits, from a batch that D1 refuses while it takes other writes: its halves
	 * are tried until the line at fault stands alone, and steps aside. `sound`: nothing was refused, or D1 had committed
	 * and only its acknowledgement was lost; or D1 stands otherwise than the batch believed.
	 */
	async #findOut(lines: readonly Line[]): Promise<"outage" | "refused" | "sound"> {
		try {
			const hasSome = await this.#ask(lines);
			if (lines.length === 0 || hasSome || this.#receiver.hasTurned) return "sound";
			await this.#receiver.touch();
			return "refused";
		} catch {
			return "outage";
		}
	}
}
