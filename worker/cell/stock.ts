// The codes that this cell can give away now, and how it comes by more: of the site, in blocks, before it runs out. What it
// has is in its store (coupons.ts), so that whoever is given one waits for nobody; only where it has none of a pool that
// somebody is to be given of, and does not know that there are none, is the site asked first.

import { logFault } from "../platform/log.ts";
import type { Lease } from "../protocol/site.ts";
import type { Codes } from "./codes.ts";
import type { Coupons } from "./coupons.ts";

/** Codes left at which more are fetched. */
const low = 5;
/** How long a pool that was empty is taken for empty. */
const emptyMs = 30_000;

export class Stock {
	readonly #coupons: Coupons;
	readonly #lease: (pool: string, after: number) => Promise<readonly Lease[]>;
	readonly #transact: (work: () => void) => void;
	/** By the wall clock, until when a pool is taken for empty. */
	readonly #emptyUntil = new Map<string, number>();
	readonly #fetching = new Map<string, Promise<void>>();

	constructor(
		coupons: Coupons,
		lease: (pool: string, after: number) => Promise<readonly Lease[]>,
		transact: (work: () => void) => void,
	) {
		this.#coupons = coupons;
		this.#lease = lease;
		this.#transact = transact;
	}

	open(): Codes {
		const [lacking, running] = [new Set<string>(), new Set<string>()];
		return {
			lacking,
			running,
			isOut: (pool) => {
				if (this.#coupons.left(pool) > 0) return false;
				const isEmpty = Date.now() < (this.#emptyUntil.get(pool) ?? 0);
				if (!isEmpty) lacking.add(pool);
				return isEmpty;
			},
			take: (pool) => {
				const code = this.#coupons.next(pool);
				if (code !== undefined) this.#coupons.give(pool);
				else if (Date.now() >= (this.#emptyUntil.get(pool) ?? 0)) lacking.add(pool);
				if (this.#coupons.left(pool) < low) running.add(pool);
				return code;
			},
		};
	}

	/** As it was when the site was asked last, for whoever only asks why. */
	get empty(): readonly string[] {
		return [...this.#emptyUntil.keys()].filter((pool) => this.#coupons.left(pool) === 0);
	}

	/** Fetches more of each of these pools. Never fails: of what cannot be had now nothing is given for a while. */
	async fetch(pools: Iterable<string>): Promise<void> {
		await Promise.all(Array.from(pools, (pool) => this.#fetchOnce(pool)));
	}

	/** Codes for so many people; fewer where the pool has no more. */
	async stockUp(pool: string, wanted: number): Promise<void> {
		for (let left = this.#coupons.left(pool); left < wanted; ) {
			await this.#fetchMore(pool);
			const now = this.#coupons.left(pool);
			if (now <= left) return;
			left = now;
		}
	}

	#fetchOnce(pool: string): Promise<void> {
		const known = this.#fetching.get(pool);
		if (known) return known;
		const fetching = this.#fetchMore(pool)
			.catch((error) => {
				logFault("coupons", error);
				if (this.#coupons.left(pool) === 0) this.#emptyUntil.set(pool, Date.now() + emptyMs);
			})
			.finally(() => this.#fetching.delete(pool));
		this.#fetching.set(pool, fetching);
		return fetching;
	}

	async #fetchMore(pool: string): Promise<void> {
		const leases = await this.#lease(pool, this.#coupons.toldOf(pool));
		if (leases.length > 0) this.#transact(() => this.#coupons.keep(pool, leases));
		if (this.#coupons.left(pool) > 0) this.#emptyUntil.delete(pool);
		else this.#emptyUntil.set(pool, Date.now() + emptyMs);
	}
}
