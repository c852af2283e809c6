// How often one browser may call: a burst, and then so many a minute. Held in memory alone: an evicted cell forgets
// and is generous, which costs less than a row for every page view.

export class Rate {
	readonly #burst: number;
	readonly #perMs: number;
	readonly #buckets = new Map<string, { left: number; at: number }>();
	readonly #most = 20_000;

	constructor(burst: number, perMinute: number) {
		this.#burst = burst;
		this.#perMs = perMinute / 60_000;
	}

	allows(caller: string, now: number): boolean {
		const bucket = this.#buckets.get(caller) ?? { left: this.#burst, at: now };
		const left = Math.min(this.#burst, bucket.left + (now - bucket.at) * this.#perMs);
		if (this.#buckets.size >= this.#most) this.#buckets.clear();
		this.#buckets.set(caller, { left: left < 1 ? left : left - 1, at: now });
		return left >= 1;
	}
}
