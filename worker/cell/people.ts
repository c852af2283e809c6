// The cell's people: in memory while they are about, in the store always. Whoever is loaded is brought up to the
// present first: details that lapsed are forgotten, time that passed has had its effect, new rules are taken on.

import { dayIn } from "../domain/calendar.ts";
import { ownParts, type Place, without } from "../domain/card.ts";
import { type Credit, creditOf } from "../domain/credit.ts";
import type { Event } from "../domain/event.ts";
import { type Count, countsOf, joinCounts, totalsIn, visitOrigin } from "../domain/figure.ts";
import { poolsOf } from "../domain/given.ts";
import { own } from "../domain/keyed.ts";
import { idOf, orderEvents } from "../domain/order.ts";
import { read } from "../domain/person.ts";
import type { RowKey } from "../domain/project.ts";
import type { Rules } from "../domain/rules.ts";
import { adopt, pass } from "../domain/standing.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { digestOf } from "../platform/digest.ts";
import { Lru } from "../platform/lru.ts";
import type { Experience } from "../protocol/site.ts";
import { type Entry, type SiteFacts, type ToldEntry, toldOf } from "./collect.ts";
import { openIn, sealedIn, sealIn } from "./sealing.ts";
import {
	dueAt,
	isLapsed,
	lapse,
	memoryOf,
	newState,
	readState,
	rowFor,
	type State,
	saidByBrowser,
	writeState,
} from "./state.ts";
import type { Store } from "./store.ts";

/** What the outbox tells D1 of one person: new entries of a part, or that a part's history is gone. */
export interface History {
	readonly person: string;
	readonly part: string;
	readonly entries: readonly ToldEntry[];
	/** The row of `arrivals` that the entries are added to; none where they are a contact's, and rows of their own. */
	readonly row?: RowKey;
	/** `details`: everything told of this part so far is to be forgotten. `part`: the part itself too. */
	readonly forget?: "details" | "part";
	/** Of entries that were taken back before they were told: what they came to, which tells of nobody. */
	readonly counts?: readonly Count[];
	/** To what the orders among the entries are owed, each order as its digest. */
	readonly credits?: readonly Credit[];
	/** Parts of a card that belong elsewhere than before. */
	readonly mappings?: readonly Mapping[];
	/** People who are somebody else from here on. */
	readonly forwards?: readonly Forward[];
	/** As of the mappings and the forwards. */
	readonly epoch?: number;
}

export interface Mapping extends Place {
	readonly part: string;
}

export interface Forward {
	readonly person: string;
	readonly into: string;
}

export interface Loaded {
	readonly person: string;
	readonly part: string;
	readonly state: State;
}

/** Rules with the publication they came from. */
export interface Published {
	readonly revision: number;
	readonly retentionMs: number;
	readonly rules: Rules<Experience>;
	readonly site: SiteFacts;
}

/** Whose an erased browser is, and who an erased person is now. */
export const nobodys = "";
const memoryBytes = 24 * 1024 * 1024;
/** A parsed state takes about this much more than its text. */
const parsedFactor = 4;
export class People {
	readonly #store: Store;
	readonly #outbox: Outbox;
	readonly #memory = new Lru<State>(memoryBytes);
	/** Of whom something that is sealed in the store was opened in memory. */
	readonly #opened = new Set<string>();
	/** As published; how long anonymous details live. */
	retentionMs = 0;
	/** The day of an instant on the site's clock. */
	dayOf: (at: number) => string = dayIn("UTC");
	/** What the published rules hold on to for each person in memory. */
	bytesPerPerson = 0;
	/** Whether somebody is known to be as what is published has it, whatever revision their state says. */
	isSettled: (person: string) => boolean = () => false;
	/** Somebody who is tied to a card was written: the card's cell has a copy. */
	onTied: (person: string) => void = () => {};

	constructor(store: Store, outbox: Outbox) {
		this.#store = store;
		this.#outbox = outbox;
	}

