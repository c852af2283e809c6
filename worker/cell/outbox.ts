// The outbox: what the cell has decided and others must learn. Written in the transaction of the deed, emptied by
// alarm. `seq` only ever grows, also over restarts and emptied tables.

import type { Row, Sql } from "./sql.ts";
import type { Store } from "./store.ts";

export type Sink = "d1" | "directory";
export type Kind = "history" | "identify";

export interface OutboxRow {
	readonly seq: number;
	readonly kind: Kind;
	readonly payload: string;
	readonly attempts: number;
}

/** Numbers are taken from the store in blocks, so that counting costs a row only once in so many. */
const block = 1_000;

export class Outbox {
	readonly #store: Store;
	readonly #sql: Sql;
	#next = 1;
	#reserved = 0;
	/** Rows for D1 that wait; known without asking, so that a page view need not count. */
	#waiting = 0;
	#dead = 0;

	constructor(store: Store) {
		this.#store = store;
		this.#sql = store.sql;
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed and memory is ahead of it. */
	resume(): void {
		// Unused numbers of the last block are skipped: a gap is harmless, a number used twice is not.
		this.#reserved = Number(this.#store.meta("seq") ?? "0");
		this.#next = this.#reserved + 1;
		this.#recount();
	}

	get waiting(): number {
		return this.#waiting;
	}

	append(sink: Sink, kind: Kind, payload: string): void {
		if (this.#next > this.#reserved) {
			this.#reserved = this.#next + block - 1;
			this.#store.setMeta("seq", String(this.#reserved));
		}
		const query = "INSERT INTO outbox (seq, sink, kind, payload) VALUES (?, ?, ?, ?)";
		this.#sql.all(query, this.#next++, sink, kind, payload);
		if (sink === "d1") this.#waiting++;
	}

	/** The oldest rows for D1, at most `most` and about `bytes` of payload, but at least one. */
	oldest(most: number, bytes: number): readonly OutboxRow[] {
		const rows = this.#sql.all("SELECT * FROM outbox WHERE sink = 'd1' ORDER BY seq LIMIT ?", most);
		let size = 0;
		const fitting = rows.filter((row, i) => {
			size += String(row.payload).length;
			return i === 0 || size <= bytes;
		});
		return fitting.map(rowOf);
	}

	/** Forgets what D1 has: everything up to and with `seq`. */
	delivered(seq: number): void {
		this.#sql.all("DELETE FROM outbox WHERE sink = 'd1' AND seq <= ?", seq);
		this.#recount();
	}

	/** Takes back all that waits for D1 of these parts, or was set aside: retention wins over delivery. */
	withdraw(parts: readonly string[]): void {
		if (this.#waiting === 0 && this.#dead === 0) return;
		for (const table of ["outbox", "dead"]) {
			this.#sql.all(
				`DELETE FROM ${table} WHERE sink = 'd1'
					AND json_extract(payload, '$.part') IN (SELECT value FROM json_each(?))`,
				JSON.stringify(parts),
			);
		}
		this.#recount();
	}

	/** One more failed attempt; after `limit` the row steps aside, so that it does not hold up the others. */
	failed(row: OutboxRow, error: string, limit: number): "kept" | "dead" {
		if (row.attempts + 1 < limit) {
			this.#sql.all("UPDATE outbox SET attempts = attempts + 1 WHERE sink = 'd1' AND seq = ?", row.seq);
			return "kept";
		}
		this.#sql.all(
			`INSERT INTO dead (seq, sink, kind, payload, error)
				SELECT seq, sink, kind, payload, ? FROM outbox WHERE sink = 'd1' AND seq = ?`,
			error,
			row.seq,
		);
		this.#sql.all("DELETE FROM outbox WHERE sink = 'd1' AND seq = ?", row.seq);
		this.#recount();
		return "dead";
	}

	#recount(): void {
		const [row] = this.#sql.all(
			"SELECT (SELECT count(*) FROM outbox WHERE sink = 'd1') AS waiting, (SELECT count(*) FROM dead) AS dead",
		);
		this.#waiting = Number(row?.waiting);
		this.#dead = Number(row?.dead);
	}
}

function rowOf(row: Row): OutboxRow {
	return {
		seq: Number(row.seq),
		kind: row.kind === "identify" ? "identify" : "history",
		payload: String(row.payload),
		attempts: Number(row.attempts),
	};
}
