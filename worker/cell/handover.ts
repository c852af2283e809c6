// A browser that proved whose it is goes to the card, wherever that is: what it was so far becomes the card's, its memory
// of messages with it, and the cell that it leaves passes on whatever still comes for it. All of this is done in the
// caller's transaction; the message waits as an errand until the other cell has it, which may hear it twice.

import type { Resolved } from "../directory/resolve.ts";
import { joined, ownParts, weighed } from "../domain/card.ts";
import { type Identifier, isSame, type Owner } from "../domain/contact.ts";
import { emptyFacts } from "../domain/facts.ts";
import { type Interruption, joinInterruptions } from "../domain/interruption.ts";
import { own } from "../domain/keyed.ts";
import type { Part } from "../domain/person.ts";
import { type Proof, surer } from "../domain/proof.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Cards } from "./cards.ts";
import type { Errands } from "./errands.ts";
import { type Forward, type History, type Loaded, nobodys, type People, type Published } from "./people.ts";
import {
	copyOf,
	knowBy,
	type Memory,
	memoryOf,
	rememberedClaims,
	type State,
	saidByBrowser,
	setInterruptions,
} from "./state.ts";
import type { Store } from "./store.ts";

export interface HandOverCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	/** `new`: made by the Worker for this request. */
	readonly who: { readonly is: "new" | "known"; readonly visitor: string };
	/** Whose the browser is, and by what that is known. */
	readonly to: Owner;
	readonly proof: Exclude<Proof, "typed">;
	readonly identifiers: readonly Identifier[];
	/** Of these identifiers, those that are somebody else's. */
	readonly conflicts: Resolved["conflicts"];
}

/**
 * `pending`: the card's cell could not be reached. Nothing is lost, and the browser keeps its token until it comes again.
 * `gone`: the card was erased.
 */
export type HandOverAnswer =
	| { readonly is: "handed"; readonly cell: string }
	| { readonly is: "pending" | "gone" }
	| { readonly is: "unknown-visitor" };

/** What one card hands over to another. */
export interface Adoption {
	readonly site: string;
	readonly cell: string;
	/** The card that it comes to. */
	readonly card: string;
	readonly from: Owner;
	/** Whether the one whom it comes from is that card's person from here on. */
	readonly isWhole: boolean;
	readonly epoch: number;
	readonly parts: readonly Part[];
	readonly proofs: Readonly<Record<string, Proof>>;
	readonly browsers: readonly { readonly visitor: string; readonly part: string; readonly epoch: number }[];
	/** By part. */
	readonly memories: Readonly<Record<string, Memory>>;
	readonly claims: State["claims"];
	/** An older cell does not say. */
	readonly interruptions?: readonly Interruption[];
	readonly lastActivityAt: number;
	readonly identifiers: readonly Identifier[];
	/** What D1 may not have of these parts, and the highest number under which it may have heard of them. */
	readonly lines: readonly string[];
	readonly seq: number;
}

/** Who the card is now, where it went elsewhere. `gone`: it was erased, and so is what was to become its. */
export type AdoptAnswer = { readonly is: "adopted"; readonly card: Owner } | { readonly is: "gone" };

/** Identifiers of somebody that are another's, for D1 to list. */
export interface Noted {
	readonly person: string;
	readonly conflicts: Resolved["conflicts"];
	readonly at: number;
}

interface Ground {
	readonly store: Store;
	readonly people: People;
	readonly outbox: Outbox;
	readonly errands: Errands;
	readonly cards: Cards;
}