	/** The visitor as of `now`; a new one where `isNew`; nothing where the id is erased or never came. */
	load(visitor: string, isNew: boolean, published: Published, now: number): Loaded | undefined {
		const { person, part, cell } = this.#store.browser(visitor);
		if (person === nobodys || cell !== null) return undefined;
		const known = this.know(person, published, now);
		if (known && sealedIn(person, known)?.includes(part)) this.open(person, known, [part]);
		if (known) return { person, part, state: known };
		return isNew ? { person, part, state: newState(now, published.revision) } : undefined;
	}

	/** A person as of `now`; nothing where they never came, or are gone. */
	know(person: string, published: Published, now: number): State | undefined {
		const known = this.#find(person);
		if (known) this.#update(person, known, published, now);
		return known;
	}

	/** Takes parts out of their seal, all of them by default: for whoever is to write to them, or give them away. */
	open(person: string, state: State, parts?: readonly string[]): void {
		if (openIn(this.#store, person, state, parts)) this.#opened.add(person);
	}

	/** The browser changes hands: what comes from now on is another person's, in a part of its own. */
	switchPerson(visitor: string, from: Loaded, id: string, published: Published, now: number): Loaded {
		const state = newState(now, published.revision);
		// The memory of messages travels with the browser: one sent again must not count for the next person too.
		const memory = memoryOf(from.state, from.part);
		state.seen = saidByBrowser(memory);
		state.seenFrom = memory.seenFrom;
		if (memory.isPaused) state.isPaused = true;
		if (from.state.metAt !== undefined) state.metAt = from.state.metAt;
		this.#store.putBrowser(visitor, { ...this.#store.browser(visitor), person: id, part: id });
		return { person: id, part: id, state };
	}

	/** Stores a person and tells the outbox, in the transaction of the caller. */
	save(loaded: Loaded, entries: readonly Entry[], published: Published, now: number): void {
		if (entries.length > 0) this.#tell(loaded, entries);
		this.#put(loaded.person, loaded.state, published, now, undefined, loaded.part);
	}

	/** Nobody is called so here any more. What D1 is to be told of that, the caller tells. */
	remove(person: string): void {
		this.#memory.remove(person);
		this.#store.remove(person);
	}

	/** Takes back all that was told of these parts, and has D1 forget it. */
	forget(person: string, parts: Iterable<string>, forget: "details" | "part"): void {
		for (const part of parts) {
			const history: History = { person, part, entries: [], forget, ...this.#totalsOf(part) };
			this.#outbox.replace([part], "history", JSON.stringify(history));
		}
	}

	/** What those lines come to that D1 is certain not to have: told beside the part, and so without its details. */
	#totalsOf(part: string): Pick<History, "counts" | "credits"> {
		const lost = this.#outbox.untold([part]).map((payload): History => JSON.parse(payload));
		if (lost.length === 0) return {};
		const counts = lost.map((history) => this.countsIn(history));
		return { counts: totalsIn(joinCounts(counts)), credits: lost.flatMap(({ credits = [] }) => credits) };
	}

	/** What a history comes to, for the site's figures. */
	countsIn({ person, part, entries, counts = [] }: History): readonly Count[] {
		const facts = this.peek(person)?.standing.person.parts[part]?.facts;
		return [...countsOf(entries, facts, this.dayOf), ...counts];
	}

	/** The person goes on without these parts. */
	strip(person: string, parts: readonly string[], published: Published, now: number): void {
		const state = this.#find(person);
		if (state) this.open(person, state);
		const [left] = Object.keys(state?.standing.person.parts ?? {}).filter((part) => !parts.includes(part));
		if (!state || left === undefined) return;
		const rest = without({ person: state.standing.person, proofs: state.proofs, ties: state.ties }, parts);
		state.standing.person = rest.person;
		if (rest.proofs) state.proofs = rest.proofs;
		if (rest.ties) state.ties = rest.ties;
		if (state.memories) {
			const memories = Object.entries(state.memories).filter(([part]) => !parts.includes(part));
			state.memories = Object.fromEntries(memories);
		}
		adopt(state.standing, published.rules, now);
		this.#tell({ person, part: left, state }, []);
		this.#put(person, state, published, now);
	}

	/** Looks at whoever is due, the longest due first; whoever is left stays due. */
	lookAtDue(published: Published, now: number, most: number): void {
		for (const person of this.#store.due(now, most)) {
			const state = this.#find(person);
			if (!state) continue;
			const { version } = state;
			this.#update(person, state, published, now);
			// Even where nothing changed: the due instant was a lower bound, and this sets the next.
			if (state.version === version) this.#put(person, state, published, now);
		}
	}

	/** Forgets what has lapsed of these people's details before it is delivered; says whether anything had. */
	lapse(histories: readonly History[], published: Published, now: number): boolean {
		let lapsed = false;
		for (const person of new Set(histories.map((history) => history.person))) {
			const state = this.#find(person);
			if (!state || !isLapsed(state, now, published.retentionMs)) continue;
			this.#update(person, state, published, now);
			lapsed = true;
		}
		return lapsed;
	}

	/**
	 * Somebody whom a publication is to reach, once time has done what is due; nothing where they are gone, or never did
	 * anything. Whoever is not about does not take the place of others in memory.
	 */
	ready(person: string, published: Published, now: number): State | undefined {
		const state = this.whole(person);
		if (!state || ownParts(state.standing.person).length === 0) return undefined;
		if (!isAtRest(state, published, now)) this.#update(person, state, published, now);
		return state;
	}

	/**
	 * Takes the publication on for somebody who is ready; `isMended` where their facts were changed for it. Costs nothing
	 * where all stays as it was. Answers with what D1 has to be told, if anything.
	 */
	renew(
		person: string,
		state: State,
		isMended: boolean,
		published: Published,
		now: number,
	): History | undefined {
		const adopted = adopts(state, published, now);
		const due = dueAt(state, published.retentionMs, now);
		if (isMended || adopted !== "nothing" || due !== state.dueAt) this.#put(person, state, published, now);
		const part = firstOwn(state);
		return adopted === "memberships" && part ? { person, part, entries: [] } : undefined;
	}

	/** The state as it stands, of somebody who is not to take the place of others in memory. */
	glance(person: string): State | undefined {
		return this.#memory.peek(person) ?? this.#stored(person)?.state;
	}

	/** The same, with nothing sealed: another state, where something is. */
	whole(person: string): State | undefined {
		const state = this.glance(person);
		if (!state || !sealedIn(person, state)) return state;
		const whole = readState(writeState(state));
		this.open(person, whole);
		return whole;
	}

	/** The state as it stands, for whoever only reads. */
	peek(person: string): State | undefined {
		return this.#find(person);
	}

	/** After a failed transaction, memory may be ahead of the store: the store is right. */
	distrust(): void {
		this.#memory.clear();
		this.#opened.clear();
	}

	#update(person: string, state: State, published: Published, now: number): void {
		const part = firstOwn(state);
		if (!part) return;
		if (isLapsed(state, now, published.retentionMs)) {
			lapse(state);
			this.#put(person, state, published, now);
			// Retention wins over delivery: what still waits goes too.
			this.forget(person, Object.keys(state.standing.person.parts), "details");
		}
		// Whom the publication has left as they were is not written, and so says an older revision: to adopt it now would
		// silence what time did since.
		if (this.isSettled(person)) state.revision = published.revision;
		const adopted = state.revision === published.revision ? "nothing" : adopts(state, published, now);
		const passed = pass(state.standing, published.rules, part, now);
		if (passed.length === 0 && adopted === "nothing") return;
		if (passed.length > 0 || adopted === "memberships")
			this.#tell({ person, part, state }, passed.map(entryOf));
		this.#put(person, state, published, now);
	}

	#find(person: string): State | undefined {
		const held = this.#memory.find(person);
		if (held) return held;
		const stored = this.#stored(person);
		if (stored) this.#hold(person, stored.state, stored.length);
		return stored?.state;
	}

