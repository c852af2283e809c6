// The work of an act on many people, a slice at a time, each stored with its figures in one transaction. What interrupts it
// may do so anywhere: a slice that is not stored is done again, and the cells know of whom it was done already. On each card
// the act stands in a part of its own, so that undoing it drops the part: whatever was there before is as it was, and what
// rules made of the act goes with it.

import type { Acted } from "../cell/acts.ts";
import { foundBy } from "../data/bulk.ts";
import { databaseOf } from "../data/database.ts";
import { erasedAmong, tombstonesOf } from "../data/erasure.ts";
import { idsWho } from "../data/people.ts";
import { compileSql } from "../domain/sql.ts";
import { digestOf } from "../platform/digest.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";
import { Patience } from "../platform/patience.ts";
import { atWork, type Job, keptMs, partOf, type Status, withoutWhom } from "./job.ts";
import type { BulkStore, Found, Slice } from "./store.ts";

/** In a cell visitors wait while people are acted on. */
export const peoplePerSlice = 200;
const slicesPerPage = 5;
const lookAgainMs = 3_600_000;

type Outcome = Pick<Acted, "person" | "is"> & { readonly why?: string };

export class Work {
	readonly #store: BulkStore;
	readonly #env: AdminEnv;
	readonly #patience = new Patience();

	constructor(store: BulkStore, env: AdminEnv) {
		this.#store = store;
		this.#env = env;
	}

