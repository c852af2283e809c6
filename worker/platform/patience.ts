// How a job that works by an object's alarm bears failures: it waits ever longer, looks at ever less, and never gives up.

import { backoffMs } from "./backoff.ts";
import { logWarning, messageOf } from "./log.ts";

const longestRetryMs = 20_000;
/** After so many failures in a row people are dealt with one by one, and after twice as many one steps aside. */
const most = 4;

export class Patience {
	#failures = 0;

	/** Whether people are still dealt with many at a time. */
	get isWhole(): boolean {
		return this.#failures < most;
	}

	get isOver(): boolean {
		return this.#failures >= 2 * most;
	}

	/** Before it is tried again; nothing where the last step went well. */
	get waitMs(): number | undefined {
		if (this.#failures === 0) return undefined;
		return backoffMs(this.#failures, longestRetryMs);
	}

	restore(): void {
		this.#failures = 0;
	}

	/** Somebody stepped aside: the next is looked at alone. */
	relent(): void {
		this.#failures = most;
	}

	/** A failure is counted, never thrown: the platform would give the alarm up. */
	fail(of: string, error: unknown): void {
		this.#failures++;
		const message = messageOf(error);
		logWarning(of, { failures: this.#failures, message });
	}
}
