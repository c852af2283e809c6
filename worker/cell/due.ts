// Whoever time has to be let pass for: looked at when they are due, by alarm, and before D1 is told what may have lapsed.

import type { Home } from "./home.ts";
import type { History, People } from "./people.ts";
import type { Store } from "./store.ts";

/** People looked at in one slice of an alarm: a number and never a time, for the clock stands still between I/O. */
const slice = 200;
const lookAgainMs = 30_000;

export class Due {
	readonly #store: Store;
	readonly #people: People;
	readonly #home: Home;
	readonly #transact: <T>(work: () => T) => T;
	/** Wall clock: no look before that, where the last one failed. */
	#lookAgainAt = 0;

	constructor(store: Store, people: People, home: Home, transact: <T>(work: () => T) => T) {
		this.#store = store;
		this.#people = people;
		this.#home = home;
		this.#transact = transact;
	}

	/** When somebody is to be looked at, by the wall clock and no sooner than `wall`. */
	at(wall: number): number {
		return Math.max(this.#store.nextDue() - this.#home.clockOffsetMs, wall, this.#lookAgainAt);
	}

	/** Looks at the longest due. */
	look(): void {
		const { published } = this.#home;
		if (!published || Date.now() < this.#lookAgainAt) return;
		const now = this.#home.now();
		try {
			this.#transact(() => this.#people.lookAtDue(published, now, slice));
			this.#store.askDue();
		} catch (error) {
			// Whoever cannot be looked at must not take all of the processor either.
			this.#lookAgainAt = Date.now() + lookAgainMs;
			throw error;
		}
	}

	/** Forgets what has lapsed of what these histories tell; says whether anything had. */
	lapse(histories: readonly History[]): boolean {
		const { published } = this.#home;
		if (!published) return false;
		const now = this.#home.now();
		const late = histories.filter(({ entries }) =>
			entries.some(({ event }) => event.at <= now - published.retentionMs),
		);
		return late.length > 0 && this.#transact(() => this.#people.lapse(late, published, now));
	}
}
