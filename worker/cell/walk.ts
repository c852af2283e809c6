// A way through all people that a cell has, in slices, for what must reach each of them once: first what D1 has of their
// past is read, and then, with nothing awaited, each is changed. It goes on after an eviction: how far it has come is
// stored in the slice's transaction. Whoever comes after its beginning is not on it.

import type { Standing } from "../domain/standing.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { backoffMs } from "../platform/backoff.ts";
import { logFault, logWarning, messageOf } from "../platform/log.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { History, People, Published } from "./people.ts";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";

const slicesPerRun = 8;
const longestRetryMs = 20_000;
/** After so many failures in a row, whoever cannot be dealt with is left as they are. */
const poisonAfter = 4;

/** How far a walk has come. */
export interface Way {
	/** Who was here when it began, and whom it has reached. */
	readonly people: number;
	readonly done: number;
	/** The highest id of those who were here: nobody beyond it is of concern. */
	readonly last: string;
	/** Everybody up to this id is done, but for those in `again`. */
	readonly cursor: string;
	/** Who was busy when their turn came. No more than a slice. */
	readonly again: readonly string[];
}

/** What the cell lends to it. */
export interface Ground {
	readonly transact: <T>(work: () => T) => T;
	readonly publication: () => Publication | undefined;
	readonly now: () => number;
	readonly databaseOf: (site: string) => D1Database;
}

export type Publication = Published & { readonly snapshot: Snapshot };

/** Somebody as they were before their past was read. */
export interface Noted {
	readonly person: string;
	readonly version: number;
	readonly state: State;
}

/** What a walk is for. */
export interface Errand<Job extends Way, Found> {
	/** The key in `meta` under which the walk stands. */
	readonly name: string;
	/** People in one slice: a number and never a time, for the clock stands still between I/O. */
	readonly most: (job: Job) => number;
	/** Whether their past is read, and so D1 has to have all of it first. */
	readonly isReading: (job: Job) => boolean;
	readonly read: (noted: readonly Noted[], job: Job, publication: Publication) => Promise<Found>;
	/** One person's turn; answers with what D1 has to be told. Nothing is awaited. */
	readonly change: (
		person: string,
		state: State,
		job: Job,
		found: Found | undefined,
		publication: Publication,
		now: number,
	) => readonly History[];
}

/** Whether another slice may follow at once, in the next run, or once something has changed. */
type Step = "more" | "enough" | "stuck";

export class Walk<Job extends Way, Found> {
	readonly #store: Store;
	readonly #people: People;
	readonly #outbox: Outbox;
	readonly #ground: Ground;
	readonly #errand: Errand<Job, Found>;
	/** The last one, finished or not. */
	#job: Job | undefined;
	#failures = 0;
	/** A run that hung for too long and comes back may not go on. */
	#run = 0;
	/** Wall clock: no attempt before that. */
	retryAt = 0;

