// From the outbox to D1: the oldest rows in one batch, again and again until nothing waits or something fails.
// The fault to fear is a batch that D1 has committed and whose acknowledgement was lost: the watermark tells.

import { databaseOf } from "../data/database.ts";
import { type Intake, takeIn, watermarkOf } from "../data/intake.ts";
import {
	type EventRow,
	eventRow,
	type PartRow,
	type PersonRow,
	partRow,
	personRow,
} from "../domain/project.ts";
import type { Env } from "../platform/env.ts";
import { logFault, logWarning } from "../platform/log.ts";
import type { Outbox, OutboxRow } from "./outbox.ts";
import type { History, People } from "./people.ts";

const rowsPerBatch = 500;
/** D1 takes 2 MB in one value; events are the largest and grow in their rows. */
const bytesPerBatch = 500_000;
const batchesPerAlarm = 20;
const firstRetryMs = 250;
const longestRetryMs = 20_000;
/** A row that fails so often by itself, while D1 takes other writes, will never go in. */
const poisonAfter = 8;

interface Sender {
	readonly site: string;
	readonly cell: string;
}

export class Delivery {
	readonly #outbox: Outbox;
	readonly #people: People;
	readonly #env: Env;
	/** Forgets what has lapsed of those whose old events still wait; says whether anything had. */
	readonly #lapse: (histories: readonly History[]) => boolean;
	/** Where D1's watermark stands, as far as is known. */
	#from: number | undefined;
	#failures = 0;
	/** Halved by each failure, so that a poison row ends up alone. */
	#rows = rowsPerBatch;
	/** Wall clock: no attempt before that. */
	retryAt = 0;

	constructor(outbox: Outbox, people: People, env: Env, lapse: (histories: readonly History[]) => boolean) {
		this.#outbox = outbox;
		this.#people = people;
		this.#env = env;
		this.#lapse = lapse;
	}

	/** Delivers what waits. Never throws: a failure is counted, and tried again later. */
	async deliver(sender: Sender): Promise<void> {
		if (Date.now() < this.retryAt) return;
		for (let batch = 0; batch < batchesPerAlarm && this.#outbox.waiting > 0; batch++) {
			if (!(await this.#deliverOnce(sender))) return;
		}
	}

	async #deliverOnce(sender: Sender): Promise<boolean> {
		const db = databaseOf(this.#env, sender.site);
		let rows: readonly OutboxRow[] = [];
		try {
			this.#from ??= await this.#synchronise(db, sender);
			rows = this.#outbox.oldest(this.#rows, bytesPerBatch);
			const histories = rows.map(({ payload }): History => JSON.parse(payload));
			// Retention wins over delivery: where that took rows back, those that are left are looked at anew.
			if (this.#lapse(histories)) return true;
			const last = rows[rows.length - 1];
			if (!last) return true;
			await takeIn(db, this.#intakeOf(sender, this.#from, last.seq, histories));
			this.#outbox.delivered(last.seq);
			this.#from = last.seq;
			this.#failures = 0;
			this.#rows = Math.min(rowsPerBatch, this.#rows * 2);
			return true;
		} catch (error) {
			// What became of the batch is not known: D1 is asked before anything is sent again.
			this.#from = undefined;
			await this.#weigh(db, sender, rows, error);
			return false;
		}
	}

	/** Deletes what D1 has, also where its acknowledgement never came, and answers with where it stands. */
	async #synchronise(db: D1Database, { site, cell }: Sender): Promise<number> {
		const seq = await watermarkOf(db, site, cell);
		this.#outbox.delivered(seq);
		return seq;
	}

	/** What became of a batch that failed decides when and how the next is tried. */
	async #weigh(db: D1Database, sender: Sender, rows: readonly OutboxRow[], error: unknown): Promise<void> {
		const message = error instanceof Error ? error.message : "unknown";
		const finding = await this.#findOut(db, sender, rows);
		logWarning("outbox", { rows: rows.length, waiting: this.#outbox.waiting, finding, message });
		this.#failures = finding === "outage" ? this.#failures + 1 : 0;
		const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures, 10));
		this.retryAt = Date.now() + wait * (0.5 + Math.random() / 2);
		if (finding !== "refused") return;
		this.#rows = Math.max(1, Math.floor(rows.length / 2));
		const [alone, ...more] = rows;
		if (!alone || more.length > 0) return;
		if (this.#outbox.failed(alone, message, poisonAfter) === "dead") logFault("outbox row set aside", error);
	}

	/**
	 * Tells an outage, in which everything waits, from a batch that D1 refuses while it takes other writes: its halves
	 * are tried until the row at fault stands alone, and steps aside. `sound`: nothing was refused, or D1 had committed
	 * and only its acknowledgement was lost.
	 */
	async #findOut(
		db: D1Database,
		sender: Sender,
		rows: readonly OutboxRow[],
	): Promise<"outage" | "refused" | "sound"> {
		try {
			const stands = await this.#synchronise(db, sender);
			const [first] = rows;
			if (!first || stands >= first.seq) return "sound";
			await takeIn(db, this.#intakeOf(sender, stands, stands, []));
			return "refused";
		} catch {
			return "outage";
		}
	}

	#intakeOf({ site, cell }: Sender, from: number, to: number, histories: readonly History[]): Intake {
		const events = new Map<string, EventRow[]>();
		const forgotten = new Set<string>();
		const erased = new Set<string>();
		const changed = new Set<string>();
		for (const history of histories) {
			const { person, part } = history;
			if (history.forget) {
				// What came before in this batch is forgotten with what D1 has; what comes after is new.
				events.delete(part);
				forgotten.add(part);
			}
			if (history.forget === "part") erased.add(part);
			if (history.changed) changed.add(person);
			const list = events.get(part) ?? [];
			list.push(...history.entries.map(({ event, ...aside }) => eventRow(site, part, event, aside)));
			events.set(part, list);
		}
		const people: PersonRow[] = [];
		const parts: PartRow[] = [];
		for (const id of changed) this.#describe(site, cell, id, people, parts);
		return {
			site,
			cell,
			from,
			to,
			people,
			parts,
			events: [...events.values()].flat(),
			forgotten: [...forgotten],
			erased: [...erased],
		};
	}

	/** The person as the cell has them now, which may be newer than the row that asks: lists want the latest. */
	#describe(site: string, cell: string, id: string, people: PersonRow[], parts: PartRow[]): void {
		const state = this.#people.peek(id);
		if (!state) return;
		const { standing, epoch, version } = state;
		const { identity, segments, person } = standing;
		const retention = identity === "anonymous" ? { retentionMs: this.#people.retentionMs } : {};
		people.push(personRow(site, { id, cell, epoch, version, identity, segments, ...retention }));
		const proof = identity === "anonymous" ? null : "typed";
		for (const part of Object.values(person.parts)) parts.push(partRow(site, id, epoch, part, proof));
	}
}