/** Gives a browser of this cell to a card. What goes to another cell waits as an errand, `hand/<visitor>`. */
export function depart(
	call: HandOverCall,
	ground: Ground,
	published: Published,
	now: number,
): HandOverAnswer {
	const { cell, to, who, conflicts } = call;
	const { store, people, errands } = ground;
	const loaded = people.load(who.visitor, who.is === "new", published, now);
	if (!loaded) return { is: "unknown-visitor" };
	note(to.person, conflicts, ground, now);
	if (loaded.person === to.person) {
		raise(loaded, call, ground, published, now);
		return { is: "handed", cell };
	}
	const { epoch } = store.browser(who.visitor);
	const adoption = mayMove(loaded, call, errands)
		? leave(loaded, call, epoch + 1, ground)
		: turn(loaded, call, epoch + 1);
	if (to.cell === cell) adopt(adoption, ground, published, now);
	else {
		store.putBrowser(who.visitor, { ...to, part: loaded.part, epoch: epoch + 1 });
		errands.want(`hand/${who.visitor}`, JSON.stringify(adoption));
	}
	return { is: "handed", cell: to.cell };
}

/** One errand for each two people: with what waits of them already, and gone with either of them. */
function note(
	person: string,
	conflicts: Resolved["conflicts"],
	{ store, errands }: Ground,
	now: number,
): void {
	for (const [other, those] of Map.groupBy(conflicts, ({ owner }) => owner.person)) {
		const key = `conflict/${person}/${other}`;
		const waiting = store.errand(key);
		const known: Noted = waiting === undefined ? { person, conflicts: [], at: now } : JSON.parse(waiting);
		const news = those.filter((one) => !known.conflicts.some(isSame(one)));
		if (waiting !== undefined && news.length === 0) continue;
		errands.want(key, JSON.stringify({ ...known, conflicts: [...known.conflicts, ...news] } satisfies Noted));
	}
}

/** It was the card's before, and may be more surely so. Whoever is logged in says so with every page: that writes nothing. */
function raise(
	{ person, part, state }: Loaded,
	{ proof, identifiers }: HandOverCall,
	{ cards }: Ground,
	published: Published,
	now: number,
): void {
	const before: Proof = own(state.proofs ?? {}, part) ?? "typed";
	const raised = surer(before, proof);
	const isKnown = identifiers.every((one) => state.identifiers?.some(isSame(one)));
	if (raised === before && isKnown) return;
	knowBy(state, identifiers);
	cards.reshape(
		person,
		state,
		(card) => {
			const proofs = { ...card.proofs, [part]: raised };
			const known = own(card.person.parts, part) ?? newPart(part);
			const parts = { ...card.person.parts, [part]: { ...known, version: known.version + 1 } };
			return weighed({ ...card, person: { parts }, proofs });
		},
		published,
		now,
		{ retold: [{ person, part, entries: [] }] },
	);
}

/**
 * Whether the person goes with the browser: of an anonymous one, and of one that was tied to this very card, this is who
 * they always were. Of another known person only the browser goes.
 */
function mayMove({ person, state }: Loaded, { to, identifiers }: HandOverCall, errands: Errands): boolean {
	if (state.standing.identity === "anonymous" || state.tiedTo?.person === to.person) return true;
	// The directory has not said yet whose it is that they typed: by now that is known.
	const isOpen = !state.tiedTo && errands.isWaiting(`identify/${person}`);
	return isOpen && (state.identifiers ?? []).every((one) => identifiers.some(isSame(one)));
}

/** The person goes, with all that they are; who they are from here on stays known. */
function leave({ person, part, state }: Loaded, call: HandOverCall, epoch: number, ground: Ground): Adoption {
	const { store, people, outbox, errands } = ground;
	const { to, cell } = call;
	people.open(person, state);
	const parts = ownParts(state.standing.person);
	const ids = new Set([part, ...parts.map(({ id }) => id)]);
	const lines = outbox.withdraw([...ids]);
	people.remove(person);
	store.putForward(person, to);
	errands.drop(`identify/${person}`);
	errands.drop(`copy/${person}`);
	return {
		...begun({ person, part, state }, call, epoch),
		isWhole: true,
		from: { person, cell },
		parts: [...ids].map((id) => {
			const known = own(state.standing.person.parts, id) ?? newPart(id);
			return { ...known, version: known.version + 1 };
		}),
		lines,
		seq: outbox.lastSeq,
	};
}

