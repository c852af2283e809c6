// Two cards that a person has found to be one, and the way back. The card that goes hands over all that it is, and is the
// other one for good, or until that is undone: then each part returns with whatever it caused since, acts by hand stay
// with the card, and where nothing happened since both are as they were. No rule fires. In the caller's transactions.

import { saidIn } from "../data/erasure.ts";
import { keyOf } from "../directory/resolve.ts";
import { handOf } from "../domain/act.ts";
import { type Card, copiesOf, cut, joined, ownParts, placesOf, without } from "../domain/card.ts";
import { type Identifier, isSame, type Owner } from "../domain/contact.ts";
import { joinInterruptions } from "../domain/interruption.ts";
import { own } from "../domain/keyed.ts";
import type { Part } from "../domain/person.ts";
import { adopt as adoptRules } from "../domain/standing.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { type Cards, cardOf, setCard, withHand } from "./cards.ts";
import type { Errands } from "./errands.ts";
import type { History, Mapping, People, Published } from "./people.ts";
import {
	copyOf,
	knowBy,
	type Memory,
	memoryOf,
	readState,
	rememberedClaims,
	type State,
	saidByHand,
	setInterruptions,
	writeState,
} from "./state.ts";
import type { Store } from "./store.ts";

export interface MergeCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	readonly person: string;
	readonly into: Owner;
}

export interface UnmergeCall {
	readonly site: string;
	readonly cell: string;
	/** Who was merged into a card of this cell. */
	readonly person: string;
}

export type MergeAnswer =
	| { readonly is: "done" }
	| {
			readonly is: "refused";
			readonly why: "person-unknown" | "same-person" | "not-a-card" | "merged-further";
	  };

/** A card on its way to another, or back to where it was: `state` as it was when it left. */
export interface Passing {
	readonly site: string;
	readonly cell: string;
	readonly person: string;
	readonly from: Owner;
	readonly into: Owner;
	readonly state: string;
	readonly epoch: number;
	readonly browsers: readonly { readonly visitor: string; readonly part: string; readonly epoch: number }[];
	readonly lines: readonly string[];
	readonly seq: number;
}

/** What undoes a merge: both as they were, and what of the card came by it. */
interface Merge {
	readonly epoch: number;
	readonly into: string;
	readonly from: Owner;
	readonly before: string;
	readonly theirs: string;
	readonly parts: readonly string[];
	readonly ties: readonly string[];
	/** The card's version when it was merged. */
	readonly version: number;
	readonly isUndone?: true;
}

/** Identifiers that the directory is to give from one to another. */
export interface Moved {
	readonly identifiers: readonly Identifier[];
	readonly from: string;
	readonly to: Owner;
}

export interface Ground {
	readonly store: Store;
	readonly people: People;
	readonly outbox: Outbox;
	readonly errands: Errands;
	readonly cards: Cards;
}

/** The card goes; what it hands over waits as an errand, `merge/<person>`. */
export function mergeAway(call: MergeCall, ground: Ground, published: Published, now: number): MergeAnswer {
	const { site, cell, person, into } = call;
	const { store, people, errands, cards } = ground;
	if (person === into.person) return { is: "refused", why: "same-person" };
	const state = people.know(person, published, now);
	if (!state) return { is: "refused", why: "person-unknown" };
	if (state.standing.identity === "anonymous" || state.tiedTo) return { is: "refused", why: "not-a-card" };
	cards.standApart(person, state, published, now, cell);
	people.open(person, state);
	setCard(state, withHand(cardOf(state), handOf(person)));
	const gone = leaving(ownParts(state.standing.person), into, ground);
	const text = writeState(state);
	people.remove(person);
	store.putForward(person, into);
	store.putMerge(leftKey(person), String(state.epoch));
	errands.drop(`identify/${person}`);
	const from = { person, cell };
	const { epoch } = state;
	const passing: Passing = { ...gone, site, cell: into.cell, person, from, into, state: text, epoch };
	// In one cell there is nothing to wait for, and nobody may find the one gone and the other without them.
	if (into.cell === cell) takeMerge(passing, ground, published, now);
	else errands.want(`merge/${person}`, JSON.stringify(passing));
	return { is: "done" };
}

/** The epoch as of which somebody was merged away last, 0 where nobody was: all that was said of them before is older. */
export function leftAt(store: Store, person: string): number {
	return Number(store.merge(leftKey(person)) ?? 0);
}

function leftKey(person: string): string {
	return `left/${person}`;
}

/** Somebody who was parted from a card, with a name that went with them. */
interface Parted {
	readonly person: string;
	readonly identifier: Identifier;
}

/** Who was parted from a card of this cell with one of these names. */
export function partedFrom(
	{ store }: Pick<Ground, "store">,
	site: string,
	card: string,
	identifiers: readonly Identifier[],
): Parted | undefined {
	if (identifiers.length === 0) return undefined;
	const all = store.mergesFrom(partedKey(card, "")).map((body): Parting => JSON.parse(body));
	if (all.length === 0) return undefined;
	for (const identifier of identifiers) {
		const key = keyOf(site, identifier);
		const parting = all.find(({ keys }) => keys.includes(key));
		if (parting) return { person: parting.person, identifier };
	}
	return undefined;
}

