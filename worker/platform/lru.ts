// What was used last, as much of it as fits into so many bytes.

export class Lru<Value> {
	readonly #mostBytes: number;
	/** In the order in which they were found last: the first is the one to let go. */
	readonly #held = new Map<string, { value: Value; bytes: number }>();
	#bytes = 0;

	constructor(mostBytes: number) {
		this.#mostBytes = mostBytes;
	}

	/** Counts as use. */
	find(key: string): Value | undefined {
		const held = this.#held.get(key);
		if (!held) return undefined;
		this.#held.delete(key);
		this.#held.set(key, held);
		return held.value;
	}

	peek(key: string): Value | undefined {
		return this.#held.get(key)?.value;
	}

	/**
	 * Holds this under the key, and lets go of others until all fit. One that is held keeps its place: whoever puts has found
	 * it just before, and to move an entry costs a map more than all else here.
	 */
	put(key: string, value: Value, bytes: number): void {
		const held = this.#held.get(key);
		this.#bytes += bytes - (held?.bytes ?? 0);
		if (held) Object.assign(held, { value, bytes });
		else this.#held.set(key, { value, bytes });
		for (const oldest of this.#held.keys()) {
			if (this.#bytes <= this.#mostBytes) break;
			if (oldest !== key) this.remove(oldest);
		}
	}

	remove(key: string): void {
		this.#bytes -= this.#held.get(key)?.bytes ?? 0;
		this.#held.delete(key);
	}

	clear(): void {
		this.#held.clear();
		this.#bytes = 0;
	}
}
