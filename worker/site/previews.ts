// What the site's own people look at before it is published: kept for as long as the link to it is good, so that a page
// view asks no database.
//
// Table: previews, one row for each link.

import type { Owner } from "../domain/contact.ts";
import type { PersonaWords } from "../protocol/preview.ts";
import type { Experience } from "../protocol/site.ts";

/** As it was when the link was made; for whom, if for anybody: somebody of the site's, or somebody made up. */
export interface Preview {
	readonly experience: Experience;
	readonly person?: Owner;
	readonly words?: PersonaWords;
}

export class Previews {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS previews (id TEXT PRIMARY KEY, body TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID",
		);
	}

	keep(id: string, preview: Preview, expiresAt: number): void {
		this.#sql.exec("INSERT INTO previews VALUES (?, ?, ?)", id, JSON.stringify(preview), expiresAt);
	}

	/** Those whose time is over go; answers when that of the next is. */
	sweep(now: number): number | undefined {
		this.#sql.exec("DELETE FROM previews WHERE expires_at <= ?", now);
		const query = "SELECT min(expires_at) AS at FROM previews";
		return this.#sql.exec<{ at: number | null }>(query).toArray()[0]?.at ?? undefined;
	}

	find(id: string, now: number): Preview | undefined {
		const query = "SELECT body FROM previews WHERE id = ? AND expires_at > ?";
		const body = this.#sql.exec<{ body: string }>(query, id, now).toArray()[0]?.body;
		return body === undefined ? undefined : JSON.parse(body);
	}
}