/** Where somebody is themselves again who was parted from a card of this cell. */
export function partedTo(store: Store, person: string): Owner | undefined {
	const merge = mergeOf(store, person);
	return merge?.isUndone && merge.from;
}

/** What stays known of an undone merge: that these names, as the directory has them, went away with that person. */
interface Parting {
	readonly card: string;
	readonly person: string;
	readonly keys: readonly string[];
}

function partedKey(card: string, person: string): string {
	return `parted/${card}/${person}`;
}

/** Browsers and lines of these parts, which are another's from here on. */
function leaving(
	parts: readonly Part[],
	to: Owner,
	{ store, outbox }: Ground,
): Pick<Passing, "browsers" | "lines" | "seq"> {
	const browsers = parts.flatMap(({ id, kind }) => {
		const visitor = kind === "browser" ? store.visitorOf(id) : undefined;
		if (visitor === undefined) return [];
		const epoch = store.browser(visitor).epoch + 1;
		store.putBrowser(visitor, { ...to, part: id, epoch });
		return [{ visitor, part: id, epoch }];
	});
	const lines = outbox.withdraw(parts.map(({ id }) => id));
	return { browsers, lines, seq: outbox.lastSeq };
}

/** Takes in a card that was merged into one of this cell. Heard again, it changes nothing. */
export function takeMerge(passing: Passing, ground: Ground, published: Published, now: number): void {
	const { person, from, into, cell, epoch, seq, browsers, lines } = passing;
	const { store, people, outbox, errands, cards } = ground;
	const known = mergeOf(store, person);
	if (known && known.epoch >= epoch) return;
	const state = cards.meet(into.person, published, now);
	cards.standApart(into.person, state, published, now, cell);
	people.open(into.person, state);
	setCard(state, withHand(cardOf(state), handOf(into.person)));
	const before = writeState(state);
	const theirs = readState(passing.state);
	const card = cardOf(theirs);
	const parts = ownParts(card.person);
	outbox.skip(seq);
	for (const { visitor, part, epoch: moved } of browsers)
		store.putBrowser(visitor, { person: into.person, part, cell: null, epoch: moved });
	state.memories = { ...state.memories, ...memoriesOf(theirs, parts) };
	state.claims = [...state.claims, ...theirs.claims].slice(-rememberedClaims);
	setInterruptions(state, joinInterruptions(state.interruptions, theirs.interruptions));
	state.lastActivityAt = Math.max(state.lastActivityAt, theirs.lastActivityAt);
	knowBy(state, theirs.identifiers ?? []);
	cards.reshape(into.person, state, (one) => joined(one, card), published, now, {
		forwards: [{ person, into: into.person }],
		retold: lines.map((line): History => JSON.parse(line)),
		epoch,
	});
	const ties = Object.keys(card.ties ?? {});
	const ids = parts.map(({ id }) => id);
	const merge: Merge = {
		epoch,
		into: into.person,
		from,
		before,
		theirs: passing.state,
		parts: ids,
		ties,
		version: state.version,
	};
	store.putMerge(person, JSON.stringify(merge));
	moveIdentifiers(errands, person, theirs, person, into);
}

