// What the cell tells of one person, and how it forgets them: wherever they are by now, under whatever name they were
// asked for. Visitors are told and forgotten as far as their proof allows.

import type { Identifier, Owner } from "../domain/contact.ts";
import { read } from "../domain/person.ts";
import { type Basics, basicsOf } from "./basics.ts";
import type { PosingCall, Standings } from "./call.ts";
import { type Card, cardOf } from "./card.ts";
import type { Erasing, ErasureProgress } from "./erasing.ts";
import { type Extract, tablesOf } from "./extract.ts";
import type { EraseCall, Identity, Realm } from "./identity.ts";
import { partedTo } from "./merging.ts";
import type { Messages } from "./messages.ts";
import { previewed, type Shown, seenOn } from "./offers.ts";
import { nobodys } from "./people.ts";
import { wordsOf } from "./personal.ts";
import { correct, isAllOf, pause, type Self, selfOf, type Wish } from "./self.ts";
import { hasLapsed } from "./state.ts";
import { tasteFor } from "./taste.ts";
import type { Tombstones } from "./tombstones.ts";
import type { Publication } from "./walk.ts";

export class Rights {
	readonly #realm: Realm;
	readonly #identity: Identity;
	readonly #messages: Messages;
	readonly #erasing: Erasing;
	readonly #tombstones: Tombstones;

	constructor(
		realm: Realm,
		identity: Identity,
		messages: Messages,
		erasing: Erasing,
		tombstones: Tombstones,
	) {
		this.#realm = realm;
		this.#identity = identity;
		this.#messages = messages;
		this.#erasing = erasing;
		this.#tombstones = tombstones;
	}

