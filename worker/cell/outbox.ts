// The outbox: what the cell has decided and others must learn, written in the transaction of the deed. Rows written are
// the bill, so what D1 has is not deleted: its slot is free, and what comes next overwrites it. What D1 has is known from
// its watermark alone: after a restart all counts as waiting until the watermark has been read. What is appended before
// that joins the newest slot, line by line: else a cell that sleeps between page views would never find a free one, and
// to blank what one browser has told would cost a row for each of its page views.
//
// `seq` only ever grows, also over restarts and failed transactions: it goes on from the highest that is stored, whose
// slot is therefore never deleted, only overwritten by a higher one.

import type { Row } from "./sql.ts";
import type { Store } from "./store.ts";

export type Sink = "d1" | "directory";
export type Kind = "history" | "identify";

export interface OutboxRow {
	readonly slot: number;
	readonly seq: number;
	readonly payload: string;
	/** Of its slot: how often one of its rows was tried alone and refused. */
	readonly attempts: number;
}

interface Place {
	readonly slot: number;
	readonly seq: number;
}

/**
 * An outage may have needed many slots at once: of those that are free, no more are kept than a busy drain takes. A cell
 * that was asleep needs the newest alone, and would read all others at each awakening.
 */
const mostFree = { awake: 500, awakened: 0 };
const linesPerSlot = 16;

export class Outbox {
	readonly #store: Store;
	/** What waits for D1, in the order of `seq`; known without asking, so that a page view need not look. */
	#queue: Place[] = [];
	#free: number[] = [];
	/** The slot with the highest number, and how many lines it has. */
	#newest = { slot: 0, seq: 0, lines: 0 };
	#lastSlot = 0;
	/** Up to where D1 has it all, as far as is known, and as far as the store tells after a restart. */
	#watermark = 0;
	#isSynchronised = false;
	#isSure = false;
	#dead = 0;

