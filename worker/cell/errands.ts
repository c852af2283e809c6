// What the cell owes to other objects than D1: to tell the directory, or another cell. An errand has a key, and of one key
// only the latest matters. It is written in the transaction of the deed, and done again and again until it was done: so
// whoever is told must not mind being told twice.

import type { Going } from "../outbox/wake.ts";
import { backoffMs } from "../platform/backoff.ts";
import { logWarning, messageOf } from "../platform/log.ts";
import type { Store } from "./store.ts";

const atOnce = 8;
const perRun = 64;
const longestRetryMs = 60_000;

/** `body` is what the errand carries; "" where all that it tells is read when it is done. */
export interface Errand {
	readonly key: string;
	readonly body: string;
}

interface Waiting {
	failures: number;
	/** Wall clock: no attempt before that. */
	retryAt: number;
	/** How often it was wanted: once more while it is being done, and it has to be done again. */
	wanted: number;
}

interface Attempt {
	readonly work: Promise<void>;
	/** As it was when this began. */
	readonly wanted: number;
}

export class Errands implements Going {
	readonly #store: Store;
	readonly #perform: (errand: Errand) => Promise<void>;
	readonly #waiting = new Map<string, Waiting>();
	/** Under way, so that whoever waits for one does not begin it a second time. */
	readonly #going = new Map<string, Attempt>();

	constructor(store: Store, perform: (errand: Errand) => Promise<void>) {
		this.#store = store;
		this.#perform = perform;
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed. */
	resume(): void {
		const keys = new Set(this.#store.errands());
		for (const key of this.#waiting.keys()) if (!keys.has(key)) this.#waiting.delete(key);
		for (const key of keys)
			if (!this.#waiting.has(key)) this.#waiting.set(key, { failures: 0, retryAt: 0, wanted: 1 });
	}

	/** In the caller's transaction. What waits already costs no write, unless it carries something else. */
	want(key: string, body = ""): void {
		const waiting = this.#waiting.get(key);
		if (!waiting || body !== "") this.#store.putErrand(key, body);
		if (waiting) waiting.wanted++;
		else this.#waiting.set(key, { failures: 0, retryAt: 0, wanted: 1 });
	}

	/** In the caller's transaction: it need not be done any more. */
	drop(key: string): void {
		if (this.#waiting.delete(key)) this.#store.removeErrand(key);
	}

	isWaiting(key: string): boolean {
		return this.#waiting.has(key);
	}

	get isPending(): boolean {
		return this.#waiting.size > 0;
	}

	/** Wall clock. */
	get retryAt(): number {
		let soonest = Number.POSITIVE_INFINITY;
		for (const { retryAt } of this.#waiting.values()) soonest = Math.min(soonest, retryAt);
		return soonest;
	}

	/** Some of those that are due, a few at once. A failure is counted, never thrown. */
	async run(): Promise<void> {
		const wall = Date.now();
		const due = [...this.#waiting].filter(([, { retryAt }]) => retryAt <= wall).slice(0, perRun);
		for (let from = 0; from < due.length; from += atOnce) {
			const some = due.slice(from, from + atOnce).map(([key]) => key);
			await Promise.all(some.map((key) => this.settle(key).catch(() => undefined)));
		}
	}

	/**
	 * Does one now, for whoever cannot go on before it is done; at once where nothing waits under this key. What was wanted
	 * once more while it was under way is done once more.
	 */
	settle(key: string): Promise<void> {
		const waiting = this.#waiting.get(key);
		const going = this.#going.get(key);
		if (going) {
			const again = () => this.settle(key);
			return !waiting || going.wanted === waiting.wanted ? going.work : going.work.then(again, again);
		}
		if (!waiting) return Promise.resolve();
		const work = this.#settle(key, waiting).finally(() => this.#going.delete(key));
		this.#going.set(key, { work, wanted: waiting.wanted });
		return work;
	}

	/** Does those of these kinds that carry this id: whoever waits for one is not to fail by another's. */
	async settleNaming(id: string, ...kinds: readonly string[]): Promise<void> {
		const isOne = (key: string) => kinds.includes(key.split("/")[0] ?? "");
		const keys = this.#store.errandsNaming(id).filter(isOne);
		await Promise.all(keys.map((key) => this.settle(key)));
	}

	async #settle(key: string, waiting: Waiting): Promise<void> {
		const { wanted } = waiting;
		const body = this.#store.errand(key);
		try {
			if (body !== undefined) await this.#perform({ key, body });
		} catch (error) {
			waiting.failures++;
			waiting.retryAt = Date.now() + backoffMs(waiting.failures, longestRetryMs);
			const message = messageOf(error);
			logWarning("errand", { kind: key.split("/")[0] ?? "", failures: waiting.failures, message });
			throw error;
		}
		waiting.failures = 0;
		waiting.retryAt = 0;
		// Dropped meanwhile, or wanted once more.
		if (this.#waiting.get(key) === waiting && waiting.wanted === wanted) this.drop(key);
	}
}
