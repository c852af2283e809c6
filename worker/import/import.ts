// An import: a file, what is to be done with it, and how far that has come. It works by its alarm, a step at a time, so
// that whatever interrupts it, it goes on; every step is stored with its figures in one transaction.

import { DurableObject } from "cloudflare:workers";
import type { Row } from "../domain/import/csv.ts";
import { importLimits } from "../domain/import/limits.ts";
import type { Target } from "../domain/import/mapping.ts";
import { withOutcomes } from "../domain/import/outcome.ts";
import { type Plan, refusePlan } from "../domain/import/plan.ts";
import { readRow } from "../domain/import/row.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logFault, logWarning } from "../platform/log.ts";
import { siteOf } from "../platform/name.ts";
import { lookAt, peopleRows, takeFile } from "./file.ts";
import {
	atWork,
	type Example,
	type Job,
	type Problem,
	type Rehearsal,
	type Status,
	unread,
	unrun,
} from "./job.ts";
import { identify, nextRows, stage } from "./reading.ts";
import { type Due, foresee, onceOf, prepare, takeBack, tell } from "./steps.ts";
import { failed, ImportStore } from "./store.ts";

/** A step asks every shard of the directory three times at most, and the platform lets an invocation make a thousand calls. */
const peoplePerStep = 1_000;
const longestUploadMs = 86_400_000;
const firstRetryMs = 250;
const longestRetryMs = 20_000;
/** After so many failures in a row people are dealt with one by one, and after twice as many one steps aside. */
const patience = 4;

export type Refusal =
	| "unknown"
	| "at-work"
	| "not-now"
	| "too-large"
	| "row-unknown"
	| ReturnType<typeof refusePlan>;
export type Answered<T> =
	| { readonly is: "ok"; readonly value: T }
	| { readonly is: "refused"; readonly why: Refusal };

/** What is said of a plan; the rest is guessed, or stays as it was. */
export type SaidPlan = { readonly [member in keyof Plan]?: Plan[member] };

export class Import extends DurableObject<AdminEnv> {
	readonly #store: ImportStore;
	#job: Job | undefined;
	/** The file, read on from where the job stands. */
	#rows: Iterator<Row, void> | undefined;
	#failures = 0;

	constructor(state: DurableObjectState, env: AdminEnv) {
		super(state, env);
		this.#store = new ImportStore(state.storage);
		this.#job = this.#store.job();
	}

