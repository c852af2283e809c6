// The work of an import, a step at a time, each stored with its figures in one transaction. What interrupts it may do so
// anywhere: a step that is not stored is done again, and nobody is told twice, counted twice or forgotten by an undo.

import type { Row } from "../domain/import/csv.ts";
import { importLimits } from "../domain/import/limits.ts";
import { withOutcomes } from "../domain/import/outcome.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { Patience } from "../platform/patience.ts";
import { strikeErased } from "./erased.ts";
import { peopleRows } from "./file.ts";
import { atWork, type Example, type Job, type Rehearsal, type Status, unrun, withoutValues } from "./job.ts";
import { nextRows, stage } from "./reading.ts";
import { type Due, foresee, onceOf, prepare, takeBack, tell } from "./steps.ts";
import { failed, type ImportStore } from "./store.ts";

/** A step asks every shard of the directory three times at most, and the platform lets an invocation make a thousand calls. */
const peoplePerStep = 1_000;
const lookAgainMs = 3_600_000;

export class Work {
	readonly #store: ImportStore;
	readonly #env: AdminEnv;
	/** The file, read on from where the job stands. */
	#rows: Iterator<Row, void> | undefined;
	readonly #patience = new Patience();

	constructor(store: ImportStore, env: AdminEnv) {
		this.#store = store;
		this.#env = env;
	}

	/** Another job begins, or the same from its beginning. */
	begin(): void {
		this.#patience.restore();
		this.#rows = undefined;
	}

	/** Before the next step: while nothing is to be done, before it is looked again who was erased meanwhile. */
	waitMs(status: Status): number {
		return this.#patience.waitMs ?? (atWork.has(status) ? 0 : lookAgainMs);
	}

	async step(): Promise<void> {
		try {
			await this.#step();
			this.#patience.restore();
		} catch (error) {
			this.#rows = undefined;
			this.#store.resume();
			this.#patience.fail("import", error);
			if (this.#patience.isOver) this.#passOver(error);
		}
	}

	async #step(): Promise<void> {
		const job = this.#store.current;
		if (!job) return;
		switch (job.status) {
			case "reading":
				return this.#read(job);
			case "rehearsing":
				return this.#rehearse(job);
			case "running":
				return this.#run(job);
			case "undoing":
				return this.#undo(job);
			default:
				return this.#keep(job);
		}
	}

	async #read(job: Job): Promise<void> {
		this.#rows ??= this.#readOn(job);
		const rows = await nextRows(this.#env, this.#store, this.#rows, job);
		if (this.#store.current !== job) return;
		this.#store.transaction(() => {
			const reading = stage(this.#store, job, rows);
			const line = rows.at(-1)?.row.line ?? job.line;
			const isOver = rows.length === 0;
			const isCut = isOver && reading.rows >= importLimits.rows && this.#rows?.next().done === false;
			const next = isOver ? { status: job.goal, cursor: 0, done: 0 } : {};
			this.#store.put({ ...job, ...next, line, reading: { ...reading, isCut } });
			if (isOver) this.#rows = undefined;
		});
	}