	async card(person: string): Promise<Card | undefined> {
		const { people, publication, transact, now } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		return this.#identity.follow(
			person,
			(name) => {
				const at = now();
				const state = transact(() => people.know(name, published, at));
				return state && cardOf(name, state, published.snapshot, at);
			},
			(peer, { person: name }) => peer.card(name),
		);
	}

	/** What a site's server is told of somebody, as of now. */
	async basics(person: string): Promise<Basics | undefined> {
		const { people, publication, transact, now } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		return this.#identity.follow(
			person,
			(name) => {
				const state = transact(() => people.know(name, published, now()));
				return state && basicsOf(name, state, published.rules);
			},
			(peer, { person: name }) => peer.basics(name),
		);
	}

	/** An experience as somebody would see it, told to the site's own people. Nothing of it is kept. */
	async pose({ person, experience, page }: PosingCall): Promise<Shown | undefined> {
		const { people, publication, transact, now } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		const { rules } = published;
		return this.#identity.follow(
			person,
			(name) => {
				const at = now();
				const state = transact(() => people.know(name, published, at));
				if (!state) return undefined;
				const whole = state.standing.person;
				const [part = ""] = Object.keys(whole.parts);
				const environment = read(whole).environment?.value ?? {};
				return previewed(
					experience,
					{ page, site: published.site },
					() => wordsOf(whole, rules),
					(show) => tasteFor({ state, part, environment, now: at }, seenOn(page), show),
					at,
				);
			},
			(peer, { person: name }) => peer.pose({ person: name, experience, page }),
		);
	}

	/** Everything that is stored of a person here. */
	async extract(person: string): Promise<Extract | undefined> {
		const { people, publication, transact, now, store, outbox } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		return this.#identity.follow(
			person,
			(name) => {
				const state = transact(() => people.know(name, published, now()));
				if (!state) return undefined;
				const struck = this.#erasing.callsOf(name);
				return { ...struck, isLapsed: hasLapsed(state), tables: tablesOf(store, outbox, struck.ids) };
			},
			(peer, { person: name }) => peer.extract(name),
		);
	}

	/** How these people stand as of now; a person alone also where they have gone to another cell. */
	async standings(people: readonly string[]): Promise<Standings | undefined> {
		const published = this.#realm.publication();
		if (!published) return undefined;
		const [first, ...others] = people;
		if (first === undefined || others.length > 0) return this.#standings(people, published);
		return this.#identity.follow(
			first,
			() => this.#standings(people, published),
			async (peer, { person }) => {
				const told = await peer.standings([person]);
				return (
					told && { ...told, people: told.people.map((one) => ({ id: one.person, ...one, person: first })) }
				);
			},
		);
	}

	/** How whoever has this browser stands. */
	async standingOf(visitor: string): Promise<Standings | undefined> {
		const published = this.#realm.publication();
		if (!published) return undefined;
		return this.#identity.followBrowser(
			visitor,
			() => {
				const { transact, people } = this.#realm;
				const now = this.#realm.now();
				const loaded = transact(() => people.load(visitor, false, published, now));
				if (!loaded) return undefined;
				const { standing, interruptions = [] } = loaded.state;
				const one = { person: loaded.person, standing, interruptions };
				return { now, snapshot: published.snapshot, emptyPools: this.#realm.emptyPools(), people: [one] };
			},
			(peer) => peer.standingOf(visitor),
		);
	}

	#standings(people: readonly string[], published: Publication): Standings {
		const { transact, people: here } = this.#realm;
		const now = this.#realm.now();
		const known = transact(() =>
			people.flatMap((person) => {
				const { person: id } = this.#identity.whereIs(person);
				const state = here.know(id, published, now);
				if (!state) return [];
				const { standing, interruptions = [] } = state;
				return [{ person, standing, interruptions, ...(id !== person && { id }) }];
			}),
		);
		return { now, snapshot: published.snapshot, emptyPools: this.#realm.emptyPools(), people: known };
	}

	/** Whether somebody is here, or was and is being erased. */
	async knows(person: string): Promise<boolean> {
		return this.#realm.people.glance(person) !== undefined || this.#realm.isErased(person);
	}

	/** Who somebody of this cell is by now, and where; nobody where they were erased, or never came. */
	async whoIs(person: string): Promise<Owner | undefined> {
		if (!this.#realm.publication()) return undefined;
		return this.#identity.follow(
			person,
			(name) => {
				const isThere = name !== nobodys && this.#realm.people.peek(name) !== undefined;
				return isThere ? { person: name, cell: this.#realm.self().cell } : undefined;
			},
			(peer, { person: name }) => peer.whoIs(name),
		);
	}

	/** By what somebody is known; nothing of whoever is not known here. */
	async identifiersOf(person: string): Promise<readonly Identifier[]> {
		if (!this.#realm.publication()) return [];
		return this.#identity.follow(
			person,
			(name) => {
				const { identifiers = [] } = this.#realm.people.peek(name) ?? {};
				return identifiers.map(({ kind, value }) => ({ kind, value }));
			},
			(peer, { person: name }) => peer.identifiersOf(name),
		);
	}

	/** What a visitor is told of themselves; with `wish`, once that is done. */
	async about(visitor: string, wish?: Wish): Promise<Self | undefined> {
		const { people, publication, transact } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		const now = this.#realm.now();
		return this.#identity.followBrowser(
			visitor,
			() =>
				transact(() => {
					const loaded = people.load(visitor, false, published, now);
					if (!loaded) return undefined;
					if (wish?.is === "correct") correct(loaded, wish.corrections, people, published, now);
					else if (wish) {
						pause(loaded, wish.is === "pause");
						people.save(loaded, [], published, now);
					}
					return selfOf(loaded, published.snapshot, now);
				}),
			(peer) => peer.about(visitor, wish),
		);
	}

	/** The visitor revoked consent: nothing of this browser stays. */
	async forget(visitor: string): Promise<void> {
		const { people, store, publication, transact, now } = this.#realm;
		const published = publication();
		if (!published) return;
		return this.#identity.followBrowser(
			visitor,
			() =>
				transact(() => {
					const { person } = store.browser(visitor);
					this.#identity.cards.erase(visitor, published, now());
					this.#tombstones.put({ people: [], parts: [], visitors: [visitor] }, now());
					this.#identity.errands.want(`unchat/${visitor}`);
					if (!people.peek(person)) this.#messages.forget(person);
				}),
			(peer) => peer.forget(visitor),
		);
	}

	/** The visitor wants to be forgotten: the person, or of one who is more than this browser, this browser. */
	async forgetSelf(visitor: string): Promise<ErasureProgress> {
		const { people, publication, transact } = this.#realm;
		const published = publication();
		if (!published) return { is: "unknown" };
		return this.#identity.followBrowser(
			visitor,
			async () => {
				const now = this.#realm.now();
				const loaded = transact(() => people.load(visitor, false, published, now));
				if (!loaded) return { is: "unknown" };
				if (isAllOf(loaded)) return this.#erasing.erase(loaded.person, now, loaded.state.tiedTo?.person);
				return this.#erasing.eraseBrowser(loaded.person, loaded.part, visitor, now);
			},
			(peer) => peer.forgetSelf(visitor),
		);
	}

	/** Forgets a person in every store. Asked again, it says how far that has come. */
	async erase({ site, person, as = person }: EraseCall): Promise<ErasureProgress> {
		// Where they were sent on to may have parted with them, and they not be back yet, or D1 not know of it: it would take
		// the two for one. It is not that one who is meant.
		const isReturning = this.#identity.errands.isWaiting(`return/${as}`);
		const home = isReturning || person !== as ? undefined : partedTo(this.#realm.store, as);
		if (home && home.cell !== this.#realm.self().cell)
			return this.#identity.peer(home.cell).erase({ site, cell: home.cell, person });
		return this.#identity.follow(
			isReturning ? as : person,
			(name) => this.#erasing.erase(name === nobodys ? person : name, this.#realm.now()),
			(peer, { person: name, cell }) => peer.erase({ site, cell, person: name, as }),
		);
	}
}