	constructor(store: Store) {
		this.#store = store;
		this.#watermark = Number(store.meta("watermark") ?? "0");
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed and memory is ahead of it. */
	resume(): void {
		this.#queue = [];
		this.#free = [];
		this.#newest = { slot: 0, seq: 0, lines: 0 };
		this.#lastSlot = 0;
		for (const row of this.#all("SELECT slot, seq, seqs, sink FROM outbox")) {
			const [slot, seq] = [Number(row.slot), Number(row.seq)];
			const seqs = seqsOf(row);
			this.#lastSlot = Math.max(this.#lastSlot, slot);
			// Nothing joins a row for the directory.
			const lines = row.sink === "d1" ? seqs.length : linesPerSlot;
			if (seq > this.#newest.seq) this.#newest = { slot, seq, lines };
			if (row.sink !== "d1") continue;
			const waiting = seqs.filter((one) => one > this.#watermark);
			for (const one of waiting) this.#queue.push({ slot, seq: one });
			if (waiting.length === 0) this.#free.push(slot);
		}
		this.#queue.sort((a, b) => a.seq - b.seq);
		this.#dead = Number(this.#all("SELECT count(*) AS n FROM dead")[0]?.n);
	}

	/** Rows for D1; until the watermark has been read, with rows that D1 has already. */
	get waiting(): number {
		return this.#queue.length;
	}

	/** Whether it is certain that one of those rows waits. */
	get isSure(): boolean {
		return this.#isSure;
	}

	/** `payload` is JSON, and so one line. */
	append(sink: Sink, kind: Kind, payload: string): void {
		const seq = Math.max(this.#newest.seq, this.#watermark) + 1;
		// Rows for the directory wait for it, however long: they take no slot that goes round.
		const free = sink === "d1" ? this.#free.pop() : undefined;
		const { slot: open, lines } = this.#newest;
		if (free !== undefined) {
			const query = `UPDATE outbox SET seq = ?1, seqs = ?1, kind = ?2, payload = ?3, attempts = 0 WHERE slot = ?4`;
			this.#all(query, seq, kind, payload, free);
			this.#newest = { slot: free, seq, lines: 1 };
		} else if (sink === "d1" && !this.#isSynchronised && lines > 0 && lines < linesPerSlot) {
			const query = `UPDATE outbox SET seq = ?1, seqs = seqs || ',' || ?1, payload = payload || char(10) || ?2
				WHERE slot = ?3`;
			this.#all(query, seq, payload, open);
			this.#newest = { slot: open, seq, lines: lines + 1 };
		} else {
			const slot = ++this.#lastSlot;
			const query = `INSERT INTO outbox (slot, seq, seqs, sink, kind, payload, attempts)
				VALUES (?1, ?2, ?2, ?3, ?4, ?5, 0)`;
			this.#all(query, slot, seq, sink, kind, payload);
			this.#newest = { slot, seq, lines: sink === "d1" ? 1 : linesPerSlot };
		}
		if (sink !== "d1") return;
		this.#queue.push({ slot: this.#newest.slot, seq });
		this.#isSure = true;
	}

	/** The oldest rows for D1, at most `most` and about `bytes` of payload, but at least one. */
	oldest(most: number, bytes: number): readonly OutboxRow[] {
		const places = this.#queue.slice(0, most);
		const wanted = new Set(places.map(({ seq }) => seq));
		const rows = this.#all(
			"SELECT * FROM outbox WHERE slot IN (SELECT value FROM json_each(?))",
			JSON.stringify([...new Set(places.map(({ slot }) => slot))]),
		).flatMap(linesOf);
		let size = 0;
		return rows
			.filter(({ seq }) => wanted.has(seq))
			.sort((a, b) => a.seq - b.seq)
			.filter(({ payload }, i) => {
				size += payload.length;
				return i === 0 || size <= bytes;
			});
	}

	/** D1 has everything up to and with `seq`: that costs no write, but for one in many restarts. */
	delivered(seq: number): void {
		const most = this.#isSynchronised ? mostFree.awake : mostFree.awakened;
		this.#isSynchronised = true;
		this.#isSure = true;
		this.#watermark = Math.max(this.#watermark, seq);
		this.#release((place) => place.seq <= seq);
		const isFull = this.#newest.lines >= linesPerSlot;
		if (isFull && this.#free.includes(this.#newest.slot)) {
			// Nothing more can join it, and after a restart it must be known to be free.
			this.#store.setMeta("watermark", String(this.#watermark));
			this.#newest = { ...this.#newest, lines: 1 };
		}
		const excess = this.#free.length - most;
		if (excess <= 0) return;
		const gone = new Set(this.#free.filter((slot) => slot !== this.#newest.slot).slice(0, excess));
		if (gone.size === 0) return;
		this.#free = this.#free.filter((slot) => !gone.has(slot));
		this.#all("DELETE FROM outbox WHERE slot IN (SELECT value FROM json_each(?))", JSON.stringify([...gone]));
	}

	/**
	 * Takes back all that these parts told D1: what waits, what D1 has and no later row has overwritten yet, and what was
	 * set aside. Retention wins over delivery.
	 */
	withdraw(parts: readonly string[]): void {
		const asked = JSON.stringify(parts);
		const tells = "sink = 'd1' AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(payload, value) > 0)";
		const isTheirs = ({ payload }: OutboxRow) => parts.includes(JSON.parse(payload).part);
		for (const row of this.#all(`SELECT * FROM outbox WHERE ${tells}`, asked)) this.#strike(row, isTheirs);
		if (this.#dead === 0) return;
		const gone = `DELETE FROM dead WHERE sink = 'd1'
			AND json_extract(payload, '$.part') IN (SELECT value FROM json_each(?)) RETURNING seq`;
		this.#dead -= this.#all(gone, asked).length;
	}

	/** One more failed attempt; after `limit` the row steps aside, so that it does not hold up the others. */
	failed({ slot, seq, payload, attempts }: OutboxRow, error: string, limit: number): "kept" | "dead" {
		// Meanwhile it may have been withdrawn, and its slot be another's.
		if (!this.#queue.some((place) => place.seq === seq)) return "kept";
		if (attempts + 1 < limit) {
			this.#all("UPDATE outbox SET attempts = attempts + 1 WHERE slot = ?", slot);
			return "kept";
		}
		const query = "INSERT INTO dead (seq, sink, kind, payload, error) VALUES (?, 'd1', 'history', ?, ?)";
		this.#all(query, seq, payload, error);
		this.#dead++;
		for (const row of this.#all("SELECT * FROM outbox WHERE slot = ?", slot))
			this.#strike(row, (line) => line.seq === seq);
		return "dead";
	}

	/** Removes lines of a slot, physically. */
	#strike(row: Row, isStruck: (line: OutboxRow) => boolean): void {
		const lines = linesOf(row);
		const kept = lines.filter((line) => !isStruck(line));
		if (kept.length === lines.length) return;
		const slot = Number(row.slot);
		this.#all(
			"UPDATE outbox SET seqs = ?, payload = ?, attempts = 0 WHERE slot = ?",
			kept.map(({ seq }) => seq).join(","),
			kept.map(({ payload }) => payload).join("\n"),
			slot,
		);
		if (slot === this.#newest.slot) this.#newest = { ...this.#newest, lines: kept.length };
		const left = new Set(kept.map(({ seq }) => seq));
		this.#release((place) => place.slot === slot && !left.has(place.seq));
	}

	/** These wait no more; a slot in which nothing else waits is free. */
	#release(isGone: (place: Place) => boolean): void {
		const gone = this.#queue.filter(isGone);
		if (gone.length === 0) return;
		this.#queue = this.#queue.filter((place) => !isGone(place));
		const taken = new Set(this.#queue.map(({ slot }) => slot));
		for (const slot of new Set(gone.map((place) => place.slot))) if (!taken.has(slot)) this.#free.push(slot);
	}

	#all(query: string, ...values: (string | number)[]): Row[] {
		return this.#store.sql.all(query, ...values);
	}
}

function seqsOf(row: Row): readonly number[] {
	const seqs = String(row.seqs);
	return seqs === "" ? [] : seqs.split(",").map(Number);
}

function linesOf(row: Row): readonly OutboxRow[] {
	const payloads = String(row.payload).split("\n");
	return seqsOf(row).map((seq, i) => ({
		slot: Number(row.slot),
		seq,
		payload: payloads[i] ?? "",
		attempts: Number(row.attempts),
	}));
}
