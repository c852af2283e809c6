// A site's secret keys, revoked ones too, so that a list of them says when each ceased to hold.
//
// Tables: secret_keys, one row for each; of the secret a digest alone.

import type { KnownSecretKey, NewSecretKey, Scope } from "../protocol/key.ts";

/** What whoever is shown a key compares it with. */
export interface ValidKey {
	readonly id: string;
	readonly digest: string;
	readonly scopes: readonly Scope[];
}

type Row = Record<string, SqlStorageValue> & {
	id: string;
	name: string;
	scopes: string;
	digest: string;
	created_at: number;
	revoked_at: number | null;
};

export class Secrets {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		this.#sql.exec(
			`CREATE TABLE IF NOT EXISTS secret_keys (id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL,
				digest TEXT NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID`,
		);
	}

	add(id: string, { name, scopes }: NewSecretKey, digest: string, now: number): KnownSecretKey {
		const query = "INSERT INTO secret_keys VALUES (?, ?, ?, ?, ?, NULL)";
		this.#sql.exec(query, id, name, JSON.stringify(scopes), digest, now);
		return { id, name, scopes, createdAt: now, revokedAt: null };
	}

	/** The latest first. */
	list(): readonly KnownSecretKey[] {
		const rows = this.#sql.exec<Row>("SELECT * FROM secret_keys ORDER BY created_at DESC, id").toArray();
		return rows.map(({ id, name, scopes, created_at, revoked_at }) => {
			return { id, name, scopes: JSON.parse(scopes), createdAt: created_at, revokedAt: revoked_at };
		});
	}

	valid(): readonly ValidKey[] {
		const rows = this.#sql.exec<Row>("SELECT * FROM secret_keys WHERE revoked_at IS NULL").toArray();
		return rows.map(({ id, digest, scopes }) => ({ id, digest, scopes: JSON.parse(scopes) }));
	}

	/** False where there is no such key. One that was revoked stays so since when it was. */
	revoke(id: string, now: number): boolean {
		const query = "UPDATE secret_keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? RETURNING 1";
		return this.#sql.exec(query, now, id).toArray().length > 0;
	}
}
