// A publication reaches the people who were here before it: what it newly watches is counted out of their history in D1,
// and memberships follow. In slices, and on after an eviction: how far it has come is stored in the slice's transaction.
// Whoever comes after a publication has all that it watches from the beginning.

import { pagesOf, type Unread } from "../data/past.ts";
import { emptyFacts, type Facts, record } from "../domain/facts.ts";
import { type Chosen, chosen, isNeeding, missingIn, refilled } from "../domain/fill.ts";
import { withPart } from "../domain/person.ts";
import { inlined } from "../domain/segment.ts";
import { type Watches, watchesOf } from "../domain/watch.ts";
import { logFault, logWarning } from "../platform/log.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { Outbox } from "./outbox.ts";
import { conditionsIn } from "./past.ts";
import type { People, Published } from "./people.ts";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";

/** People in one slice: a number and never a time, for the clock stands still between I/O. */
const sliceOf = { reading: 25, adopting: 200 };
const slicesPerRun = 8;
const firstRetryMs = 250;
const longestRetryMs = 20_000;
/** After so many failures in a row, whoever cannot be dealt with is left as they are. */
const poisonAfter = 4;

interface Progress {
	readonly revision: number;
	/** Who was here when the publication came, and whom it has reached. */
	readonly people: number;
	readonly done: number;
}

/** `definitions` are the ids of those whose past is still being counted. */
export interface Filling extends Progress {
	readonly definitions: readonly string[];
}

interface Job extends Progress {
	/** What is counted anew; none where memberships alone follow. */
	readonly keys: readonly string[];
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

type Publication = Published & { readonly snapshot: Snapshot };

/** Somebody as they were before their past was read. */
interface Noted {
	readonly person: string;
	readonly version: number;
	readonly parts: readonly string[];
	readonly isContact: boolean;
}

/** Whether another slice may follow at once, in the next run, or once something has changed. */
type Step = "more" | "enough" | "stuck";

/** By part, what its history comes to. */
type Counted = ReadonlyMap<string, Facts>;

export class Fill {
	readonly #store: Store;
	readonly #people: People;
	readonly #outbox: Outbox;
	readonly #ground: Ground;
	/** The last one, finished or not; none in a cell whose publications all came before there were any. */
	#job: Job | undefined;
	/** Made ready for the job's keys. */
	#missing: Chosen & { readonly keys: readonly string[] } = { keys: [], ...chosen([], new Map()) };
	#failures = 0;
	/** A run that hung for too long and comes back may not go on. */
	#run = 0;
	/** Wall clock: no attempt before that. */
	retryAt = 0;

	constructor(store: Store, people: People, outbox: Outbox, ground: Ground) {
		this.#store = store;
		this.#people = people;
		this.#outbox = outbox;
		this.#ground = ground;
		people.isSettled = (person) => this.#isSettled(person);
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed. */
	resume(): void {
		const text = this.#store.meta("fill");
		this.#job = text === undefined ? undefined : JSON.parse(text);
	}

	get isPending(): boolean {
		return this.#job !== undefined && !isFinished(this.#job);
	}

	progress(): Filling {
		const { revision = 0, people = 0, done = 0, keys = [] } = this.#job ?? {};
		const publication = this.isPending ? this.#ground.publication() : undefined;
		const definitions = publication ? needing(publication.snapshot, keys) : [];
		return { revision, people, done, definitions };
	}

	/** In the transaction that takes the publication. What an unfinished one still owed is owed by this one. */
	begin(next: Snapshot, before: Snapshot | undefined): void {
		const { revision } = next;
		if (this.#job && before && standingOf(next) === standingOf(before)) {
			this.#put({ ...this.#job, revision });
			return;
		}
		const pending = this.isPending ? this.#job?.keys : [];
		const keys = missingIn(watchesIn(next), before ? watchesIn(before) : new Map(), pending);
		this.#put({ revision, keys, ...this.#store.census(), done: 0, cursor: "", again: [] });
		this.retryAt = 0;
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
			const message = error instanceof Error ? error.message : "unknown";
			logWarning("fill", { message, done: this.#job?.done ?? 0 });
		}
		this.#failures = step === "stuck" ? this.#failures + 1 : 0;
		if (step !== "stuck") return;
		this.retryAt = Date.now() + Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures, 10));
	}

	async #slice(isCurrent: () => boolean): Promise<Step> {
		const [job, publication] = [this.#job, this.#ground.publication()];
		if (!job || !publication) return "enough";
		const most = job.keys.length > 0 ? sliceOf.reading : sliceOf.adopting;
		const room = most - job.again.length;
		const next = this.#store.peopleAfter(job.cursor, job.last, room);
		const ids = [...job.again, ...next];
		const cursor = next.length < room ? job.last : (next.at(-1) ?? job.cursor);
		const noted = this.#ground.transact(() => this.#note(ids, publication));
		const counted = job.keys.length > 0 ? await this.#read(noted, job, publication) : new Map();
		// Meanwhile another publication may have come, and with it another job.
		if (job !== this.#job || !isCurrent()) return "enough";
		const done = this.#ground.transact(() =>
			this.#settle({ ...job, cursor }, ids, noted, counted, publication),
		);
		if (done === 0 && ids.length > 0) return "stuck";
		return job.keys.length > 0 ? "more" : "enough";
	}

