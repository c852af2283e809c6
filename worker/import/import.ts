// An import: a file, what is to be done with it, and how far that has come. It works by its alarm, a step at a time, so
// that whatever interrupts it, it goes on; every step is stored with its figures in one transaction.

import { DurableObject } from "cloudflare:workers";
import type { Row } from "../domain/import/csv.ts";
import { importLimits } from "../domain/import/limits.ts";
import type { Target } from "../domain/import/mapping.ts";
import { type Plan, refusePlan } from "../domain/import/plan.ts";
import { readRow } from "../domain/import/row.ts";
import type { AdminEnv } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { vanish } from "../platform/vanish.ts";
import { strikeErased } from "./erased.ts";
import { lookAt, takeFile } from "./file.ts";
import { atWork, type Job, type Problem, type Status, unread, unrun } from "./job.ts";
import { identify, stage } from "./reading.ts";
import { failed, ImportStore } from "./store.ts";
import { Work } from "./work.ts";

const longestUploadMs = 86_400_000;

export type Refusal =
	| "unknown"
	| "at-work"
	| "not-now"
	| "too-large"
	| "row-unknown"
	| "columns-differ"
	| ReturnType<typeof refusePlan>;
export type Answered<T> =
	| { readonly is: "ok"; readonly value: T }
	| { readonly is: "refused"; readonly why: Refusal };

/** What is said of a plan; the rest is guessed, or stays as it was. */
export type SaidPlan = { readonly [member in keyof Plan]?: Plan[member] };

export class Import extends DurableObject<AdminEnv> {
	readonly #store: ImportStore;
	readonly #work: Work;

	constructor(state: DurableObjectState, env: AdminEnv) {
		super(state, env);
		this.#store = new ImportStore(state.storage);
		this.#work = new Work(this.#store, env);
		void state.blockConcurrencyWhile(() => this.#wind());
	}

	/** Takes the file in. A body that breaks off leaves nothing. */
	async upload(
		begun: Pick<Job, "site" | "id" | "name" | "createdAt">,
		body: ReadableStream<Uint8Array>,
	): Promise<Answered<Job>> {
		if (this.#store.current) return refused("not-now");
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
		await this.ctx.storage.setAlarm(Date.now() + this.#work.waitMs(job.status));
		return ok(this.#store.put(job));
	}

	async view(): Promise<Job | undefined> {
		return this.#store.current;
	}

	/** How the file is to be read and what its columns are. Whatever was read of it before is read anew. */
	async plan(said: SaidPlan): Promise<Answered<Job>> {
		const job = this.#store.current;
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
		if (refusal && said.columns) return refused(refusal);
		return ok(
			this.#store.transaction(() => {
				this.#store.forgetReading();
				return this.#store.put({ ...job, ...unread, status: "uploaded", plan, columns: look.columns });
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
		const job = this.#store.current;
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
		const job = this.#store.current;
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
		if (this.#store.current !== job) return refused("at-work");
		const isDone = job.status === "done";
		const after = this.#store.transaction(() => {
			this.#store.forgetFailure(line);
			// Of a run that is over nobody is told again: the row is somebody of its own, whom the directory will know.
			const reading = stage(this.#store, job, rows, isDone);
			const counted = { ...reading, rows: reading.rows - 1, failed: reading.failed - 1 };
			return this.#store.put({
				...job,
				reading: counted,
				...(isDone ? {} : { status: "read" as const, rehearsal: null }),
			});
		});
		if (isDone) await this.#start({ ...after, status: "running" });
		return ok(null);
	}

	async vanish(): Promise<void> {
		return vanish(this.ctx);
	}

	override async alarm(): Promise<void> {
		// What was left of a file that never came to its end.
		if (!this.#store.current) return this.ctx.storage.deleteAll();
		await this.#work.step();
		const { current: job } = this.#store;
		if (!job || job.status === "closed") return;
		const next = Date.now() + this.#work.waitMs(job.status);
		await this.ctx.storage.setAlarm(atWork.has(job.status) ? next : Math.min(next, job.keptUntil));
	}

	/** What kills an object may kill its alarm again and again, until the platform gives that up. */
	async #wind(): Promise<void> {
		const job = this.#store.current;
		if (!job || job.status === "closed") return;
		const isLost = atWork.has(job.status) || (await this.ctx.storage.getAlarm()) === null;
		if (isLost) await this.ctx.storage.setAlarm(Date.now());
	}

	async #begin(goal: Job["goal"], from: ReadonlySet<Status>): Promise<Answered<Job>> {
		const known = this.#store.current;
		if (!known) return refused("unknown");
		if (atWork.has(known.status)) return refused("at-work");
		if (!from.has(known.status)) return refused("not-now");
		const refusal = refusePlan(known.plan);
		if (refusal) return refused(refusal);
		// What the file says of whoever was erased since it came is not told any more.
		const job = await strikeErased(this.env, this.#store, known);
		const at = Date.now() + (await siteOf(this.env, job.site).clockOffsetMs());
		if (this.#store.current !== job) return refused("at-work");
		const begun = { ...job, goal, at, cursor: 0, done: 0 };
		const rehearsal = goal === "rehearsing" ? null : job.rehearsal;
		if (job.status !== "uploaded") return ok(await this.#start({ ...begun, status: goal, rehearsal }));
		return ok(await this.#start({ ...begun, status: "reading", rehearsal }));
	}

	async #start(job: Job): Promise<Job> {
		this.#store.put(job);
		this.#work.begin();
		await this.ctx.storage.setAlarm(Date.now());
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
