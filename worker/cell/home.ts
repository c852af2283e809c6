// Where a cell belongs: its own name, what its site has published, and the site's clock. It is born with the first request
// that reaches it, which says all names: an object cannot tell its own.

import { dayIn } from "../domain/calendar.ts";
import { prepare } from "../domain/rules.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { siteOf } from "../platform/name.ts";
import type { Snapshot } from "../protocol/site.ts";
import { siteFactsOf } from "./collect.ts";
import type { People, Published } from "./people.ts";
import type { Store } from "./store.ts";
import { watchedFor } from "./taste.ts";
import type { Publication } from "./walk.ts";

export interface Birth {
	readonly site: string;
	readonly cell: string;
	/** The site knows that a page has called. */
	readonly hasTold?: true;
}

export class Home {
	readonly #store: Store;
	readonly #people: People;
	readonly #env: EdgeEnv;
	readonly #transact: (work: () => void) => void;
	/** In the transaction in which a publication is stored: whoever was here before has to learn of it. */
	readonly #begins: (snapshot: Snapshot, before: Snapshot | undefined) => void;
	#snapshot: Snapshot | undefined;
	#published: Published | undefined;
	/** A publication may come before it. */
	#birth: Birth | undefined;
	#isTelling = false;
	#clockOffsetMs: number;

	constructor(
		store: Store,
		people: People,
		env: EdgeEnv,
		transact: (work: () => void) => void,
		begins: (snapshot: Snapshot, before: Snapshot | undefined) => void,
	) {
		this.#store = store;
		this.#people = people;
		this.#env = env;
		this.#transact = transact;
		this.#begins = begins;
		const snapshot = store.meta("snapshot");
		if (snapshot) this.#use(JSON.parse(snapshot));
		const birth = store.meta("birth");
		this.#birth = birth === undefined ? undefined : JSON.parse(birth);
		this.#clockOffsetMs = Number(store.meta("clock") ?? "0");
	}

	get birth(): Birth | undefined {
		return this.#birth;
	}

	get snapshot(): Snapshot | undefined {
		return this.#snapshot;
	}

	get published(): Published | undefined {
		return this.#published;
	}

	get clockOffsetMs(): number {
		return this.#clockOffsetMs;
	}

	/** By the site's clock. */
	now(): number {
		return Date.now() + this.#clockOffsetMs;
	}

	self(): Birth {
		if (!this.#birth) throw new Error("an unborn cell has nothing to tell");
		return this.#birth;
	}

	/** Nothing where the cell was not born yet, or its site never published. */
	publication(): Publication | undefined {
		if (!this.#birth || !this.#published || !this.#snapshot) return undefined;
		return { ...this.#published, snapshot: this.#snapshot };
	}

	/** As published, and known by then. */
	known(): Published {
		if (!this.#published) throw new Error("the site was never published");
		return this.#published;
	}

	/** As published, for whoever may be the first to call; nothing where the site never was. */
	async asked(call: Birth): Promise<Published | undefined> {
		return this.#birth ? this.#published : this.#beBorn(call);
	}

	/** The same for whoever cannot be served without. */
	async ready(call: Birth): Promise<Published> {
		const published = await this.asked(call);
		if (!published) throw new Error("the site was never published");
		return published;
	}

	/**
	 * A page has called: once in its life a cell tells its site so, also where nothing may be known of the visitor. Whoever
	 * has just put the tag there waits to see it. Never fails: else the next page tells it.
	 */
	pageCalled(): Promise<void> | undefined {
		if (!this.#birth || this.#birth.hasTold || this.#isTelling) return undefined;
		this.#isTelling = true;
		return this.#tellOfPage(this.#birth);
	}

	/** A publication arrives. An older one than is known changes nothing. */
	publish(snapshot: Snapshot): void {
		const before = this.#snapshot;
		if (before && snapshot.revision <= before.revision) return;
		this.#transact(() => {
			this.#store.setMeta("snapshot", JSON.stringify(snapshot));
			this.#begins(snapshot, before);
		});
		this.#use(snapshot);
	}

	moveClock(offsetMs: number): void {
		this.#store.setMeta("clock", String(offsetMs));
		this.#clockOffsetMs = offsetMs;
	}

	async #tellOfPage(birth: Birth): Promise<void> {
		try {
			await siteOf(this.#env, birth.site).tagSeen();
			this.#birth = { ...birth, hasTold: true };
			this.#store.setMeta("birth", JSON.stringify(this.#birth));
		} catch (error) {
			logFault("tag seen", error);
		}
		this.#isTelling = false;
	}

	/** The only time a cell waits for its site: to learn at birth what is published. */
	async #beBorn({ site, cell }: Birth): Promise<Published | undefined> {
		const registered = await siteOf(this.#env, site).register(cell);
		if (!registered) return undefined;
		// While it waited, another request may have been through here already, or a newer publication.
		if (this.#birth) return this.#published;
		const birth: Birth = { site, cell };
		this.#store.sql.transaction(() => {
			this.#store.setMeta("birth", JSON.stringify(birth));
			this.#store.setMeta("clock", String(registered.clockOffsetMs));
		});
		this.#birth = birth;
		this.#clockOffsetMs = registered.clockOffsetMs;
		this.publish(registered.snapshot);
		return this.#published;
	}

	#use(snapshot: Snapshot): void {
		this.#snapshot = snapshot;
		const { definitions, settings, revision } = snapshot;
		const { retentionMs } = settings;
		const rules = prepare(definitions, watchedFor(definitions.experiences));
		const site = siteFactsOf(settings);
		this.#people.retentionMs = retentionMs;
		this.#people.bytesPerPerson = rules.program.bytesPerSubject;
		this.#people.dayOf = dayIn(site.timeZone);
		this.#published = { revision, retentionMs, rules, site };
	}
}