/** Undoes it; what goes back waits as an errand, `return/<person>`. */
export function unmerge(call: UnmergeCall, ground: Ground, published: Published, now: number): MergeAnswer {
	const { site, cell, person } = call;
	const { store, people, errands, cards } = ground;
	const merge = mergeOf(store, person);
	if (!merge || merge.isUndone) return { is: "refused", why: "person-unknown" };
	const state = people.know(merge.into, published, now);
	if (!state) return { is: "refused", why: "merged-further" };
	people.open(merge.into, state);
	const before = readState(merge.before);
	const theirs = readState(merge.theirs);
	const isUntouched = state.version === merge.version;
	const card = cardOf(state);
	const mine = new Set(Object.keys(cardOf(before).person.parts));
	const parts = ownParts(card.person).filter(
		({ id }) => !mine.has(id) && (merge.parts.includes(id) || isOf(id, person)),
	);
	const ids = parts.map(({ id }) => id);
	const returning = theirs.identifiers ?? [];
	const kept = before.identifiers ?? [];
	const isReturning = (one: Identifier) => returning.some(isSame(one)) && !kept.some(isSame(one));
	// What strangers tied to the card that goes, and whoever typed since what is that card's.
	const copies = copiesOf(card).filter(
		({ part }) =>
			!own(before.ties ?? {}, part.id) && (merge.ties.includes(part.id) || saidIn(part).some(isReturning)),
	);
	const ties = copies.map(({ part }) => part.id);
	const { browsers, lines, seq } = leaving(parts, merge.from, ground);
	const { proofs = {} } = card;
	const back: Card = {
		person: { parts: Object.fromEntries(parts.map((part) => [part.id, part])) },
		proofs: Object.fromEntries(Object.entries(proofs).filter(([id]) => ids.includes(id))),
		ties: Object.fromEntries(copies.map(({ part, from }) => [part.id, { from, aside: part }])),
	};
	if (!isUntouched) {
		const { person: known, proofs: proven, ties: tied } = joined({ person: { parts: {} } }, back);
		theirs.standing.person = known;
		theirs.proofs = proven;
		theirs.ties = tied;
		theirs.memories = { ...theirs.memories, ...pick(state.memories ?? {}, ids) };
		// Sent again, an act that was done to the card is not done to them either. It is kept without the card's name: who
		// is erased is named by nobody.
		theirs.seen = [
			...theirs.seen,
			...saidByHand(state).filter(([id]) => !theirs.seen.some((one) => one[0] === id)),
		];
		theirs.seenFrom = Math.max(theirs.seenFrom, state.seenFrom);
	}
	const memories = Object.keys(state.memories ?? {}).filter((id) => !ids.includes(id));
	state.memories = pick(state.memories ?? {}, memories);
	state.identifiers = (state.identifiers ?? []).filter((one) => !isReturning(one));
	const parted = (one: Card): Card => cut(without(one, ids), ties, merge.from);
	cards.reshape(merge.into, state, parted, published, now);
	if (isUntouched) {
		// To the byte: since when they are in a segment, too.
		const { standing, claims, lastActivityAt } = before;
		Object.assign(state, { standing, claims, lastActivityAt, memories: before.memories });
		people.save({ person: merge.into, part: handOf(merge.into), state }, [], published, now);
	}
	store.putMerge(person, JSON.stringify({ ...merge, isUndone: true } satisfies Merge));
	const keys = returning.filter(isReturning).map((one) => keyOf(site, one));
	const parting: Parting = { card: merge.into, person, keys };
	if (keys.length > 0) store.putMerge(partedKey(merge.into, person), JSON.stringify(parting));
	moveIdentifiers(errands, person, theirs, merge.into, merge.from);
	const passing: Passing = {
		site,
		cell: merge.from.cell,
		person,
		from: { person: merge.into, cell },
		into: merge.from,
		state: writeState(theirs),
		epoch: state.epoch,
		browsers,
		lines,
		seq,
	};
	if (merge.from.cell === cell) takeBack(passing, ground, published, now);
	else errands.want(`return/${person}`, JSON.stringify(passing));
	return { is: "done" };
}

/** The card is itself again, in the cell where it was. Heard again, it changes nothing. */
export function takeBack(passing: Passing, ground: Ground, published: Published, now: number): void {
	const { person, epoch, seq, browsers, lines, state: text } = passing;
	const { store, people, outbox } = ground;
	if (people.peek(person) || epoch < leftAt(store, person)) return;
	const state = readState(text);
	state.epoch = epoch + 1;
	outbox.skip(seq);
	store.removeForward(person);
	for (const { visitor, part, epoch: moved } of browsers)
		store.putBrowser(visitor, { person, part, cell: null, epoch: moved });
	const hand = handOf(person);
	const places = placesOf(cardOf(state), person);
	const mappings: readonly Mapping[] = Array.from(places, ([part, place]) => ({ part, ...place }));
	if (state.revision !== published.revision) {
		adoptRules(state.standing, published.rules, now);
		state.revision = published.revision;
	}
	const told: History[] = ownParts(state.standing.person).map(({ id }) => ({
		person,
		part: id,
		entries: [],
	}));
	told.push({ person, part: hand, entries: [], mappings, epoch: state.epoch });
	told.push(...lines.map((line): History => ({ ...(JSON.parse(line) as History), person })));
	outbox.appendTogether(
		"history",
		told.map((line) => JSON.stringify(line)),
	);
	people.settle(person, state, published, now);
}

/**
 * Under one key there and back: where the directory has not heard of a merge when that is undone, it is not to hear of it
 * any more.
 */
function moveIdentifiers(
	errands: Errands,
	merged: string,
	{ identifiers = [] }: State,
	from: string,
	to: Owner,
): void {
	const moved: Moved = { identifiers, from, to };
	if (identifiers.length > 0) errands.want(moveKey(merged), JSON.stringify(moved));
}

/** Names that the directory may not have given back to somebody who was parted from a card of this cell. */
export function movingTo(store: Store, person: string): Moved | undefined {
	const body = store.errand(moveKey(person));
	const moved: Moved | undefined = body === undefined ? undefined : JSON.parse(body);
	return moved?.to.person === person ? moved : undefined;
}

/** Of whom names go from one to another, since they were merged or parted. */
export function moveKey(person: string): string {
	return `move/${person}`;
}

function memoriesOf(state: State, parts: readonly Part[]): Readonly<Record<string, Memory>> {
	return Object.fromEntries(parts.map(({ id }) => [id, copyOf(memoryOf(state, id))]));
}

function pick<T>(record: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
	return Object.fromEntries(Object.entries(record).filter(([id]) => ids.includes(id)));
}

/** Whether a part is named after the person: what systems told of them since. */
function isOf(id: string, person: string): boolean {
	return id.endsWith(person) && id !== handOf(person);
}

function mergeOf(store: Store, person: string): Merge | undefined {
	const text = store.merge(person);
	return text === undefined ? undefined : JSON.parse(text);
}