	/** After an interruption the file is read again from its beginning, and what is stored already is passed over. */
	*#readOn({ plan, line }: Job): Generator<Row, void> {
		for (const row of peopleRows(this.#store, plan)) if (row.line > line) yield row;
	}

	async #rehearse(job: Job): Promise<void> {
		const people = this.#store.peopleAfter(job.cursor, this.#room());
		const foreseen = await foresee(this.#env, this.#store, job, people);
		if (this.#store.current !== job) return;
		const known: Rehearsal = job.rehearsal ?? { totals: unrun.totals, new: [], changed: [] };
		const examples = (is: "new" | "changed"): readonly Example[] =>
			foreseen.flatMap(({ outcome, example }) => (outcome.is === is ? [example] : []));
		const rehearsal: Rehearsal = {
			totals: withOutcomes(
				known.totals,
				foreseen.map(({ outcome }) => outcome),
			),
			new: [...known.new, ...examples("new")].slice(0, importLimits.examples),
			changed: [...known.changed, ...examples("changed")].slice(0, importLimits.examples),
		};
		const last = people.at(-1);
		const next = last ? { cursor: last.n, done: job.done + people.length } : { status: "rehearsed" as const };
		this.#store.put({ ...job, ...next, rehearsal });
	}

	async #run(job: Job): Promise<void> {
		const due = this.#store.slice<readonly Due[]>() ?? (await this.#prepare(job));
		// An undo that came meanwhile takes these back too.
		if (this.#store.current?.status !== "running") return;
		if (due.length === 0) return this.#finish(job);
		const some = this.#patience.isWhole ? due : due.slice(0, 1);
		await tell(this.#env, this.#store, job, some);
		this.#settle(some, due.slice(some.length));
	}

	/** Stored before anybody is told: what their cells say afterwards is that they know it already. */
	async #prepare(job: Job): Promise<readonly Due[]> {
		const people = this.#store.peopleAfter(job.cursor, peoplePerStep);
		if (people.length === 0) return [];
		// Identifiers are claimed from here on, and an undo has to know of them.
		this.#store.put({ ...job, isClaiming: true });
		const due = await prepare(this.#env, this.#store, job, people);
		this.#store.putSlice(due);
		return due;
	}

	/** These were told; the others of their slice are still to be. */
	#settle(due: readonly Due[], rest: readonly Due[] = []): void {
		this.#store.transaction(() => {
			const job = this.#store.current;
			if (!job) return;
			for (const { n, person, cell, outcome } of due)
				this.#store.putTold(n, { person, cell }, { once: onceOf(job, n), left: outcome.left });
			this.#store.putSlice(rest.length > 0 ? rest : undefined);
			this.#store.put({
				...job,
				isClaiming: rest.length > 0,
				cursor: Math.max(job.cursor, ...due.map(({ n }) => n)),
				done: job.done + due.length,
				totals: withOutcomes(
					job.totals,
					due.map(({ outcome }) => outcome),
				),
			});
		});
	}

	#finish(job: Job): void {
		this.#store.transaction(() => {
			this.#store.forgetFile();
			this.#store.put({ ...withoutValues(job), status: "done", keptUntil: Date.now() + importLimits.keptMs });
		});
	}

	async #undo(job: Job): Promise<void> {
		// Whoever was about to be told is taken back like all others: of those who were not, there is nothing to take.
		const due = this.#store.slice<readonly Due[]>() ?? (job.isClaiming ? await this.#prepare(job) : []);
		if (due.length > 0) return this.#settle(due);
		const people = this.#store.toldPeople(peoplePerStep);
		if (people.length === 0) {
			this.#store.transaction(() => {
				this.#store.forgetFile();
				this.#store.forgetReading();
				this.#store.put({ ...withoutValues(job), status: "undone" });
			});
			return;
		}
		await takeBack(this.#env, job, people);
		this.#store.transaction(() => {
			this.#store.forgetPeople(people.map(({ n }) => n));
			this.#store.put({ ...job, done: job.done + people.length });
		});
	}

	async #keep(job: Job): Promise<void> {
		if (Date.now() < job.keptUntil) {
			await strikeErased(this.#env, this.#store, job);
			return;
		}
		this.#store.transaction(() => {
			this.#store.forgetFile();
			this.#store.forgetReading();
			this.#store.put({ ...withoutValues(job), status: "closed" });
		});
	}

	/** One person at fault does not hold up all others: their rows are problems. */
	#passOver(error: unknown): void {
		const job = this.#store.current;
		if (!job || (job.status !== "running" && job.status !== "rehearsing")) return;
		const [due, ...rest] = this.#store.slice<readonly Due[]>() ?? [];
		const n = due?.n ?? this.#store.peopleAfter(job.cursor, 1)[0]?.n;
		if (n === undefined) return;
		logFault("import passes somebody over", error);
		this.#store.transaction(() => {
			const rows = job.status === "running" ? this.#store.rowsOf(n) : [];
			for (const { line } of rows)
				this.#store.putProblem({ line, reason: "fault", column: null, value: "", cells: {} }, failed);
			if (due) this.#store.putSlice(rest.length > 0 ? rest : undefined);
			const reading = { ...job.reading, failed: job.reading.failed + rows.length };
			this.#store.put({ ...job, cursor: n, reading });
		});
		this.#patience.relent();
	}

	#room(): number {
		return this.#patience.isWhole ? peoplePerStep : 1;
	}
}
