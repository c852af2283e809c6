// A shard of a site's directory: whose an identifier is. The first who claims one gets it, so that two cells which learn
// of one address at the same moment make one card. It holds digests alone: who is in it can be asked, not read.
//
// Tables: owners, one row for each identifier. Written by nobody else; D1's copy is derived.

import { DurableObject } from "cloudflare:workers";
import type { Owner } from "../domain/contact.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { homeCell } from "../platform/region.ts";

/** `isNew`: nobody had it before. */
export interface Claimed extends Owner {
	readonly isNew: boolean;
}

export class Directory extends DurableObject<EdgeEnv> {
	readonly #sql: SqlStorage;

	constructor(state: DurableObjectState, env: EdgeEnv) {
		super(state, env);
		this.#sql = state.storage.sql;
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS owners (key TEXT PRIMARY KEY, person TEXT NOT NULL, cell TEXT NOT NULL) WITHOUT ROWID",
		);
	}

	/** Whose the identifier is from now on: whoever had it, else this owner, else a new person. */
	async claim(key: string, owner?: Owner): Promise<Claimed> {
		const known = this.#owner(key);
		if (known) return { ...known, isNew: false };
		const claimed = owner ?? { person: uuidv7(Date.now()), cell: homeCell(this.env, Math.random()) };
		this.#sql.exec(
			"INSERT INTO owners (key, person, cell) VALUES (?, ?, ?)",
			key,
			claimed.person,
			claimed.cell,
		);
		return { person: claimed.person, cell: claimed.cell, isNew: true };
	}

	async find(key: string): Promise<Owner | undefined> {
		return this.#owner(key);
	}

	/** Passes an identifier from one person to another; says whether the one had it, or the other has it already. */
	async move(key: string, from: string, to: Owner): Promise<boolean> {
		const known = this.#owner(key);
		if (known?.person === from) {
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
	async findEach(keys: readonly string[]): Promise<readonly (Owner | undefined)[]> {
		return Promise.all(keys.map((key) => this.find(key)));
	}

	async claimEach(
		claims: readonly { readonly key: string; readonly owner: Owner | undefined }[],
	): Promise<readonly Claimed[]> {
		return Promise.all(claims.map(({ key, owner }) => this.claim(key, owner)));
	}

	async releaseEach(released: readonly { readonly key: string; readonly person: string }[]): Promise<void> {
		for (const { key, person } of released) await this.release(key, person);
	}

	#owner(key: string): Owner | undefined {
		return this.#sql
			.exec<{ person: string; cell: string }>("SELECT person, cell FROM owners WHERE key = ?", key)
			.toArray()[0];
	}
}