	constructor(store: Store, people: People, outbox: Outbox, ground: Ground, errand: Errand<Job, Found>) {
		this.#store = store;
		this.#people = people;
		this.#outbox = outbox;
		this.#ground = ground;
		this.#errand = errand;
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed. */
	resume(): void {
		const text = this.#store.meta(this.#errand.name);
		this.#job = text === undefined ? undefined : JSON.parse(text);
	}

	get job(): Job | undefined {
		return this.#job;
	}

	get isPending(): boolean {
		return this.#job !== undefined && !isFinished(this.#job);
	}

	/** The beginning of the way, for all who are here now. */
	start(): Way {
		this.retryAt = 0;
		return { ...this.#store.census(), done: 0, cursor: "", again: [] };
	}

	/** In the caller's transaction. */
	put(job: Job): void {
		this.#store.setMeta(this.#errand.name, JSON.stringify(job));
		this.#job = job;
	}

	hasReached(person: string): boolean {
		const job = this.#job;
		if (!job) return false;
		return person > job.last || (person <= job.cursor && !job.again.includes(person));
	}

	/** Some slices. A failure is counted, never thrown, and tried again from `retryAt` on. */
	async run(): Promise<void> {
		if (!this.isPending || Date.now() < this.retryAt) return;
		const run = ++this.#run;
		let step: Step = "more";
		try {
			for (let slice = 0; slice < slicesPerRun && step === "more" && this.isPending; slice++)
				step = await this.#slice(() => run === this.#run);
		} catch (error) {
			step = "stuck";
			const message = messageOf(error);
			logWarning(this.#errand.name, { message, done: this.#job?.done ?? 0 });
		}
		this.#failures = step === "stuck" ? this.#failures + 1 : 0;
		if (step !== "stuck") return;
		this.retryAt = Date.now() + backoffMs(this.#failures, longestRetryMs);
	}

	async #slice(isCurrent: () => boolean): Promise<Step> {
		const [job, publication] = [this.#job, this.#ground.publication()];
		if (!job || !publication) return "enough";
		const { most, isReading, read } = this.#errand;
		const room = most(job) - job.again.length;
		const next = this.#store.peopleAfter(job.cursor, job.last, room);
		const ids = [...job.again, ...next];
		const cursor = next.length < room ? job.last : (next.at(-1) ?? job.cursor);
		const noted = this.#ground.transact(() => this.#note(ids, job, publication));
		const found = isReading(job) ? await read(noted, job, publication) : undefined;
		// Meanwhile another may have begun.
		if (job !== this.#job || !isCurrent()) return "enough";
		const done = this.#ground.transact(() =>
			this.#settle({ ...job, cursor }, ids, noted, found, publication),
		);
		if (done === 0 && ids.length > 0) return "stuck";
		return isReading(job) ? "more" : "enough";
	}

	/** Those whose whole history D1 has: what is left of the others' has to be told first. */
	#note(ids: readonly string[], job: Job, publication: Publication): readonly Noted[] {
		const now = this.#ground.now();
		const known = ids.flatMap((person): readonly Noted[] => {
			const state = this.#attempt(() => this.#people.ready(person, publication, now));
			return state ? [{ person, version: state.version, state }] : [];
		});
		if (!this.#errand.isReading(job)) return known;
		const untold = this.#outbox.untoldOf(known.flatMap(({ state }) => partsOf(state)));
		return known.filter(({ state }) => !partsOf(state).some((part) => untold.has(part)));
	}

	/** Says how many are done. Nothing is awaited from here on. */
	#settle(
		job: Job,
		ids: readonly string[],
		noted: readonly Noted[],
		found: Found | undefined,
		publication: Publication,
	): number {
		const now = this.#ground.now();
		const versions = new Map(noted.map(({ person, version }) => [person, version]));
		const again: string[] = [];
		const told: string[] = [];
		for (const person of ids) {
			this.#attempt(() => {
				const state = this.#people.ready(person, publication, now);
				if (!state) return;
				if (state.version !== versions.get(person)) {
					again.push(person);
					return;
				}
				const histories = this.#errand.change(person, state, job, found, publication, now);
				told.push(...histories.map((history) => JSON.stringify(history)));
			});
		}
		this.#outbox.appendTogether("history", told);
		const done = ids.length - again.length;
		const moved = { ...job, again, done: Math.min(job.people, job.done + done) };
		this.put(isFinished(moved) ? { ...moved, done: job.people } : moved);
		return done;
	}

	/** One person at fault does not hold up all others for good. */
	#attempt<T>(work: () => T): T | undefined {
		try {
			return work();
		} catch (error) {
			if (this.#failures < poisonAfter) throw error;
			logFault(`${this.#errand.name} leaves somebody out`, error);
			this.#people.distrust();
			return undefined;
		}
	}
}

function isFinished({ cursor, last, again }: Way): boolean {
	return cursor >= last && again.length === 0;
}

/** Whose history D1 has to have before it is read. */
export function partsOf({ standing }: { readonly standing: Pick<Standing, "person"> }): readonly string[] {
	return Object.keys(standing.person.parts);
}
