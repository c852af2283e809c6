// Who was erased, as far as this cell was told: digests with the instant. A token, an offline queue, a batch of a server
// or a message of another cell may still bring something of theirs, and is refused by this.

import { tombstoneMs } from "../data/erasure.ts";
import { digestsOf, type Ids } from "../data/registry.ts";
import type { Identifier } from "../domain/contact.ts";
import { digestOf } from "../platform/digest.ts";
import type { Store } from "./store.ts";

export class Tombstones {
	readonly #store: Store;
	/** In most cells nobody ever was, and nothing is hashed or asked. */
	#hasAny: boolean | undefined;

	constructor(store: Store) {
		this.#store = store;
	}

	/** When this person, part or browser was erased; nothing where they never were. */
	at(kind: "person" | "part" | "visitor", id: string): number | undefined {
		return this.#at(digestOf(kind, id));
	}

	/** When somebody was erased whose this name was, though the directory may still call this card by it. */
	nameAt(card: string, identifier: Identifier): number | undefined {
		return this.#at(nameDigest(card, identifier));
	}

	#at(digest: string): number | undefined {
		this.#hasAny ??= this.#store.sql.all("SELECT 1 FROM tombstones LIMIT 1").length > 0;
		if (!this.#hasAny) return undefined;
		const at = this.#store.sql.all("SELECT at FROM tombstones WHERE digest = ?", digest)[0]?.at;
		return typeof at === "number" ? at : undefined;
	}

	/** In the transaction of the erasure. */
	put(ids: Ids, at: number): void {
		this.#put(digestsOf(ids), at);
	}

	/** The same of names that were on their way from this card. */
	putNames(card: string, identifiers: readonly Identifier[], at: number): void {
		this.#put(
			identifiers.map((one) => nameDigest(card, one)),
			at,
		);
	}

	#put(digests: readonly string[], at: number): void {
		// It stays so where the transaction fails: asking in vain does no harm.
		this.#hasAny = true;
		this.#store.sql.all("DELETE FROM tombstones WHERE at < ?", at - tombstoneMs);
		this.#store.sql.all(
			`INSERT INTO tombstones (digest, at) SELECT value, ?2 FROM json_each(?1) WHERE true
			ON CONFLICT (digest) DO UPDATE SET at = max(at, excluded.at)`,
			JSON.stringify(digests),
			at,
		);
	}
}

const nameDigest = (card: string, { kind, value }: Identifier) =>
	digestOf("name", `${card} ${kind} ${value}`);
