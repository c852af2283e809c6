// Chance that is the same on every run and machine.

export class Chance {
	#state: number;

	/** Each of a row of people has a chance of their own, whatever came of the others'. */
	constructor(seed: number, index = 0) {
		this.#state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
		this.next();
	}

	/** From 0 to 1, and never 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, both ends included. */
	between(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	is(share: number): boolean {
		return this.next() < share;
	}

	of<T>(list: readonly T[]): T {
		const one = list[Math.floor(this.next() * list.length)];
		if (one === undefined) throw new Error("nothing to choose from");
		return one;
	}

	/** By weights, which need not add up to anything. */
	weighed<T>(list: readonly (readonly [weight: number, one: T])[]): T {
		let left = this.next() * list.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, one] of list) {
			left -= weight;
			if (left < 0) return one;
		}
		return this.of(list)[1];
	}

	/** UUIDv7 of that instant. */
	id(at: number): string {
		const time = Math.floor(at).toString(16).padStart(12, "0");
		const some = (digits: number) =>
			Math.floor(this.next() * 16 ** digits)
				.toString(16)
				.padStart(digits, "0");
		return `${time.slice(0, 8)}-${time.slice(8)}-7${some(3)}-${this.of(["8", "9", "a", "b"])}${some(3)}-${some(6)}${some(6)}`;
	}
}
