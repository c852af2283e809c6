// The end of a site. Closed at once, its visitors and servers are answered as if there were none; for a week all of it is
// kept, and whoever thinks better of it opens it again. Then everything goes, a slice with each alarm, so that whatever
// interrupts it, it goes on: each slice is done again without harm.

import { DurableObject } from "cloudflare:workers";
import { databaseOf } from "../data/database.ts";
import { addRemoval, beginRemoval, endRemoval, undoRemoval } from "../data/removal.ts";
import type { AdminEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { siteOf } from "../platform/name.ts";
import { Patience } from "../platform/patience.ts";
import { type Cursor, first, firstTable, step, steps } from "./steps.ts";

/** Long enough for a colleague to come back from a holiday weekend and be told. */
export const graceMs = 7 * 86_400_000;
/**
 * What cells had on its way to D1 has arrived by then, or never will: see `longestDrainMs` of cell/wake.ts. Objects come to
 * be no more: no cell is born to a site that is closed.
 */
const lingerMs = 10 * 60_000;

interface Call {
	readonly site: string;
	/** Who does it; null for the operator. */
	readonly account: string | null;
	readonly askedAt: number;
}

/** `closed` waits until it is due; `removing` and, once more after a while, `sweeping` are at work. */
interface Job extends Call {
	readonly dueAt: number;
	readonly status: "closing" | "closed" | "opening" | "removing" | "lingering" | "sweeping";
	readonly cursor: Cursor;
}

export interface Progress {
	readonly status: Job["status"];
	readonly dueAt: number;
	/** Steps that are done, of all. */
	readonly done: number;
	readonly of: number;
}

export class Removal extends DurableObject<AdminEnv> {
	readonly #patience = new Patience();
	#job: Job | undefined;

	constructor(state: DurableObjectState, env: AdminEnv) {
		super(state, env);
		const { sql } = state.storage;
		sql.exec("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
		const [row] = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'job'").toArray();
		this.#job = row && JSON.parse(row.value);
	}

	/** Answers when every cell that could be reached is closed. Asked again, it is the same removal. */
	async begin(call: Call): Promise<Progress> {
		const before = this.#job;
		if (!before || before.status === "opening")
			this.#put({ ...call, dueAt: call.askedAt + graceMs, status: "closing", cursor: first });
		await this.#work();
		return this.#told();
	}

	/** Opens the site again; false where the deletion has begun. */
	async undo(): Promise<boolean> {
		const job = this.#job;
		if (!job) return true;
		if (job.status !== "closed" && job.status !== "closing" && job.status !== "opening") return false;
		this.#put({ ...job, status: "opening" });
		await this.#work();
		return true;
	}

	async progress(): Promise<Progress | undefined> {
		return this.#job && this.#told();
	}

	override async alarm(): Promise<void> {
		await this.#work();
	}

	/** One slice, and when to do the next. It never fails, for the platform would give its alarm up. */
	async #work(): Promise<void> {
		try {
			await this.#step();
			this.#patience.restore();
		} catch (error) {
			this.#patience.fail("removal", error);
		}
		const job = this.#job;
		if (!job) return;
		const next = job.status === "closed" || job.status === "lingering" ? job.dueAt : Date.now();
		const retry = this.#patience.waitMs;
		await this.ctx.storage.setAlarm(retry === undefined ? next : Date.now() + retry);
	}

	async #step(): Promise<void> {
		const job = this.#job;
		if (!job) return;
		const { site } = job;
		const db = databaseOf(this.env, site);
		switch (job.status) {
			case "closing":
				await addRemoval(db, site, job);
				await siteOf(this.env, site).close(true);
				return this.#become(job, { status: "closed" });
			case "opening":
				await siteOf(this.env, site).close(false);
				await undoRemoval(db, site);
				return this.#end(job);
			case "closed":
				if (Date.now() < job.dueAt) return;
				await beginRemoval(db, site, Date.now());
				return this.#become(job, { status: "removing", cursor: first });
			case "removing": {
				const cursor = await step(this.env, site, job.cursor);
				if (cursor) return this.#become(job, { cursor });
				return this.#become(job, { status: "lingering", dueAt: Date.now() + lingerMs });
			}
			case "lingering":
				if (Date.now() < job.dueAt) return;
				return this.#become(job, { status: "sweeping", cursor: firstTable });
			case "sweeping": {
				const cursor = await step(this.env, site, job.cursor);
				if (cursor) return this.#become(job, { cursor });
				const at = Date.now();
				const { account } = job;
				const act = { act: "site.removed", about: {}, outcome: "done", site: null } as const;
				await endRemoval(db, site, { id: uuidv7(at), at, account, ...act });
				return this.#end(job);
			}
		}
	}

	/** Somebody may have thought better of it while it was waited for others. */
	#become(job: Job, next: Partial<Job>): void {
		if (this.#job === job) this.#put({ ...job, ...next });
	}

	#put(job: Job): void {
		this.ctx.storage.sql.exec(
			"INSERT INTO meta (key, value) VALUES ('job', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			JSON.stringify(job),
		);
		this.#job = job;
	}

	async #end(job: Job): Promise<void> {
		if (this.#job !== job) return;
		this.#job = undefined;
		await this.ctx.storage.deleteAll();
		this.ctx.storage.sql.exec("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
	}

	#told(): Progress {
		const job = this.#job;
		if (!job) throw new Error("what was begun is known");
		const { status, dueAt, cursor } = job;
		const isOver = status === "lingering" || status === "sweeping";
		const done = isOver ? steps.length : status === "removing" ? cursor.step : 0;
		return { status, dueAt, done, of: steps.length };
	}
}
