// A shard of a site's directory: whose an identifier is. The first who claims one gets it, so that two cells which learn
// of one address at the same moment make one card. It holds digests alone: who is in it can be asked, not read.
//
// Tables: owners, one row for each identifier; tombstones, digests of people who were erased and of their identifiers.
// Written by nobody else; D1's copy is derived.

import { DurableObject } from "cloudflare:workers";
import { tombstoneMs } from "../data/erasure.ts";
import type { Owner } from "../domain/contact.ts";
import { digestOf } from "../platform/digest.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { homeCell } from "../platform/region.ts";

/**
 * `isNew`: nobody had it before. `erasedAt`: when whoever had it before was erased; what they did until then is not to come
 * back with it.
 */
export interface Claimed extends Owner {
	readonly isNew: boolean;
	readonly erasedAt?: number;
}

/** Who has an identifier, and when somebody was erased who had it before. */
export type Found = Owner & Pick<Claimed, "erasedAt">;

export class Directory extends DurableObject<EdgeEnv> {
	readonly #sql: SqlStorage;

	constructor(state: DurableObjectState, env: EdgeEnv) {
		super(state, env);
		this.#sql = state.storage.sql;
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS owners (key TEXT PRIMARY KEY, person TEXT NOT NULL, cell TEXT NOT NULL) WITHOUT ROWID",
		);
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS tombstones (digest TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
		);
	}

	/** Whose the identifier is from now on: whoever had it, else this owner, else a new person. */
	async claim(key: string, owner?: Owner): Promise<Claimed> {
		const known = this.#owner(key);
		const past = this.#pastOf(key);
		if (known) return { ...known, isNew: false, ...past };
		// What was on its way when they were erased ties nothing to them any more.
		if (owner && this.#erasedAt(digestOf("person", owner.person)) !== undefined)
			return { ...owner, isNew: false };
		const claimed = owner ?? { person: uuidv7(Date.now()), cell: homeCell(this.env, Math.random()) };
		this.#sql.exec(
			"INSERT INTO owners (key, person, cell) VALUES (?, ?, ?)",
			key,
			claimed.person,
			claimed.cell,
		);
		return { person: claimed.person, cell: claimed.cell, isNew: true, ...past };
	}

	async find(key: string): Promise<Found | undefined> {
		const owner = this.#owner(key);
		return owner && { ...owner, ...this.#pastOf(key) };
	}

	/** Passes an identifier from one person to another; says whether the one had it, or the other has it already. */
	async move(key: string, from: string, to: Owner): Promise<boolean> {
		const known = this.#owner(key);
		if (known?.person === from && this.#erasedAt(digestOf("person", to.person)) === undefined) {
			this.#sql.exec("UPDATE owners SET person = ?, cell = ? WHERE key = ?", to.person, to.cell, key);
			return true;
		}
		return known?.person === to.person;
	}

	/** Nobody's from now on, where it was this person's. */
	async release(key: string, person: string): Promise<void> {
		this.#sql.exec("DELETE FROM owners WHERE key = ? AND person = ?", key, person);
	}

	/** `find`, `claim` and `release` of many in one call, in their order. */
	async findEach(keys: readonly string[]): Promise<readonly (Found | undefined)[]> {
		return Promise.all(keys.map((key) => this.find(key)));
	}

	/** Keys of whoever was erased at this instant or later, and digests of who they were. */
	async erasedSince(at: number): Promise<readonly string[]> {
		const query = "SELECT digest FROM tombstones WHERE at >= ?";
		return Array.from(this.#sql.exec<{ digest: string }>(query, at), ({ digest }) => digest);
	}

	async claimEach(
		claims: readonly { readonly key: string; readonly owner: Owner | undefined }[],
	): Promise<readonly Claimed[]> {
		return Promise.all(claims.map(({ key, owner }) => this.claim(key, owner)));
	}

	async releaseEach(released: readonly { readonly key: string; readonly person: string }[]): Promise<void> {
		for (const { key, person } of released) await this.release(key, person);
	}

	/**
	 * The person is erased: the identifier is nobody's, and no claim of theirs holds any more. Again, it does no harm. What
	 * is somebody else's stays theirs, with all that was told of it.
	 */
	async erase(key: string, person: string, at: number): Promise<void> {
		this.#sql.exec("DELETE FROM owners WHERE key = ? AND person = ?", key, person);
		for (const digest of [...(this.#owner(key) ? [] : [key]), digestOf("person", person)])
			this.#sql.exec("INSERT OR REPLACE INTO tombstones (digest, at) VALUES (?, ?)", digest, at);
		this.#sql.exec("DELETE FROM tombstones WHERE at < ?", at - tombstoneMs);
	}

	/** In memory there is nothing but the way to its tables, and nobody asks for these any more. */
	async vanish(): Promise<void> {
		await this.ctx.storage.deleteAll();
	}

	#pastOf(key: string): Pick<Claimed, "erasedAt"> {
		const erasedAt = this.#erasedAt(key);
		return erasedAt === undefined ? {} : { erasedAt };
	}

	#erasedAt(digest: string): number | undefined {
		const query = "SELECT at FROM tombstones WHERE digest = ?";
		return this.#sql.exec<{ at: number }>(query, digest).toArray()[0]?.at;
	}

	#owner(key: string): Owner | undefined {
		return this.#sql
			.exec<{ person: string; cell: string }>("SELECT person, cell FROM owners WHERE key = ?", key)
			.toArray()[0];
	}
}