	/** Those whose whole history D1 has: what is left of the others' has to be told first. */
	#note(ids: readonly string[], publication: Publication): readonly Noted[] {
		const now = this.#ground.now();
		const known = ids.flatMap((person): readonly Noted[] => {
			const state = this.#attempt(() => this.#people.ready(person, publication, now));
			if (!state) return [];
			const { standing, version } = state;
			const parts = Object.keys(standing.person.parts);
			return [{ person, version, parts, isContact: standing.identity !== "anonymous" }];
		});
		if (this.#job?.keys.length === 0) return known;
		const untold = this.#outbox.untoldOf(known.flatMap(({ parts }) => parts));
		return known.filter(({ parts }) => !parts.some((part) => untold.has(part)));
	}

	/** Folds their histories page by page: of what was read only what it comes to is kept. */
	async #read(noted: readonly Noted[], { keys }: Job, { snapshot }: Publication): Promise<Counted> {
		if (this.#missing.keys !== keys) this.#missing = { keys, ...chosen(keys, watchesIn(snapshot)) };
		const { watch, names } = this.#missing;
		const db = this.#ground.databaseOf(snapshot.site);
		const counted = new Map<string, Facts>();
		let unread: readonly Unread[] = noted.flatMap(({ parts, isContact }) =>
			parts.map((part) => ({ part, isContact })),
		);
		for (const { part } of unread) counted.set(part, emptyFacts());
		while (unread.length > 0) {
			const pages = await pagesOf(db, snapshot.site, unread, names, this.#ground.now());
			for (const [i, { events }] of pages.entries()) {
				const facts = counted.get(unread[i]?.part ?? "");
				if (facts) for (const event of events) record(facts, event, watch);
			}
			unread = pages.flatMap(({ next }) => (next ? [next] : []));
		}
		return counted;
	}

	/** Says how many are done. Nothing is awaited from here on. */
	#settle(
		job: Job,
		ids: readonly string[],
		noted: readonly Noted[],
		counted: Counted,
		publication: Publication,
	): number {
		const now = this.#ground.now();
		const byPerson = new Map(noted.map((one) => [one.person, one]));
		const again: string[] = [];
		const told: string[] = [];
		for (const person of ids) {
			this.#attempt(() => {
				const state = this.#people.ready(person, publication, now);
				if (!state) return;
				if (state.version !== byPerson.get(person)?.version) {
					again.push(person);
					return;
				}
				const isMended = mend(state, counted, job.keys);
				const history = this.#people.renew(person, state, isMended, publication, now);
				if (history) told.push(JSON.stringify(history));
			});
		}
		this.#outbox.appendTogether("history", told);
		const done = ids.length - again.length;
		const moved = { ...job, again, done: Math.min(job.people, job.done + done) };
		this.#put(isFinished(moved) ? { ...moved, done: job.people } : moved);
		return done;
	}

	/** One person at fault does not hold up all others for good. */
	#attempt<T>(work: () => T): T | undefined {
		try {
			return work();
		} catch (error) {
			if (this.#failures < poisonAfter) throw error;
			logFault("fill leaves somebody out", error);
			this.#people.distrust();
			return undefined;
		}
	}

	#isSettled(person: string): boolean {
		const job = this.#job;
		if (!job) return false;
		return person > job.last || (person <= job.cursor && !job.again.includes(person));
	}

	#put(job: Job): void {
		this.#store.setMeta("fill", JSON.stringify(job));
		this.#job = job;
	}
}

function isFinished({ cursor, last, again }: Job): boolean {
	return cursor >= last && again.length === 0;
}

function mend({ standing }: State, counted: Counted, keys: readonly string[]): boolean {
	let isMended = false;
	for (const part of Object.values(standing.person.parts)) {
		const its = counted.get(part.id);
		const facts = its && refilled(part.facts, its, keys);
		if (!facts) continue;
		standing.person = withPart(standing.person, { ...part, version: part.version + 1, facts });
		isMended = true;
	}
	return isMended;
}

function watchesIn({ definitions }: Snapshot): Watches {
	return watchesOf(Array.from(conditionsIn(definitions), ([, condition]) => condition));
}

/** The ids of whatever has a condition that needs one of these keys. */
function needing({ definitions }: Snapshot, keys: readonly string[]): readonly string[] {
	const missing = new Set(keys);
	const whole = inlined(definitions);
	const conditions = conditionsIn(whole.is === "inlined" ? whole.definitions : definitions);
	const all = Array.from(conditions, ([id, condition]) => (isNeeding(condition, missing) ? [id] : []));
	return [...new Set(all.flat())];
}

/** All of a publication that says where people stand, as text. */
function standingOf({ settings, definitions }: Snapshot): string {
	const { segments, tagRules, scoreRules, programmes, interestTags } = definitions;
	const conditions = segments.map(({ id, condition }) => [id, condition]);
	return JSON.stringify([settings.retentionMs, conditions, tagRules, scoreRules, programmes, interestTags]);
}