	#stored(person: string): { readonly state: State; readonly length: number } | undefined {
		const text = this.#store.state(person);
		return text === undefined ? undefined : { state: readState(text), length: text.length };
	}

	/** Stores somebody of whom nothing is here, whatever they were elsewhere. */
	settle(person: string, state: State, published: Published, now: number): void {
		this.#put(person, state, published, now, true);
	}

	/** `part`: what is being written to, and so is not sealed. */
	#put(
		person: string,
		state: State,
		published: Published,
		now: number,
		isNew = state.version === 0,
		part?: string,
	): void {
		const untold = (parts: readonly string[]) => this.#outbox.untoldOf(parts);
		const wasOpened = this.#opened.delete(person);
		if (sealIn(this.#store, person, state, untold, part) || wasOpened)
			this.#store.keepSealed(person, sealedIn(person, state) ?? []);
		const known = isNew ? undefined : state.dueAt;
		state.version++;
		state.dueAt = dueAt(state, published.retentionMs, now);
		const text = writeState(state);
		if (state.dueAt === known) this.#store.updateState(person, text);
		else this.#store.putState(person, text, state.dueAt);
		this.#hold(person, state, text.length);
		if (state.tiedTo) this.onTied(person);
	}

	#hold(person: string, state: State, length: number): void {
		this.#memory.put(person, state, length * parsedFactor + this.bytesPerPerson);
	}

	/** Before the state is put: it remembers what its row was given. */
	#tell({ person, part, state }: Loaded, entries: readonly Entry[]): void {
		const row = rowFor(state, entries);
		const credits = creditsOf(state, part, entries);
		const history: History = {
			person,
			part,
			entries: entries.map(toldOf),
			...(row && { row: { at: row.at, id: row.id } }),
			...(credits.length > 0 && { credits }),
		};
		const payload = JSON.stringify(history);
		if (row) row.characters += payload.length;
		this.#outbox.append("d1", "history", payload);
	}
}

