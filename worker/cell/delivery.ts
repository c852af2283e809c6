// From the outbox to D1: the oldest rows in one batch, again and again until nothing waits or something fails.
// The fault to fear is a batch that D1 has committed and whose acknowledgement was lost: the watermark tells.

import { databaseOf } from "../data/database.ts";
import { type Intake, takeIn, watermarkOf } from "../data/intake.ts";
import {
	type ArrivalRow,
	arrivalRow,
	eventRow,
	type PartRow,
	type PersonRow,
	partRow,
	personRow,
} from "../domain/project.ts";
import type { Env } from "../platform/env.ts";
import { logFault, logWarning } from "../platform/log.ts";
import type { Outbox, OutboxRow } from "./outbox.ts";
import type { Changed, History, People } from "./people.ts";
import type { State } from "./state.ts";

const rowsPerBatch = 500;
/** D1 takes 2 MB in one value; events are the largest and grow in their rows. */
const bytesPerBatch = 500_000;
const batchesPerDrain = 20;
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
	/** Wall clock: when D1 last took something. */
	deliveredAt = 0;

	constructor(outbox: Outbox, people: People, env: Env, lapse: (histories: readonly History[]) => boolean) {
		this.#outbox = outbox;
		this.#people = people;
		this.#env = env;
		this.#lapse = lapse;
	}

	/** Delivers what waits. A failure is counted, never thrown, and tried again from `retryAt` on. */
	async deliver(sender: Sender): Promise<void> {
		if (Date.now() < this.retryAt) return;
		for (let batch = 0; batch < batchesPerDrain && this.#outbox.waiting > 0; batch++) {
			if (!(await this.#deliverOnce(sender))) return;
		}
	}

	/** Whether there is more to do at once. */
	async #deliverOnce(sender: Sender): Promise<boolean> {
		const db = databaseOf(this.#env, sender.site);
		let rows: readonly OutboxRow[] = [];
		try {
			this.#from ??= await this.#synchronise(db, sender);
			rows = this.#outbox.oldest(this.#rows, bytesPerBatch);
			const isAll = rows.length === this.#outbox.waiting;
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
			this.deliveredAt = Date.now();
			// What came meanwhile gathers: each batch costs a write of the watermark.
			return !isAll;
		} catch (error) {
			// What became of the batch is not known: D1 is asked before anything is sent again.
			this.#from = undefined;
			await this.#weigh(db, sender, rows, error);
			return false;
		}
	}

	/** Learns what D1 has, also where its acknowledgement never came, and answers with where it stands. */
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
		const arrivals = new Map<string, ArrivalRow[]>();
		const forgotten = new Set<string>();
		const erased = new Set<string>();
		const changed = new Map<string, Changed>();
		for (const history of histories) {
			const { person, part } = history;
			if (history.forget) {
				// What came before in this batch is forgotten with what D1 has; what comes after is new.
				arrivals.delete(part);
				forgotten.add(part);
			}
			if (history.forget === "part") erased.add(part);
			if (history.changed !== "nothing" && changed.get(person) !== "all")
				changed.set(person, history.changed);
			const [first, ...others] = history.entries.map(({ event, ...aside }) =>
				eventRow(site, part, event, aside),
			);
			if (!first) continue;
			const list = arrivals.get(part) ?? [];
			list.push(arrivalRow([first, ...others]));
			arrivals.set(part, list);
		}
		const people: PersonRow[] = [];
		const parts: PartRow[] = [];
		for (const [id, what] of changed) {
			const state = this.#people.peek(id);
			if (!state) continue;
			if (what === "all") people.push(this.#personRow(site, cell, id, state));
			parts.push(...partRows(site, id, state));
		}
		return {
			site,
			cell,
			from,
			to,
			people,
			parts,
			arrivals: [...arrivals.values()].flat(),
			forgotten: [...forgotten],
			erased: [...erased],
		};
	}

	/** The person as the cell has them now, which may be newer than the row that asks: lists want the latest. */
	#personRow(site: string, cell: string, id: string, { standing, epoch, version }: State): PersonRow {
		const { identity, segments } = standing;
		const retention = identity === "anonymous" ? { retentionMs: this.#people.retentionMs } : {};
		return personRow(site, { id, cell, epoch, version, identity, segments, ...retention });
	}
}

function partRows(site: string, id: string, { standing, epoch }: State): readonly PartRow[] {
	const proof = standing.identity === "anonymous" ? null : "typed";
	return Object.values(standing.person.parts).map((part) => partRow(site, id, epoch, part, proof));
}
