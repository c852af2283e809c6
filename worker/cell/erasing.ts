// Erasure. What this cell has goes at once, in one transaction, and from then on nothing of it is read or taken in. Then
// every other store is told, again and again until each has confirmed: the site's other cells, the directory, the desk, D1. Which
// stores hold what is the registry's to say. What is still on its way meets tombstones wherever it arrives.

import { eraseFrom, identifiersOf, knownOf, saidIn } from "../data/erasure.ts";
import { type Ids, inCell, joinIds, noIds, statementsOf } from "../data/registry.ts";
import { keyOf, moveIdentifiers, release } from "../directory/resolve.ts";
import { callsOn } from "../directory/sources.ts";
import { type Identifier, isSame, type Owner } from "../domain/contact.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Going } from "../outbox/wake.ts";
import { backoffMs } from "../platform/backoff.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { logWarning, messageOf } from "../platform/log.ts";
import { cellOf, directoryOf, siteOf } from "../platform/name.ts";
import { cleared, clearedOf, type IsErased } from "./cards.ts";
import type { Adoption } from "./handover.ts";
import type { LossCall } from "./identity.ts";
import { type Moved, movingTo, type Passing } from "./merging.ts";
import { nobodys, type People, type Published } from "./people.ts";
import { readState, type State } from "./state.ts";
import type { Store } from "./store.ts";
import type { Tombstones } from "./tombstones.ts";

/** `waiting`: the stores that have not confirmed yet. */
export type ErasureProgress =
	| { readonly is: "erasing"; readonly at: number; readonly waiting: readonly string[] }
	| { readonly is: "erased"; readonly at: number }
	| { readonly is: "unknown" };

/** `but`: who goes on, without these parts and browsers. */
export interface Strike {
	readonly ids: Ids;
	readonly at: number;
	readonly but?: string;
	/** By what they are known, as far as whoever asks it knows. */
	readonly identifiers?: readonly Identifier[];
	/** A cell to which those are still on the way takes them for the same. */
	readonly returning?: readonly Returning[];
}

/** All that somebody is called by: in the stores, and in the directory. */
export interface Struck {
	readonly ids: Ids;
	readonly identifiers: readonly Identifier[];
	/** Cards that have a copy of what they wrote. */
	readonly tied: readonly Tied[];
	/** An older cell, and a job that an older one began, does not say. */
	readonly returning?: readonly Returning[];
	/** Names on their way back to them, of which the directory may not have heard. An older cell does not say. */
	readonly moved?: readonly Moved[];
}

/** Who was parted from somebody and is not where they were before, with their browsers. */
interface Returning {
	readonly person: string;
	readonly visitors: readonly string[];
}

interface Tied {
	readonly card: Owner;
	readonly from: string;
}

/** Of one erasure, until it is done. */
interface Job extends Omit<Strike, "identifiers" | "returning">, Struck {
	readonly person: string;
	/** Whether this cell knew them when it began. */
	readonly isKnown?: boolean;
	/** Other cells that have confirmed. */
	readonly cells: readonly string[];
	readonly waiting: readonly string[];
}

interface Ground {
	readonly env: EdgeEnv;
	readonly transact: <T>(work: () => T) => T;
	readonly published: () => Published | undefined;
	/** What was tied to a card is gone. */
	readonly loseCopy: (call: LossCall) => Promise<void>;
	/** Somebody may be tied to a card that is gone, by what was not the card's. */
	readonly askAnew: (person: string) => void;
	readonly home: () => { readonly site: string; readonly cell: string } | undefined;
	readonly databaseOf: (site: string) => D1Database;
}

const stores = ["cells", "directory", "desk", "database"];
const longestRetryMs = 60_000;

export class Erasing implements Going {
	readonly #store: Store;
	readonly #people: People;
	readonly #outbox: Outbox;
	readonly #tombstones: Tombstones;
	readonly #ground: Ground;
	#isPending: boolean;
	#running: Promise<void> | undefined;
	#failures = 0;
	/** Wall clock: no attempt before that. */
	retryAt = 0;

	constructor(store: Store, people: People, outbox: Outbox, tombstones: Tombstones, ground: Ground) {
		this.#store = store;
		this.#people = people;
		this.#outbox = outbox;
		this.#tombstones = tombstones;
		this.#ground = ground;
		this.#isPending = this.#jobs().length > 0;
	}

	get isPending(): boolean {
		return this.#isPending;
	}

	/**
	 * Begins, and answers with how far the first attempt has come. `but`: the card to which they are merely tied, and which
	 * goes on.
	 */
	async erase(person: string, now: number, but?: string): Promise<ErasureProgress> {
		this.begin(person, now, but);
		await this.run();
		return this.progress(person);
	}