	begin(): void {
		this.#patience.restore();
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
			this.#store.resume();
			this.#patience.fail("bulk", error);
		}
	}

	async #step(): Promise<void> {
		const job = this.#store.current;
		if (!job) return;
		switch (job.status) {
			case "gathering":
				return this.#gather(job);
			case "running":
				return this.#run(job);
			case "undoing":
				return this.#undo(job);
			default:
				return this.#keep(job);
		}
	}

	/** Whom it means is settled before anybody is acted on: an act may change who meets the condition. */
	async #gather(job: Job): Promise<void> {
		const { site, rest } = job;
		if (!rest) throw new Error("what is gathering has something to gather");
		const now = Date.now() + job.clockOffsetMs;
		const limit = slicesPerPage * peoplePerSlice;
		const db = databaseOf(this.#env, site);
		const ids = await idsWho(db, site, compileSql(rest.condition, now), now, { after: rest.after, limit });
		if (this.#store.current !== job) return;
		this.#store.transaction(() => {
			const slices = this.addSlices(job.slices, ids);
			const isOver = ids.length < limit;
			const people = job.people + ids.length;
			const isOther = job.exactly !== undefined && people !== job.exactly;
			this.#store.put({
				...job,
				people,
				slices,
				...(isOver && isOther && { refused: { "count-differs": people }, keptUntil: Date.now() + keptMs }),
				...(isOver
					? { status: isOther ? "stopped" : "running", rest: null }
					: { rest: { ...rest, after: ids.at(-1) ?? rest.after } }),
			});
		});
	}

	/** In the transaction of the caller. Says how many slices there are now. */
	addSlices(from: number, ids: readonly string[]): number {
		let n = from;
		for (let at = 0; at < ids.length; at += peoplePerSlice)
			this.#store.putSlice({ n: n++, people: ids.slice(at, at + peoplePerSlice) });
		return n;
	}

	async #run(job: Job): Promise<void> {
		if (job.cursor === job.slices) return this.#finish(job);
		const slice = await this.#look(job, job.cursor);
		// A stop or an undo may have come meanwhile, before anybody was acted on.
		if (this.#store.current === job) await this.#act(job, slice);
	}

	/** Stored before anybody is acted on: afterwards nobody can say in which segments they were. */
	async #look({ site }: Job, n: number): Promise<Slice> {
		const slice = this.#store.slice(n);
		if (!slice) throw new Error("a slice is there until it is done with");
		if (slice.found) return slice;
		const found = await foundBy(databaseOf(this.#env, site), site, slice.people);
		const looked = { ...slice, found };
		this.#store.putSlice(looked);
		return looked;
	}

	async #act(job: Job, { n, people, found = [] }: Slice): Promise<void> {
		const outcomes = await this.#outcomes(job, found);
		this.#store.transaction(() => {
			// Whatever became of the job meanwhile: these were acted on.
			const now = this.#store.current;
			if (!now) return;
			const is = new Map(outcomes.map((one) => [one.person, one]));
			// Of a fault nobody knows whether it was done.
			const told = found.filter(({ name }) => {
				const outcome = is.get(name);
				return outcome?.is !== "refused" || outcome.why === fault;
			});
			const refused: Record<string, number> = { ...now.refused };
			const count = (why: string, more: number) => {
				if (more > 0) refused[why] = (refused[why] ?? 0) + more;
			};
			count("person-unknown", people.length - found.length);
			for (const { is, why = "refused" } of outcomes) if (is === "refused") count(why, 1);
			if (job.act.kind === "erase" || told.length === 0) this.#store.dropSlice(n);
			else this.#store.putSlice({ n, people: told.map(({ name }) => name), found: told });
			const changed = outcomes.filter(({ is }) => is !== "refused").length;
			this.#store.put({
				...now,
				cursor: n + 1,
				// An undo counts whom it takes back.
				done: now.status === "undoing" ? now.done : now.done + people.length,
				changed: now.changed + changed,
				refused,
			});
		});
	}

	async #outcomes(job: Job, found: readonly Found[]): Promise<readonly Outcome[]> {
		if (!this.#patience.isOver) return this.#told(job, found);
		// One person at fault does not hold up all others.
		const outcomes: Outcome[] = [];
		for (const one of found) {
			try {
				outcomes.push(...(await this.#told(job, [one])));
			} catch (error) {
				logFault("bulk passes somebody over", error);
				outcomes.push({ person: one.name, is: "refused", why: fault });
			}
		}
		return outcomes;
	}

	/** As their cells answer; whom it was done to before is so done. By the names by which they were gathered. */
	async #told({ site, id, act }: Job, found: readonly Found[]): Promise<readonly Outcome[]> {
		if (act.kind === "erase")
			return Promise.all(
				found.map(async ({ name, person, cell }): Promise<Outcome> => {
					await cellOf(this.#env, site, cell).erase({ site, cell, person });
					return { person: name, is: "done" };
				}),
			);
		const answers = await Promise.all(
			Array.from(
				Map.groupBy(found, ({ cell }) => cell),
				async ([cell, some]) => {
					const people = some.map(({ person }) => person);
					const parts = some.map(({ name }) => partOf(id, name));
					const acted = await cellOf(this.#env, site, cell).act({ site, cell, id, act, people, parts });
					return some.map(({ name }, i): Outcome => {
						const outcome = acted[i];
						if (!outcome) throw new Error("a cell answers for everybody");
						const { is } = outcome;
						return is === "refused" ? { person: name, is, why: outcome.why } : { person: name, is };
					});
				},
			),
		);
		return answers.flat();
	}

	#finish(job: Job): void {
		// Whom an erasure was about is told by nothing any more.
		const done = job.act.kind === "erase" ? withoutWhom(job) : job;
		this.#store.put({ ...done, status: "done", keptUntil: Date.now() + keptMs });
	}

	/** Back from the last slice to the first. */
	async #undo(job: Job): Promise<void> {
		const open = this.#store.slice(job.cursor);
		// Who was about to be acted on is so for certain first: what is on its way to a cell may come later than this.
		if (open?.found) return this.#act(job, open);
		const n = this.#store.numbers().findLast((one) => one < job.cursor);
		if (n === undefined) {
			this.#store.transaction(() => {
				this.#store.dropSlices();
				this.#store.put({ ...job, status: "undone" });
			});
			return;
		}
		const { found = [] } = this.#store.slice(n) ?? {};
		await this.#takeBack(job, found);
		this.#store.transaction(() => {
			this.#store.dropSlice(n);
			this.#store.put({ ...job, done: job.done + found.length });
		});
	}

	async #takeBack({ site, id }: Job, found: readonly Found[]): Promise<void> {
		await Promise.all(
			Array.from(
				Map.groupBy(found, ({ cell }) => cell),
				([cell, some]) =>
					cellOf(this.#env, site, cell).dropPart({
						site,
						cell,
						// That it was done stays known: sent again, however late, it is a duplicate.
						people: some.map(({ name, person, segments }) => {
							return { person, part: partOf(id, name), once: [], left: segments };
						}),
					}),
			),
		);
	}

	async #keep(job: Job): Promise<void> {
		if (Date.now() < job.keptUntil) return this.#strikeErased(job);
		this.#store.transaction(() => {
			this.#store.dropSlices();
			this.#store.put({ ...withoutWhom(job), status: "closed" });
		});
	}

	/** Nobody who was erased is still named here. */
	async #strikeErased(job: Job): Promise<void> {
		const { site } = job;
		const db = databaseOf(this.#env, site);
		const erasures = await tombstonesOf(db, site);
		if (erasures === (job.erasures ?? 0)) return;
		for (const n of this.#store.numbers()) {
			const slice = this.#store.slice(n);
			if (!slice) continue;
			const digests = slice.people.map((name) => digestOf("person", name));
			const erased = await erasedAmong(db, site, digests);
			if (this.#store.current !== job) return;
			if (erased.size === 0) continue;
			const isLeft = (name: string) => !erased.has(digestOf("person", name));
			const found = slice.found?.filter(({ name, person }) => isLeft(name) && isLeft(person));
			this.#store.putSlice({ n, people: slice.people.filter(isLeft), ...(found && { found }) });
		}
		this.#store.put({ ...job, erasures });
	}
}

const fault = "fault";