	/** Takes the file in. A body that breaks off leaves nothing. */
	async upload(
		begun: Pick<Job, "site" | "id" | "name" | "createdAt">,
		body: ReadableStream<Uint8Array>,
	): Promise<Answered<Job>> {
		if (this.#job) return refused("not-now");
		await this.ctx.storage.setAlarm(Date.now() + longestUploadMs);
		const file = await takeFile(this.#store, body).catch(async (error: unknown) => {
			await this.ctx.storage.deleteAll();
			throw error;
		});
		if (!file) {
			await this.ctx.storage.deleteAll();
			return refused("too-large");
		}
		const { table, columns } = lookAt(this.#store, { encoding: file.encoding }, file.bytes);
		const guessed: Plan = {
			...table,
			columns: columns.map(({ guess }) => guess),
			tags: [],
			categories: [],
			firesRules: false,
		};
		const job: Job = {
			...begun,
			...unread,
			...unrun,
			status: "uploaded",
			goal: "rehearsing",
			bytes: file.bytes,
			isMixed: file.isMixed,
			plan: guessed,
			columns,
			keptUntil: begun.createdAt + importLimits.keptMs,
		};
		await this.ctx.storage.setAlarm(job.keptUntil);
		return ok(this.#put(job));
	}

	async view(): Promise<Job | undefined> {
		return this.#job;
	}

	/** How the file is to be read and what its columns are. Whatever was read of it before is read anew. */
	async plan(said: SaidPlan): Promise<Answered<Job>> {
		const job = this.#job;
		if (!job) return refused("unknown");
		if (atWork.has(job.status)) return refused("at-work");
		if (!beforeRun.has(job.status)) return refused("not-now");
		const isRead = said.encoding === undefined && said.delimiter === undefined && said.isNamed === undefined;
		const now = { ...job.plan, ...said };
		const look = isRead
			? { table: job.plan, columns: job.columns }
			: lookAt(this.#store, { encoding: now.encoding, ...picked(said) }, job.bytes);
		const guessed: readonly Target[] = isRead ? job.plan.columns : look.columns.map(({ guess }) => guess);
		const columns = said.columns ?? guessed;
		const { encoding, delimiter, isNamed } = look.table;
		const plan = { ...now, encoding, delimiter, isNamed, columns };
		const refusal = columns.length === look.columns.length ? refusePlan(plan) : "columns-differ";
		// What was guessed need not be sound yet: it is shown, to be put right.
		if (refusal && said.columns) return refused(refusal === "columns-differ" ? "not-now" : refusal);
		return ok(
			this.#store.transaction(() => {
				this.#store.forgetReading();
				return this.#put({ ...job, ...unread, status: "uploaded", plan, columns: look.columns });
			}),
		);
	}

	/** Finds out what would happen. */
	async rehearse(): Promise<Answered<Job>> {
		return this.#begin("rehearsing", beforeRun);
	}

	async run(): Promise<Answered<Job>> {
		return this.#begin("running", beforeRun);
	}

	/** Takes everything back, whatever was told so far. */
	async undo(): Promise<Answered<Job>> {
		const job = this.#job;
		if (!job) return refused("unknown");
		if (job.status === "undoing" || job.status === "undone") return ok(job);
		if (job.status !== "running" && job.status !== "done") return refused("not-now");
		// Whoever is just being told is so for certain before they are taken back.
		return ok(await this.#start({ ...job, status: "undoing", done: 0 }));
	}

	async problems(after: number, most: number): Promise<readonly Problem[]> {
		return this.#store.problems(after, most);
	}

	/** Puts cells of a row that failed right, by the names of their columns, and takes the row in; or says what is still wrong. */
	async mend(line: number, cells: Readonly<Record<string, string>>): Promise<Answered<Problem | null>> {
		const job = this.#job;
		if (!job) return refused("unknown");
		if (atWork.has(job.status)) return refused("at-work");
		if (job.status !== "done" && job.status !== "read" && job.status !== "rehearsed")
			return refused("not-now");
		const known = this.#store.failure(line);
		if (!known) return refused("row-unknown");
		const mended = { ...known.cells, ...cells };
		const row: Row = { line, cells: job.columns.map(({ name }) => mended[name] ?? "") };
		const read = readRow(row, job.plan, false);
		if (read.is === "refused") {
			const { reason, column, value } = read.error;
			const name = column === undefined ? null : (job.columns[column]?.name ?? null);
			const problem: Problem = { line, reason, column: name, value, cells: mended };
			this.#store.putProblem(problem, failed);
			return ok(problem);
		}
		const rows = await identify(this.env, this.#store, job.site, [{ row, read }]);
		if (this.#job !== job) return refused("at-work");
		const isDone = job.status === "done";
		const after = this.#store.transaction(() => {
			this.#store.forgetFailure(line);
			// Of a run that is over nobody is told again: the row is somebody of its own, whom the directory will know.
			const reading = stage(this.#store, job, rows, isDone);
			const counted = { ...reading, rows: reading.rows - 1, failed: reading.failed - 1 };
			return this.#put({
				...job,
				reading: counted,
				...(isDone ? {} : { status: "read" as const, rehearsal: null }),
			});
		});
		if (isDone) await this.#start({ ...after, status: "running" });
		return ok(null);
	}

	override async alarm(): Promise<void> {
		// What was left of a file that never came to its end.
		if (!this.#job) return this.ctx.storage.deleteAll();
		try {
			await this.#step();
			this.#failures = 0;
		} catch (error) {
			this.#failures++;
			this.#rows = undefined;
			this.#job = this.#store.job();
			logWarning("import", {
				failures: this.#failures,
				message: error instanceof Error ? error.message : "unknown",
			});
			if (this.#failures >= 2 * patience) this.#passOver(error);
		}
		await this.#wind();
	}

	async #begin(goal: Job["goal"], from: ReadonlySet<Status>): Promise<Answered<Job>> {
		const job = this.#job;
		if (!job) return refused("unknown");
		if (atWork.has(job.status)) return refused("at-work");
		if (!from.has(job.status)) return refused("not-now");
		const refusal = refusePlan(job.plan);
		if (refusal) return refused(refusal);
		const at = Date.now() + (await siteOf(this.env, job.site).clockOffsetMs());
		if (this.#job !== job) return refused("at-work");
		const begun = { ...job, goal, at, cursor: 0, done: 0 };
		const rehearsal = goal === "rehearsing" ? null : job.rehearsal;
		if (job.status !== "uploaded") return ok(await this.#start({ ...begun, status: goal, rehearsal }));
		return ok(await this.#start({ ...begun, status: "reading", rehearsal }));
	}

	async #start(job: Job): Promise<Job> {
		this.#put(job);
		this.#failures = 0;
		await this.ctx.storage.setAlarm(Date.now());
		return job;
	}

	async #wind(): Promise<void> {
		const job = this.#job;
		if (!job || job.status === "closed") return;
		const wait =
			this.#failures === 0 ? 0 : Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures, 10));
		await this.ctx.storage.setAlarm(atWork.has(job.status) ? Date.now() + wait : job.keptUntil);
	}

	async #step(): Promise<void> {
		const job = this.#job;
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
				return this.#close(job);
		}
	}

	async #read(job: Job): Promise<void> {
		this.#rows ??= this.#readOn(job);
		const rows = await nextRows(this.env, this.#store, this.#rows, job);
		if (this.#job !== job) return;
		this.#store.transaction(() => {
			const reading = stage(this.#store, job, rows);
			const line = rows.at(-1)?.row.line ?? job.line;
			const isOver = rows.length === 0;
			const isCut = isOver && reading.rows >= importLimits.rows && this.#rows?.next().done === false;
			const next = isOver ? { status: job.goal, cursor: 0, done: 0 } : {};
			this.#put({ ...job, ...next, line, reading: { ...reading, isCut } });
			if (isOver) this.#rows = undefined;
		});
	}

	/** After an interruption the file is read again from its beginning, and what is stored already is passed over. */
	*#readOn({ plan, line }: Job): Generator<Row, void> {
		for (const row of peopleRows(this.#store, plan)) if (row.line > line) yield row;
	}

	async #rehearse(job: Job): Promise<void> {
		const people = this.#store.peopleAfter(job.cursor, this.#room());
		const foreseen = await foresee(this.env, this.#store, job, people);
		if (this.#job !== job) return;
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
		this.#put({ ...job, ...next, rehearsal });
	}

	async #run(job: Job): Promise<void> {
		let due = this.#store.slice<readonly Due[]>();
		if (!due) {
			const people = this.#store.peopleAfter(job.cursor, this.#room());
			if (people.length === 0) return this.#finish(job);
			due = await prepare(this.env, this.#store, job, people);
			if (this.#job !== job) return;
			// Before anybody is told: what their cells say afterwards is that they know it already.
			this.#store.putSlice(due);
		}
		await tell(this.env, this.#store, job, due);
		this.#settle(due);
	}

	#settle(due: readonly Due[]): void {
		this.#store.transaction(() => {
			const job = this.#store.job();
			if (!job || !this.#store.slice()) return;
			for (const { n, person, cell, outcome } of due)
				this.#store.putTold(n, { person, cell }, { once: onceOf(job, n), left: outcome.left });
			this.#store.putSlice(undefined);
			this.#put({
				...job,
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
			this.#put({ ...job, status: "done", keptUntil: Date.now() + importLimits.keptMs });
		});
	}

	async #undo(job: Job): Promise<void> {
		const due = this.#store.slice<readonly Due[]>();
		if (due) {
			await tell(this.env, this.#store, job, due);
			this.#settle(due);
			return;
		}
		const people = this.#store.toldPeople(peoplePerStep);
		if (people.length === 0) {
			this.#store.transaction(() => {
				this.#store.forgetFile();
				this.#store.forgetReading();
				this.#put({ ...job, status: "undone" });
			});
			return;
		}
		await takeBack(this.env, job, people);
		this.#store.transaction(() => {
			this.#store.forgetPeople(people.map(({ n }) => n));
			this.#put({ ...job, done: job.done + people.length });
		});
	}

	#close(job: Job): void {
		if (Date.now() < job.keptUntil) return;
		this.#store.transaction(() => {
			this.#store.forgetFile();
			this.#store.forgetReading();
			this.#put({ ...job, status: "closed", columns: [], rehearsal: null });
		});
	}

	/** One person at fault does not hold up all others: their rows are problems, to be tried again. */
	#passOver(error: unknown): void {
		const job = this.#job;
		if (!job || (job.status !== "running" && job.status !== "rehearsing")) return;
		const [someone] = this.#store.peopleAfter(job.cursor, 1);
		if (!someone) return;
		logFault("import passes somebody over", error);
		this.#store.transaction(() => {
			if (job.status === "running") {
				for (const { line } of this.#store.rowsOf(someone.n))
					this.#store.putProblem({ line, reason: "fault", column: null, value: "", cells: {} }, failed);
				this.#store.putSlice(undefined);
			}
			this.#put({ ...job, cursor: someone.n });
		});
		this.#failures = 1;
	}

	#room(): number {
		return this.#failures < patience ? peoplePerStep : 1;
	}

	#put(job: Job): Job {
		this.#store.put(job);
		this.#job = job;
		return job;
	}
}

const beforeRun: ReadonlySet<Status> = new Set(["uploaded", "read", "rehearsed"]);

function picked({ delimiter, isNamed }: SaidPlan) {
	return { ...(delimiter !== undefined && { delimiter }), ...(isNamed !== undefined && { isNamed }) };
}

function ok<T>(value: T): Answered<T> {
	return { is: "ok", value };
}

function refused(why: Refusal): Extract<Answered<never>, { is: "refused" }> {
	return { is: "refused", why };
}