/** A part that is the person's to write; in most people the only one. */
function firstOwn({ standing: { person } }: State): string | undefined {
	for (const id in person.parts) {
		const part = person.parts[id];
		if (part && !part.isCopy && !part.seals) return id;
	}
	return undefined;
}

/** Takes new rules on; says what is to be written because of it: memberships, or that time has to look in sooner. */
function adopts(
	state: State,
	{ rules, revision }: Published,
	now: number,
): "memberships" | "until" | "nothing" {
	const { standing } = state;
	const { until } = standing;
	const before = JSON.stringify(standing.segments);
	adopt(standing, rules, now);
	state.revision = revision;
	if (before !== JSON.stringify(standing.segments)) return "memberships";
	return standing.until < until ? "until" : "nothing";
}

/** Whether time has nothing to do now. What it has to do by other rules than these is not known. */
function isAtRest(state: State, { revision, retentionMs }: Published, now: number): boolean {
	return !isLapsed(state, now, retentionMs) && (state.revision !== revision || state.standing.until > now);
}

function entryOf(event: Event): Entry {
	return { event, effects: [] };
}

/** To what the orders that these tell of are owed, as far as the person is known here. */
function creditsOf({ standing }: State, part: string, entries: readonly Entry[]): readonly Credit[] {
	const told = entries.flatMap(({ event }) =>
		orderEvents.has(event.name) ? (idOf(event.props.order_id) ?? []) : [],
	);
	if (told.length === 0) return [];
	const { orders = {}, attention, given } = read(standing.person);
	const facts = standing.person.parts[part]?.facts;
	const origin = facts && Object.fromEntries(visitOrigin(facts));
	return [...new Set(told)].flatMap((id) => {
		const credit = creditOf(id, own(orders, id) ?? {}, attention);
		const pools = entries.flatMap(({ event: { props } }) =>
			idOf(props.order_id) === id ? poolsOf(given, props.coupon) : [],
		);
		const more = { ...(origin && { origin }), ...(pools.length > 0 && { pools }) };
		return credit ? [{ ...credit, order: digestOf("order", id), ...more }] : [];
	});
}
