// What is applied to the recorded past: one application after the other, each brought to everybody who was here when its
// turn came. Each carries its own definitions, so that what is done is what was asked for, whatever is published
// meanwhile. Whoever was done and comes again, because of a fault, is as they should be, and nothing is entered twice.

import { type Application, type Applying, applying } from "../domain/application.ts";
import { withoutCopies } from "../domain/card.ts";
import { type Corrections, correctionsOf, enter } from "../domain/correction.ts";
import { ownScore } from "../domain/points.ts";
import type { Relived } from "../domain/relive.ts";
import type { Standing } from "../domain/standing.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Applications, PastPreview, PreviewCall } from "./call.ts";
import type { History, People } from "./people.ts";
import { relivedOf, type Someone } from "./reliving.ts";
import { rowFor, type State } from "./state.ts";
import type { Store } from "./store.ts";
import { type Ground, type Publication, partsOf, Walk, type Way } from "./walk.ts";

const sliceOf = 25;
/** Entries that a preview tells of each person: a past may hold thousands. */
const entriesShown = 20;

type Lives = ReadonlyMap<string, Relived>;

export class Apply {
	readonly #store: Store;
	readonly #people: People;
	readonly #outbox: Outbox;
	readonly #ground: Ground;
	readonly #walk: Walk<Way, Lives>;
	/** The first is under way. Apart from how far it has come: a scale may be long, and is written once. */
	#queue: readonly Application[] = [];
	/** Made ready for the first. */
	#ready: { readonly application: Application; readonly applying: Applying } | undefined;

	constructor(store: Store, people: People, outbox: Outbox, ground: Ground) {
		this.#store = store;
		this.#people = people;
		this.#outbox = outbox;
		this.#ground = ground;
		this.#walk = new Walk<Way, Lives>(store, people, outbox, ground, {
			name: "apply",
			most: () => sliceOf,
			isReading: () => true,
			read: (noted, _way, publication) =>
				this.#relive(
					noted.map(({ person, state }) => ({ person, standing: ownOf(state.standing) })),
					this.#first(),
					publication,
				),
			change: (person, state, _way, lives, publication, now) => {
				const life = lives?.get(person);
				return life ? this.#correct(person, state, life, publication, now) : [];
			},
		});
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed. */
	resume(): void {
		this.#walk.resume();
		this.#queue = JSON.parse(this.#store.meta("applications") ?? "[]");
	}

	get isPending(): boolean {
		return this.#queue.length > 0;
	}

	get retryAt(): number {
		return this.#walk.retryAt;
	}

	progress(): Applications {
		const { people = 0, done = 0 } = this.#walk.job ?? {};
		return { pending: this.#queue.map(({ applied }) => applied), people, done };
	}

	/** In the caller's transaction. The same again, while it waits or is under way, is once. */
	begin(application: Application): void {
		const text = JSON.stringify(application);
		if (this.#queue.some((one) => JSON.stringify(one) === text)) return;
		this.#put([...this.#queue, application]);
		if (this.#queue.length === 1) this.#walk.put(this.#walk.start());
	}

	async run(): Promise<void> {
		await this.#walk.run();
		if (!this.isPending || this.#walk.isPending) return;
		this.#ground.transact(() => {
			this.#put(this.#queue.slice(1));
			if (this.isPending) this.#walk.put(this.#walk.start());
		});
	}

	/** What would come of it, in as many slices as that takes. Nothing is written. */
	async preview({ application, after, limit }: PreviewCall): Promise<PastPreview> {
		const publication = this.#ground.publication();
		const { last } = this.#store.census();
		const ids = publication ? this.#store.peopleAfter(after, last, limit) : [];
		const ready = applying(application);
		const changed: PastPreview["changed"][number][] = [];
		let busy = 0;
		for (let from = 0; publication && from < ids.length; from += sliceOf) {
			const some = ids.slice(from, from + sliceOf).flatMap((person): readonly Someone[] => {
				const standing = this.#people.whole(person)?.standing;
				return standing ? [{ person, standing: ownOf(standing) }] : [];
			});
			const untold = this.#outbox.untoldOf(some.flatMap(partsOf));
			const sure = some.filter((one) => !partsOf(one).some((part) => untold.has(part)));
			busy += some.length - sure.length;
			const lives = await this.#relive(sure, ready, publication);
			const now = this.#ground.now();
			for (const { person, standing } of sure) {
				const life = lives.get(person);
				const { entries, tags, points }: Corrections = life
					? correctionsOf(life, standing.person, now)
					: nothing;
				if (entries.length === 0) continue;
				changed.push({
					person,
					tags: Array.from(tags, ([tag, [before, after]]) => ({ tag, before, after })),
					points: Array.from(points, ([account, [before, after]]) => {
						return { score: account === ownScore ? null : account, before, after };
					}),
					count: entries.length,
					entries: entries.slice(-entriesShown),
				});
			}
		}
		const end = ids.at(-1);
		return { people: ids.length, next: end !== undefined && end < last ? end : null, busy, changed };
	}

	#relive(people: readonly Someone[], ready: Applying, { snapshot }: Publication): Promise<Lives> {
		const { databaseOf, now } = this.#ground;
		return relivedOf(databaseOf(snapshot.site), snapshot.site, people, ready, now());
	}

	#first(): Applying {
		const [application] = this.#queue;
		if (!application) throw new Error("nothing is to be applied");
		if (this.#ready?.application !== application)
			this.#ready = { application, applying: applying(application) };
		return this.#ready.applying;
	}

	#correct(
		person: string,
		state: State,
		life: Relived,
		publication: Publication,
		now: number,
	): readonly History[] {
		const { entries } = correctionsOf(life, withoutCopies(state.standing.person), now);
		if (entries.length === 0) return [];
		enter(state.standing, publication.rules, entries);
		const histories = Array.from(
			Map.groupBy(entries, ({ part }) => part),
			([part, own]): History => {
				const told = own.map(({ event }) => ({ event }));
				const row = rowFor(state, told);
				if (row) row.characters += JSON.stringify(told).length;
				return { person, part, entries: told, ...(row && { row: { at: row.at, id: row.id } }) };
			},
		);
		this.#people.renew(person, state, true, publication, now);
		return histories;
	}

	#put(queue: readonly Application[]): void {
		this.#store.setMeta("applications", JSON.stringify(queue));
		this.#queue = queue;
	}
}

const nothing: Corrections = { entries: [], tags: new Map(), points: new Map() };

/** What another cell writes, that cell corrects. */
function ownOf({ person, identity }: Standing): Someone["standing"] {
	return { identity, person: withoutCopies(person) };
}