	/** The same, and does not wait. */
	begin(person: string, now: number, but?: string): void {
		const ids = { people: [person], parts: [], visitors: [] };
		this.#begin(person, { ids, at: now, ...(but !== undefined && { but }) });
		this.retryAt = 0;
	}

	/** Forgets one browser of somebody who goes on: its part, and nothing else. */
	async eraseBrowser(person: string, part: string, visitor: string, now: number): Promise<ErasureProgress> {
		this.#begin(part, { ids: { people: [], parts: [part], visitors: [visitor] }, at: now, but: person });
		this.retryAt = 0;
		await this.run();
		return this.#progress(part, "part");
	}

	progress(person: string): ErasureProgress {
		return this.#progress(person, "person");
	}

	#progress(id: string, kind: "person" | "part"): ErasureProgress {
		const job = this.#jobs().find((one) => one.person === id);
		if (job) return { is: "erasing", at: job.at, waiting: job.waiting };
		const at = this.#tombstones.at(kind, id);
		return at === undefined ? { is: "unknown" } : { is: "erased", at };
	}

	/**
	 * Removes what this cell has of them, in one transaction, and leaves tombstones; answers with all that it knows them
	 * by. Again, it changes nothing.
	 */
	strike({ ids, at, but, identifiers: told = [], returning: others = [] }: Strike): Struck {
		return this.#ground.transact(() => {
			// Whoever goes on is not among those who go, whatever they are called by.
			const wide = this.#widened(ids, others, told);
			const returning = this.#returningFrom(wide.people);
			const all = but === undefined ? wide : { ...wide, people: wide.people.filter((one) => one !== but) };
			const sources = all.people.flatMap((person) => this.#sourcesOf(person));
			const identifiers = distinct([
				...told,
				...all.people.flatMap((person) => this.#identifiersOf(person)),
				...sources,
				...(but === undefined ? this.#broughtBy(all.visitors) : []),
			]);
			const before = but === undefined ? [] : this.#saidOf(but);
			const tied = this.#tiedOf(all.people);
			const led = this.#store.forwardedTo(all.people);
			const moved = all.people.flatMap((person) => movingTo(this.#store, person) ?? []);
			for (const person of all.people) this.#people.remove(person);
			const published = this.#ground.published();
			if (but !== undefined && published) this.#people.strip(but, all.parts, published, at);
			const isErased: IsErased = (kind, id) => (kind === "person" ? all.people : all.parts).includes(id);
			this.#outbox.erase(all.people, all.parts, (line) => cleared(line, isErased));
			this.#store.removeMerges([...all.people, ...all.parts]);
			for (const { sql, ids: of } of statementsOf(stored, "DELETE", all, "object"))
				this.#store.sql.all(sql, JSON.stringify(of));
			this.#clearPassing(all, isErased);
			// Whoever goes on may be called as the browser was: it must not be taken for them.
			for (const visitor of all.visitors)
				if (this.#store.state(visitor) !== undefined) this.#store.putBrowser(visitor, gone);
			this.#tombstones.put(all, at);
			for (const { from, identifiers } of moved) this.#tombstones.putNames(from, identifiers, at);
			for (const person of led) this.#ground.askAnew(person);
			if (but === undefined) {
				// What was asked at their address may have been asked of a card that they were for a time.
				const addresses = JSON.stringify(identifiers.map(({ value }) => value));
				for (const sql of ofAddresses) this.#store.sql.all(sql, addresses);
				return { ids: all, identifiers, tied, returning, moved };
			}
			// What nobody else said of whoever goes on, they are known by no more.
			const left = new Set(this.#saidOf(but).map(nameOf));
			const taken = before.filter((one) => !left.has(nameOf(one)));
			const known = this.#people.glance(but);
			if (known?.identifiers && published) {
				known.identifiers = known.identifiers.filter((one) => !taken.some(isSame(one)));
				this.#people.strip(but, [], published, at);
			}
			return { ids: all, identifiers: [...taken, ...sources], tied, returning };
		});
	}

	/** What others take along to another cell may tell of them too. */
	#clearPassing({ people, parts }: Ids, isErased: IsErased): void {
		for (const { key, body } of this.#store.passing([...people, ...parts])) {
			const passing: Passing | Adoption = JSON.parse(body);
			const lines = clearedOf(passing.lines, isErased);
			this.#store.putErrand(key, JSON.stringify({ ...passing, lines }));
		}
	}

	/** All that somebody is called by here. */
	callsOf(person: string): Pick<Struck, "ids" | "identifiers"> {
		const ids = this.#widened({ people: [person], parts: [], visitors: [] }, [], []);
		return { ids, identifiers: distinct(this.#identifiersOf(person)) };
	}

	async run(): Promise<void> {
		this.#running ??= this.#runAll().finally(() => {
			this.#running = undefined;
		});
		return this.#running;
	}

	#begin(person: string, strike: Strike): void {
		this.#ground.transact(() => {
			const isKnown = this.#stateOf(person) !== undefined;
			const struck = this.strike(strike);
			this.#put({ ...strike, ...struck, person, isKnown, cells: [], waiting: stores });
		});
	}

	async #runAll(): Promise<void> {
		if (Date.now() < this.retryAt) return;
		for (const job of this.#jobs()) {
			try {
				await this.#finish(job);
				this.#failures = 0;
			} catch (error) {
				this.#failures++;
				const message = messageOf(error);
				logWarning("erasure", { message, failures: this.#failures });
				this.retryAt = Date.now() + backoffMs(this.#failures, longestRetryMs);
			}
		}
	}

	/** Every store in turn. Whatever one of them adds to what is known goes to all of them. */
	async #finish(begun: Job): Promise<void> {
		const home = this.#ground.home();
		if (!home) return;
		const { env } = this.#ground;
		const { site } = home;
		const db = this.#ground.databaseOf(site);
		let job = begun;
		for (let isAll = false; !isAll; ) {
			const widened = await this.#tellCells(
				site,
				home.cell,
				job.but === undefined ? joinStruck(job, await this.#knownIn(db, site, job)) : job,
			);
			isAll = widened.ids === job.ids && widened.identifiers.length === job.identifiers.length;
			job = { ...widened, cells: isAll ? widened.cells : [] };
			this.#ground.transact(() => this.#put(job));
		}
		for (const { card, from } of job.tied)
			await this.#ground.loseCopy({ site, cell: card.cell, card: card.person, from });
		job = { ...job, waiting: stores.slice(1) };
		this.#ground.transact(() => this.#put(job));
		// Else what is theirs would stay the card's from which they were parted.
		for (const { identifiers, from, to } of job.moved ?? [])
			await moveIdentifiers(env, site, identifiers, from, to);
		for (const person of job.ids.people)
			for (const identifier of job.identifiers) {
				const key = keyOf(site, identifier);
				await directoryOf(env, site, key).erase(key, person, job.at);
			}
		if (job.but !== undefined) await release(env, site, job.identifiers, job.but);
		job = { ...job, waiting: stores.slice(2) };
		this.#ground.transact(() => this.#put(job));
		await env.CHAT.erase(site, job.ids);
		job = { ...job, waiting: stores.slice(3) };
		this.#ground.transact(() => this.#put(job));
		await eraseFrom(db, site, job.ids, job.at);
		this.#ground.transact(() => {
			this.#store.sql.all("DELETE FROM erasures WHERE person = ?", job.person);
			this.#isPending = this.#jobs().length > 0;
		});
	}

	/** What D1 adds; of somebody whom no cell knows, all that it has. */
	async #knownIn(db: D1Database, site: string, { ids, isKnown }: Job): Promise<Struck> {
		if (!isKnown) return { ...(await knownOf(db, site, ids.people)), tied: [] };
		return { ids: noIds, identifiers: await identifiersOf(db, site, ids.parts), tied: [] };
	}

	async #tellCells(site: string, own: string, job: Job): Promise<Job> {
		const { env } = this.#ground;
		const { ids, at, but, identifiers, returning = [] } = job;
		const strike = { ids, at, returning, ...(but === undefined ? { identifiers } : { but }) };
		let told = joinStruck(job, this.strike(strike));
		const cells = await siteOf(env, site).cells();
		for (const cell of cells) {
			if (cell === own || job.cells.includes(cell)) continue;
			told = joinStruck(told, await cellOf(env, site, cell).strike(strike));
			told = { ...told, cells: [...told.cells, cell] };
			// What it had led to, it has no more: were the next one out of reach, nobody would know of it.
			const sofar: Job = { ...told, cells: job.cells };
			this.#ground.transact(() => this.#put(sofar));
		}
		return told;
	}

	/** `told`: by what they are known elsewhere. */
	#widened(ids: Ids, known: readonly Returning[], told: readonly Identifier[]): Ids {
		const returning = [...known, ...this.#returningFrom(ids.people)];
		// Who was merged into somebody else meanwhile may be among those who go.
		const apart = returning.filter(({ person }) => !ids.people.includes(person));
		const names = [...told, ...ids.people.flatMap((person) => this.#identifiersOf(person))];
		const forwarded = this.#store
			.forwardedTo(ids.people)
			.filter((one) => !apart.some(({ person }) => person === one) && !this.#isTiedByOthers(one, names));
		// Whoever is found leads to others, of whom nothing is left here to find them by once these are gone.
		const wide = joinIds(ids, { ...noIds, people: forwarded });
		let all = wide;
		for (const person of wide.people) {
			const state = this.#stateOf(person);
			// What went with a card that was parted from this one is that card's.
			const ties = Object.entries(state?.ties ?? {}).filter(([, { into }]) => !into);
			const parts = [...Object.keys(state?.standing.person.parts ?? {}), ...ties.map(([part]) => part)];
			// Who merely typed what is theirs is nobody else, as far as anybody knows.
			all = joinIds(all, { ...noIds, people: ties.map(([, { from }]) => from.person) });
			const browsers = this.#store
				.browsersOf(person)
				.filter(({ visitor }) => !apart.some(({ visitors }) => visitors.includes(visitor)));
			all = joinIds(all, {
				people: [],
				parts: [...parts, ...browsers.map(({ part }) => part)],
				visitors: browsers.map(({ visitor }) => visitor),
			});
		}
		return all === ids ? ids : this.#widened(all, known, told);
	}

	/** Whether somebody is tied to a card by none of these names: by one that had gone away from it. */
	#isTiedByOthers(person: string, names: readonly Identifier[]): boolean {
		const { tiedTo, identifiers = [] } = this.#stateOf(person) ?? {};
		return tiedTo !== undefined && !identifiers.some((one) => names.some(isSame(one)));
	}

	#returningFrom(people: readonly string[]): readonly Returning[] {
		return this.#store.returningFrom(people).map((body) => {
			const { person, browsers }: Passing = JSON.parse(body);
			return { person, visitors: browsers.map(({ visitor }) => visitor) };
		});
	}

	/** Also of a card that has left for another cell, or for its own, and is not there yet. */
	#stateOf(person: string): State | undefined {
		const passing = this.#store.errand(`merge/${person}`) ?? this.#store.errand(`return/${person}`);
		return this.#people.whole(person) ?? (passing ? readState(JSON.parse(passing).state) : undefined);
	}

	#tiedOf(people: readonly string[]): readonly Tied[] {
		return people.flatMap((from) => {
			const { tiedTo, wasTiedTo = [] } = this.#stateOf(from) ?? {};
			return [...(tiedTo ? [tiedTo] : []), ...wasTiedTo].map((card) => ({ card, from }));
		});
	}

	#identifiersOf(person: string): readonly Identifier[] {
		return [...(this.#stateOf(person)?.identifiers ?? []), ...this.#saidOf(person)];
	}

	/** As the directory knows whom anybody told of: nobody is refused by what somebody was called who is gone. */
	#sourcesOf(person: string): readonly Identifier[] {
		const source = this.#stateOf(person)?.source;
		return source === undefined ? [] : callsOn(source, this.#identifiersOf(person));
	}

	/** By what these browsers were proven to be a card's that does not know of them yet. */
	#broughtBy(visitors: readonly string[]): readonly Identifier[] {
		return visitors.flatMap((visitor) => {
			const adoption = this.#store.errand(`hand/${visitor}`);
			return adoption === undefined ? [] : (JSON.parse(adoption) as Adoption).identifiers;
		});
	}

	/** As the facts of their parts have them. */
	#saidOf(person: string): readonly Identifier[] {
		return Object.values(this.#stateOf(person)?.standing.person.parts ?? {}).flatMap(saidIn);
	}

	#jobs(): readonly Job[] {
		return this.#store.sql
			.all("SELECT job FROM erasures ORDER BY person")
			.map(({ job }) => JSON.parse(String(job)));
	}

	#put(job: Job): void {
		this.#isPending = true;
		this.#store.sql.all(
			"INSERT INTO erasures (person, job) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET job = excluded.job",
			job.person,
			JSON.stringify(job),
		);
	}
}

/** A message goes by the id of what it asks. */
const asked = "FROM confirmations WHERE email IN (SELECT value FROM json_each(?))";
const ofAddresses = [`DELETE FROM mails WHERE id IN (SELECT id ${asked})`, `DELETE ${asked}`];

/** The erasure itself is the last to be forgotten. */
const { erasures: _last, ...stored } = inCell;

/** The ids stay the same object where nothing is added to them. */
function joinStruck(job: Job, { ids, identifiers, tied, returning = [], moved = [] }: Struck): Job {
	const nameOf = ({ card, from }: Tied) => `${from} ${card.person}`;
	return {
		...job,
		ids: joinIds(job.ids, ids),
		identifiers: distinct([...job.identifiers, ...identifiers]),
		returning: [...(job.returning ?? []), ...returning],
		moved: [...(job.moved ?? []), ...moved],
		tied: [...new Map([...tied, ...job.tied].map((one) => [nameOf(one), one])).values()],
	};
}

/** Where a browser is that was erased. */
const gone = { person: nobodys, part: nobodys, cell: null, epoch: 0 } as const;

const nameOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;

function distinct(identifiers: readonly Identifier[]): readonly Identifier[] {
	return [...new Map(identifiers.map((one) => [nameOf(one), one])).values()];
}
