// A publication reaches the people who were here before it: what it newly watches is counted out of their history in D1,
// and memberships follow. Whoever comes after a publication has all that it watches from the beginning.

import { pagesOf, type Unread } from "../data/past.ts";
import { ownParts } from "../domain/card.ts";
import { conditionsIn } from "../domain/conditions.ts";
import { emptyFacts, type Facts, record } from "../domain/facts.ts";
import { type Chosen, chosen, isNeeding, missingIn, refilled } from "../domain/fill.ts";
import { withPart } from "../domain/person.ts";
import { inlined } from "../domain/segment.ts";
import { type Watches, type Watching, watchesOf } from "../domain/watch.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { People } from "./people.ts";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";
import { watchedFor } from "./taste.ts";
import { type Ground, type Noted, type Publication, Walk, type Way } from "./walk.ts";

const sliceOf = { reading: 25, adopting: 200 };

/** `definitions` are the ids of those whose past is still being counted. */
export interface Filling extends Pick<Way, "people" | "done"> {
	readonly revision: number;
	readonly definitions: readonly string[];
}

interface Job extends Way {
	readonly revision: number;
	/** What is counted anew; none where memberships alone follow. */
	readonly keys: readonly string[];
}

/** By part, what its history comes to. */
type Counted = ReadonlyMap<string, Facts>;

export class Fill {
	readonly #ground: Ground;
	readonly walk: Walk<Job, Counted>;
	/** Made ready for the job's keys. */
	#missing: Chosen & { readonly keys: readonly string[] } = { keys: [], ...chosen([], new Map()) };

	constructor(store: Store, people: People, outbox: Outbox, ground: Ground) {
		this.#ground = ground;
		this.walk = new Walk(store, people, outbox, ground, {
			name: "fill",
			most: ({ keys }) => (keys.length > 0 ? sliceOf.reading : sliceOf.adopting),
			isReading: ({ keys }) => keys.length > 0,
			read: (noted, job, publication) => this.#read(noted, job, publication),
			change: (person, state, { keys }, counted, publication, now) => {
				const isMended = counted !== undefined && mend(state, counted, keys);
				const history = people.renew(person, state, isMended, publication, now);
				return history ? [history] : [];
			},
		});
		people.isSettled = (person) => this.walk.hasReached(person);
	}

	progress(): Filling {
		const { revision = 0, people = 0, done = 0, keys = [] } = this.walk.job ?? {};
		const publication = this.walk.isPending ? this.#ground.publication() : undefined;
		const definitions = publication ? needing(publication.snapshot, keys) : [];
		return { revision, people, done, definitions };
	}

	/** In the transaction that takes the publication. What an unfinished one still owed is owed by this one. */
	begin(next: Snapshot, before: Snapshot | undefined): void {
		const { revision } = next;
		const { job, isPending } = this.walk;
		const watches = watchesIn(next);
		const known: Watches = before ? watchesIn(before) : new Map();
		const isSame = before && standingOf(next) === standingOf(before);
		if (job && isSame && missingIn(watches, known).length === 0) {
			this.walk.put({ ...job, revision });
			return;
		}
		const keys = missingIn(watches, known, isPending ? job?.keys : []);
		this.walk.put({ revision, keys, ...this.walk.start() });
	}

	/** Folds their histories page by page: of what was read only what it comes to is kept. */
	async #read(noted: readonly Noted[], { keys }: Job, { snapshot }: Publication): Promise<Counted> {
		if (this.#missing.keys !== keys) this.#missing = { keys, ...chosen(keys, watchesIn(snapshot)) };
		const { watch, names } = this.#missing;
		const db = this.#ground.databaseOf(snapshot.site);
		const counted = new Map<string, Facts>();
		let unread: readonly Unread[] = noted.flatMap(({ state: { standing } }) =>
			ownParts(standing.person).map(({ id }) => ({
				part: id,
				isContact: standing.identity !== "anonymous",
			})),
		);
		for (const { part } of unread) counted.set(part, emptyFacts());
		const kinds = new Map(
			noted.flatMap(({ state: { standing } }) =>
				ownParts(standing.person).map(({ id, kind }) => [id, kind] as const),
			),
		);
		while (unread.length > 0) {
			const pages = await pagesOf(db, snapshot.site, unread, names, this.#ground.now());
			for (const [i, { events }] of pages.entries()) {
				const part = unread[i]?.part ?? "";
				const facts = counted.get(part);
				if (facts) for (const { event } of events) record(facts, event, watch, {}, kinds.get(part));
			}
			unread = pages.flatMap(({ next }) => (next ? [next] : []));
		}
		return counted;
	}
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
	const watches = watchesOf(Array.from(conditionsIn(definitions), ([, condition]) => condition));
	return new Map([...watches, ...watchedFor(definitions.experiences).map(keyed)]);
}

const keyed = (watching: Watching): [string, Watching] => [watching[1].key, watching];

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
