// Where the outbox's lines stand: in slots, which go round. Rows written are the bill, so a slot is not deleted when its
// lines have been told: it is free, and what comes next overwrites it. A line may also join the newest slot, which is
// then written anew.
//
// `seq` only ever grows, also over restarts and failed transactions: it goes on from the highest that is stored, whose
// slot is therefore never deleted, only overwritten by a higher one.

import type { Row, Sql } from "../platform/sql.ts";

/** Where the tables of an outbox are, as `tables` has them. */
export interface Stored {
	readonly sql: Sql;
}

export type Sink = "d1";
/** Of a cell, and of a desk. */
export type Kind = "history" | "log";

/** Each by itself: an object's store makes them when it needs them. */
export const tables = {
	outbox: `CREATE TABLE outbox (
		slot INTEGER PRIMARY KEY, seq INTEGER NOT NULL, seqs TEXT NOT NULL, sink TEXT NOT NULL, kind TEXT NOT NULL,
		payload TEXT NOT NULL, attempts INTEGER NOT NULL
	)`,
	/** What was refused for good. */
	dead: `CREATE TABLE dead (
		seq INTEGER PRIMARY KEY, sink TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL, error TEXT NOT NULL
	)`,
} as const;

export interface Place {
	readonly slot: number;
	readonly seq: number;
}

/** `length`: of the payload; of a line that stood there at a restart, what one of its slot has on average. */
export interface Sized extends Place {
	readonly length: number;
}

/** What is told: JSON, and so one line of text. */
export interface Line extends Place {
	readonly payload: string;
	/** Of its slot: how often one of its lines was tried alone and refused. */
	readonly attempts: number;
}

/** A slot is written anew by every line that joins it. */
const mostShared = { lines: 16, characters: 64_000 };
const nowhere = { slot: 0, seq: 0, lines: 0, characters: 0 };

export class Slots {
	readonly #store: Stored;
	#free: number[] = [];
	/** The slot of the highest number for D1: where lines join. */
	#newest = nowhere;
	#lastSlot = 0;
	#lastSeq = 0;

	constructor(store: Stored) {
		this.#store = store;
	}

