// An act on many people: whom it means, and how far it has come. It works by its alarm, a slice at a time, so that whatever
// interrupts it, it goes on.

import { DurableObject } from "cloudflare:workers";
import type { Condition } from "../domain/condition.ts";
import type { AdminEnv } from "../platform/env.ts";
import { vanish } from "../platform/vanish.ts";
import { atWork, type BulkAct, type Job, keptMs, partOf, type Status } from "./job.ts";
import { BulkStore } from "./store.ts";
import { Work } from "./work.ts";

export { partOf };

/** Whom it means: whoever meets a condition now, or people one by one. */
export type Whom =
	| { readonly of: "condition"; readonly condition: unknown; readonly q?: string; readonly whole: Condition }
	| { readonly of: "people"; readonly people: readonly string[] };

export interface BulkCall {
	readonly site: string;
	/** A UUIDv7 that the caller made: sent again, it is the same act. */
	readonly id: string;
	readonly createdAt: number;
	readonly clockOffsetMs: number;
	readonly act: BulkAct;
	readonly whom: Whom;
	/** Nobody is acted on where it means more or fewer than so many once they are gathered. */
	readonly exactly?: number;
}

export type BulkRefusal = "unknown" | "not-now" | "final";
export type Answered =
	| { readonly is: "ok"; readonly value: Job }
	| { readonly is: "refused"; readonly why: BulkRefusal };

export class Bulk extends DurableObject<AdminEnv> {
	readonly #store: BulkStore;
	readonly #work: Work;

	constructor(state: DurableObjectState, env: AdminEnv) {
		super(state, env);
		this.#store = new BulkStore(state.storage);
		this.#work = new Work(this.#store, env);
		void state.blockConcurrencyWhile(() => this.#wind());
	}

	async start({ site, id, createdAt, clockOffsetMs, act, whom, exactly }: BulkCall): Promise<Answered> {
		const known = this.#store.current;
		if (known) return ok(known);
		const people = whom.of === "people" ? [...new Set(whom.people)] : [];
		const begun: Job = {
			...{ site, id, createdAt, clockOffsetMs, act },
			...(exactly !== undefined && { exactly }),
			...(whom.of === "condition" && {
				condition: whom.condition,
				...(whom.q !== undefined && { q: whom.q }),
			}),
			status: whom.of === "condition" ? "gathering" : "running",
			rest: whom.of === "condition" ? { condition: whom.whole, after: null } : null,
			people: people.length,
			...{ slices: 0, cursor: 0, done: 0, changed: 0, refused: {} },
			keptUntil: Number.MAX_SAFE_INTEGER,
		};
		this.#store.transaction(() => {
			this.#store.put({ ...begun, slices: this.#work.addSlices(0, people) });
		});
		return this.#go();
	}

	async view(): Promise<Job | undefined> {
		return this.#store.current;
	}

	/** Nobody else is acted on until it is let go on. */
	async stop(): Promise<Answered> {
		return this.#turn(["gathering", "running"], () => "stopped");
	}

	async resume(): Promise<Answered> {
		return this.#turn(["stopped"], ({ rest }) => (rest ? "gathering" : "running"));
	}

	/** Takes back what was done so far. */
	async undo(): Promise<Answered> {
		const job = this.#store.current;
		if (job?.act.kind === "erase") return { is: "refused", why: "final" };
		if (job?.status === "undoing" || job?.status === "undone") return ok(job);
		return this.#turn(["gathering", "running", "stopped", "done"], () => "undoing");
	}

	async vanish(): Promise<void> {
		return vanish(this.ctx);
	}

	override async alarm(): Promise<void> {
		if (!this.#store.current) return;
		await this.#work.step();
		const { current: job } = this.#store;
		if (!job || isOver(job)) return;
		await this.ctx.storage.setAlarm(Date.now() + this.#work.waitMs(job.status));
	}

	/** What kills an object may kill its alarm again and again, until the platform gives that up. */
	async #wind(): Promise<void> {
		const job = this.#store.current;
		if (!job || isOver(job)) return;
		const isLost = atWork.has(job.status) || (await this.ctx.storage.getAlarm()) === null;
		if (isLost) await this.ctx.storage.setAlarm(Date.now());
	}

	async #turn(from: readonly Status[], to: (job: Job) => Status): Promise<Answered> {
		const job = this.#store.current;
		if (!job) return { is: "refused", why: "unknown" };
		if (!from.includes(job.status)) return { is: "refused", why: "not-now" };
		const status = to(job);
		// What was stopped and forgotten is let go too.
		const keptUntil = status === "stopped" ? Date.now() + keptMs : Number.MAX_SAFE_INTEGER;
		this.#store.put({ ...job, status, keptUntil, ...(status === "undoing" && { done: 0 }) });
		return this.#go();
	}

	async #go(): Promise<Answered> {
		this.#work.begin();
		await this.ctx.storage.setAlarm(Date.now());
		const job = this.#store.current;
		return job ? ok(job) : { is: "refused", why: "unknown" };
	}
}

function isOver({ status }: Job): boolean {
	return status === "undone" || status === "closed";
}

function ok(value: Job): Answered {
	return { is: "ok", value };
}