/** The person stays whoever they are, and what the browser does from here on is the card's. */
function turn(loaded: Loaded, call: HandOverCall, epoch: number): Adoption {
	// The same again where it comes back: of two people who share a browser each has one part of it.
	const part = `${call.who.visitor}.${call.to.person}`;
	const memory = memoryOf(loaded.state, loaded.part);
	// What was done to this person by hand was not done to the other.
	const memories = { [part]: copyOf({ ...memory, seen: saidByBrowser(memory) }) };
	return { ...begun({ ...loaded, part }, call, epoch), parts: [newPart(part)], memories };
}

function begun({ person, part, state }: Loaded, call: HandOverCall, epoch: number): Adoption {
	const { site, cell, to, proof, identifiers, who } = call;
	return {
		site,
		cell: to.cell,
		card: to.person,
		from: { person, cell },
		isWhole: false,
		epoch: state.epoch,
		parts: [],
		proofs: { [part]: proof },
		browsers: [{ visitor: who.visitor, part, epoch }],
		memories: { [part]: copyOf(memoryOf(state, part)) },
		claims: state.claims,
		...(state.interruptions && { interruptions: state.interruptions }),
		lastActivityAt: state.lastActivityAt,
		identifiers,
		lines: [],
		seq: 0,
	};
}

function newPart(id: string): Part {
	return { id, kind: "browser", version: 1, facts: emptyFacts() };
}

/** Takes in what was handed over to a card of this cell, once. No rule fires. */
export function adopt(adoption: Adoption, ground: Ground, published: Published, now: number): void {
	const { card: person, from, browsers, parts, proofs, identifiers, cell } = adoption;
	const { store, outbox, cards } = ground;
	// What left this very cell for a card that has come here since is not here yet, whatever its epoch.
	const isHere = ({ visitor, epoch }: Adoption["browsers"][number]) => {
		const known = store.browser(visitor);
		return known.epoch > epoch || (known.epoch === epoch && known.cell === null);
	};
	if (browsers.every(isHere)) return;
	const state = cards.meet(person, published, now);
	cards.standApart(person, state, published, now, cell);
	outbox.skip(adoption.seq);
	for (const { visitor, part, epoch } of browsers)
		store.putBrowser(visitor, { person, part, cell: null, epoch });
	const memories = Object.entries(adoption.memories).map(([part, memory]) => [part, copyOf(memory)]);
	state.memories = { ...state.memories, ...Object.fromEntries(memories) };
	state.claims = [...state.claims, ...adoption.claims].slice(-rememberedClaims);
	setInterruptions(state, joinInterruptions(state.interruptions, adoption.interruptions));
	state.lastActivityAt = Math.max(state.lastActivityAt, adoption.lastActivityAt);
	knowBy(state, identifiers);
	const theirs = { person: { parts: Object.fromEntries(parts.map((part) => [part.id, part])) }, proofs };
	const forwards: Forward[] = adoption.isWhole ? [{ person: from.person, into: person }] : [];
	const retold = adoption.lines.map((line): History => JSON.parse(line));
	cards.reshape(person, state, (card) => joined(card, theirs), published, now, {
		forwards,
		retold,
		epoch: adoption.epoch,
	});
}

/** The other cell has it; or it is nobody's, for its card was erased. */
export function settleHandover(
	visitor: string,
	{ isWhole, from, card }: Adoption,
	answer: AdoptAnswer,
	store: Store,
): void {
	// Who they are from here on is whom the card turned out to be.
	if (isWhole && answer.is === "adopted" && store.forwardOf(from.person)?.person === card)
		store.putForward(from.person, answer.card);
	const known = store.browser(visitor);
	if (known.cell === null) return;
	if (answer.is === "adopted") store.putBrowser(visitor, { ...known, ...answer.card, part: known.part });
	else store.putBrowser(visitor, { person: nobodys, part: nobodys, cell: null, epoch: known.epoch });
}