	/** Goes on from what is stored; the lines for D1 by number, with those that D1 has already. */
	resume(): Sized[] {
		this.#free = [];
		this.#newest = nowhere;
		this.#lastSlot = 0;
		this.#lastSeq = 0;
		const places: Sized[] = [];
		for (const row of this.#all("SELECT slot, seq, seqs, length(payload) AS characters FROM outbox")) {
			const [slot, seq, seqs] = [Number(row.slot), Number(row.seq), seqsOf(row)];
			const characters = Number(row.characters);
			this.#lastSlot = Math.max(this.#lastSlot, slot);
			this.#lastSeq = Math.max(this.#lastSeq, seq);
			if (seq > this.#newest.seq) this.#newest = { slot, seq, lines: seqs.length, characters };
			for (const one of seqs) places.push({ slot, seq: one, length: characters / seqs.length });
			if (seqs.length === 0) this.#free.push(slot);
		}
		return places.sort((a, b) => a.seq - b.seq);
	}

	/** The highest number that was used. */
	get lastSeq(): number {
		return this.#lastSeq;
	}

	/** No number up to this one is used again. */
	skip(seq: number): void {
		this.#lastSeq = Math.max(this.#lastSeq, seq);
	}

	/** `mayJoin`: rather than in a slot of its own, where none is free. */
	put(sink: Sink, kind: Kind, payload: string, mayJoin: boolean): readonly Sized[] {
		const { slot, lines, characters } = this.#newest;
		const hasRoom = lines > 0 && lines < mostShared.lines && characters < mostShared.characters;
		if (this.#free.length > 0 || !mayJoin || !hasRoom) return this.putTogether(sink, kind, [payload]);
		const seq = ++this.#lastSeq;
		const query = `UPDATE outbox SET seq = ?1, seqs = seqs || ',' || ?1, payload = payload || char(10) || ?2
			WHERE slot = ?3`;
		this.#all(query, seq, payload, slot);
		this.#newest = { slot, seq, lines: lines + 1, characters: characters + payload.length };
		return [{ slot, seq, length: payload.length }];
	}

	/** Lines that come together share a slot of their own. */
	putTogether(sink: Sink, kind: Kind, payloads: readonly string[]): readonly Sized[] {
		const lines = payloads.map((payload) => ({ seq: ++this.#lastSeq, payload }));
		const free = this.#free.pop();
		const slot = free === undefined ? this.#insert(sink, kind, lines) : this.#write(free, lines).slot;
		return lines.map(({ seq, payload: { length } }) => ({ slot, seq, length }));
	}

	read(slots: ReadonlySet<number>): readonly Line[] {
		const query = "SELECT * FROM outbox WHERE slot IN (SELECT value FROM json_each(?))";
		return this.#all(query, JSON.stringify([...slots])).flatMap(linesOf);
	}

	/** The lines of every slot for D1 in which one of these texts stands, slot by slot. */
	mentioning(texts: readonly string[]): readonly (readonly Line[])[] {
		const query = `SELECT * FROM outbox
			WHERE sink = 'd1' AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(payload, value) > 0)`;
		return this.#all(query, JSON.stringify(texts)).map(linesOf);
	}

	/** Of all lines of a slot leaves these, physically; and in the same write says another. */
	keep(slot: number, lines: readonly Line[], another?: string): Sized {
		if (another === undefined) return this.#write(slot, lines);
		this.#free = this.#free.filter((one) => one !== slot);
		return this.#write(slot, [...lines, { seq: ++this.#lastSeq, payload: another }]);
	}

	/** Nothing waits in this slot any more. */
	release(slot: number): void {
		this.#free.push(slot);
	}

	/** Gives up what is free beyond so many, but never the newest. */
	trim(most: number): void {
		const excess = this.#free.length - most;
		if (excess <= 0) return;
		const gone = new Set(this.#free.filter((slot) => slot !== this.#newest.slot).slice(0, excess));
		if (gone.size === 0) return;
		this.#free = this.#free.filter((slot) => !gone.has(slot));
		this.#all("DELETE FROM outbox WHERE slot IN (SELECT value FROM json_each(?))", JSON.stringify([...gone]));
	}

	/** In a slot that was not there before; its number. */
	#insert(sink: Sink, kind: Kind, lines: readonly Pick<Line, "seq" | "payload">[]): number {
		const slot = ++this.#lastSlot;
		const seq = lines.at(-1)?.seq ?? 0;
		const payload = lines.map((line) => line.payload).join("\n");
		const query = `INSERT INTO outbox (slot, seq, seqs, sink, kind, payload, attempts)
			VALUES (?, ?, ?, ?, ?, ?, 0)`;
		this.#all(query, slot, seq, lines.map((line) => line.seq).join(","), sink, kind, payload);
		this.#newest = { slot, seq, lines: lines.length, characters: payload.length };
		return slot;
	}

	/** Answers with the last of them. */
	#write(slot: number, lines: readonly Pick<Line, "seq" | "payload">[]): Sized {
		const payload = lines.map((line) => line.payload).join("\n");
		const seqs = lines.map(({ seq }) => seq);
		const seq = seqs.at(-1) ?? 0;
		const query = "UPDATE outbox SET seq = max(seq, ?), seqs = ?, payload = ?, attempts = 0 WHERE slot = ?";
		this.#all(query, seq, seqs.join(","), payload, slot);
		if (slot === this.#newest.slot || seq > this.#newest.seq) {
			const highest = Math.max(seq, this.#newest.seq);
			this.#newest = { slot, seq: highest, lines: lines.length, characters: payload.length };
		}
		return { slot, seq, length: lines.at(-1)?.payload.length ?? 0 };
	}

	#all(query: string, ...values: (string | number)[]): Row[] {
		return this.#store.sql.all(query, ...values);
	}
}

function seqsOf(row: Row): readonly number[] {
	const seqs = String(row.seqs);
	return seqs === "" ? [] : seqs.split(",").map(Number);
}

function linesOf(row: Row): readonly Line[] {
	const payloads = String(row.payload).split("\n");
	return seqsOf(row).map((seq, i) => ({
		slot: Number(row.slot),
		seq,
		payload: payloads[i] ?? "",
		attempts: Number(row.attempts),
	}));
}
