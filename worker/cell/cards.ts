// What cards of this cell are made of, and how that changes: parts that another cell writes come as copies, a browser that
// merely typed is kept apart from what others bring, one that is revoked goes. All of it in the caller's transaction, and
// no rule fires: where a card stands is decided anew.

import { handOf } from "../domain/act.ts";
import {
	type Card,
	copiesOf,
	cut,
	isWatched,
	ownParts,
	placesOf,
	proofOf,
	weighed,
	withCopy,
	without,
} from "../domain/card.ts";
import type { Owner } from "../domain/contact.ts";
import { emptyFacts } from "../domain/facts.ts";
import { own } from "../domain/keyed.ts";
import type { Part } from "../domain/person.ts";
import { mayTarget } from "../domain/proof.ts";
import { adopt } from "../domain/standing.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Errands } from "./errands.ts";
import { type Forward, type History, type Mapping, nobodys, type People, type Published } from "./people.ts";
import { copyOf, memoryOf, newState, type State, untie } from "./state.ts";
import type { Store } from "./store.ts";

/** What goes with a change of a card. */
export interface Aside {
	/** People who are somebody else from here on. */
	readonly forwards?: readonly Forward[];
	/** Lines that somebody else had for D1. */
	readonly retold?: readonly History[];
	/** The highest epoch that a former owner gave any of it. */
	readonly epoch?: number;
}

export interface CopyCall {
	readonly site: string;
	readonly cell: string;
	/** To whose card the parts are tied. */
	readonly card: string;
	readonly from: Owner;
	readonly epoch: number;
	readonly parts: readonly Part[];
}

/**
 * Who the card is now, where it went elsewhere. `cut`: the tie was removed by hand. `gone`: the card was erased; or
 * somebody was, at `at`, whose the names were by which it was found.
 */
export type CopyAnswer =
	| { readonly is: "kept"; readonly card: Owner }
	| { readonly is: "cut"; readonly epoch: number }
	| { readonly is: "gone"; readonly at?: number };

export class Cards {
	readonly #store: Store;
	readonly #people: People;
	readonly #outbox: Outbox;
	readonly #errands: Errands;

	constructor(store: Store, people: People, outbox: Outbox, errands: Errands) {
		this.#store = store;
		this.#people = people;
		this.#outbox = outbox;
		this.#errands = errands;
	}

	/** A card as of `now`, made where there is none: who has an identifier is one, whatever is known of them. */
	meet(person: string, published: Published, now: number): State {
		const known = this.#people.know(person, published, now);
		if (known) return known;
		const state = newState(now, published.revision);
		state.standing.identity = "identified";
		return state;
	}

	/** Changes what a card is made of, stores it, and tells D1 which parts belong elsewhere now. */
	reshape(
		person: string,
		state: State,
		change: (card: Card) => Card,
		published: Published,
		now: number,
		{ forwards = [], retold = [], epoch = 0 }: Aside = {},
	): void {
		const { standing } = state;
		const card = cardOf(state);
		const before = { places: placesOf(card, person), copies: copiesOf(card), stands: standsOf(state) };
		const changed = change(card);
		const mappings = mappingsOf(before, person, changed);
		const isMoved = mappings.length > 0 || forwards.length > 0;
		// What becomes of others' parts is told with a part that never leaves the card: that of acts by hand.
		const hand = handOf(person);
		setCard(state, isMoved ? withHand(changed, hand) : changed);
		if (isMoved) state.epoch = Math.max(state.epoch, epoch) + 1;
		standing.identity = isWatched(changed) ? "monitored" : "identified";
		adopt(standing, published.rules, now);
		state.revision = published.revision;
		const own = ownParts(changed.person);
		const lines: History[] = own
			.filter(({ id }) => before.places.get(id)?.tiedTo !== null)
			.map(({ id }) => ({ person, part: id, entries: [] }));
		if (isMoved) lines.push({ person, part: hand, entries: [], mappings, forwards, epoch: state.epoch });
		else if (own[0] && before.stands !== standsOf(state))
			lines.push({ person, part: own[0].id, entries: [] });
		lines.push(...retold.map(({ row: _row, ...history }) => ({ ...history, person })));
		this.#outbox.appendTogether(
			"history",
			lines.map((line) => JSON.stringify(line)),
		);
		this.#people.save({ person, part: hand, state }, [], published, now);
	}

	/**
	 * Keeps browsers that merely typed the card's identifier apart from what others bring to it: what they are shown, and
	 * what rules make of what they do, is by their own parts alone. Each is a person of its own from here on, tied to the
	 * card. What is done by hand to a card that is one such browser's alone is done to that browser, and parts nobody.
	 */
	standApart(person: string, state: State, published: Published, now: number, self: string): void {
		for (const part of ownParts(state.standing.person)) {
			const proof = proofOf(state, part);
			if (proof === null || mayTarget(proof) || state.standing.identity === "anonymous") continue;
			const visitor = this.#store.visitorOf(part.id);
			if (visitor === undefined) continue;
			const id = uuidv7(now);
			const alone: State = {
				...newState(now, published.revision),
				epoch: state.epoch,
				lastActivityAt: state.lastActivityAt,
				...copyOf(memoryOf(state, part.id)),
				claims: state.claims,
				...(state.interruptions && { interruptions: state.interruptions }),
				tiedTo: { person, cell: self },
				...(state.identifiers && { identifiers: state.identifiers }),
			};
			alone.standing.person = { parts: { [part.id]: structuredClone(part) } };
			alone.standing.identity = "monitored";
			alone.standing.segments = { ...state.standing.segments };
			adopt(alone.standing, published.rules, now);
			this.#store.putBrowser(visitor, { ...this.#store.browser(visitor), person: id, part: part.id });
			this.#store.putForward(id, { person, cell: self });
			const from: Owner = { person: id, cell: self };
			this.reshape(person, state, (card) => withCopy(without(card, [part.id]), part, from), published, now);
			const retold = this.#outbox.withdraw([part.id]).map((line) => historyOf(line, id));
			this.#outbox.appendTogether("history", retold);
			this.#people.save({ person: id, part: part.id, state: alone }, [], published, now);
		}
	}

	/** The site's own server wrote the part: what was merely typed counts no more. Of whoever has no name nothing is tied. */
	prove(person: string, state: State, part: string, published: Published, now: number): void {
		if (state.standing.identity === "anonymous" || own(state.proofs ?? {}, part) === "verified") return;
		const proven = (card: Card) => weighed({ ...card, proofs: { ...card.proofs, [part]: "verified" } });
		this.reshape(person, state, proven, published, now);
	}

	/** Whether a card knows of one of these parts that somebody ties, or tied, it to the card. */
	knows(card: string, parts: readonly Part[]): boolean {
		const { ties = {} } = this.#people.peek(card) ?? {};
		return parts.some(({ id }) => Object.hasOwn(ties, id));
	}

	/** Takes in what another cell, or this one, writes of somebody who is tied to a card of this cell. */
	takeCopy(call: CopyCall, published: Published, now: number): CopyAnswer {
		const { card: person, from, cell, epoch, parts } = call;
		const state = this.meet(person, published, now);
		const cut = parts.find(({ id }) => state.ties?.[id]?.isCut);
		const into = cut && state.ties?.[cut.id]?.into;
		if (into) return { is: "kept", card: into };
		if (cut) return { is: "cut", epoch: state.epoch };
		this.standApart(person, state, published, now, cell);
		const known = cardOf(state);
		const card = parts.reduce((one, part) => withCopy(one, part, from), known);
		if (card !== known) {
			const isNew = parts.some(({ id }) => !known.ties?.[id]);
			this.reshape(person, state, () => card, published, now, {
				forwards: isNew ? [{ person: from.person, into: person }] : [],
				epoch,
			});
		}
		return { is: "kept", card: { person, cell } };
	}

	/**
	 * What was tied is gone: its browser was revoked. `isErased`: not even its name stays, for whatever still comes of it is
	 * refused by that alone.
	 */
	loseCopy(person: string, from: string, isErased: boolean, published: Published, now: number): void {
		const state = this.#people.know(person, published, now);
		const ties = Object.entries(state?.ties ?? {});
		const parts = ties.flatMap(([id, tie]) => (tie.from.person === from ? [id] : []));
		if (!state || parts.length === 0) return;
		const change = (card: Card) => (isErased ? weighed(without(card, parts)) : cut(card, parts));
		this.reshape(person, state, change, published, now);
	}

	/**
	 * Forgets a browser for good, and leaves a tombstone for messages that come late. Of a contact, what they told us of
	 * themselves stays: they took back that we watch them, not that we know them. Of a browser that is merely tied to a
	 * card nothing does: it is the card's person who told us of themselves.
	 */
	erase(visitor: string, published: Published, now: number): void {
		const { person, part, epoch } = this.#store.browser(visitor);
		const state = person === nobodys ? undefined : this.#people.peek(person);
		if (!state) return;
		this.#people.open(person, state);
		this.#store.putBrowser(visitor, { person: nobodys, part: nobodys, cell: null, epoch });
		if (state.standing.identity === "anonymous" || state.tiedTo) {
			this.#people.remove(person);
			// A browser that never did anything has no part yet, but D1 may still be told that it has none.
			this.#people.forget(person, new Set([part, ...Object.keys(state.standing.person.parts)]), "part");
			this.#errands.drop(`identify/${person}`);
			this.#errands.drop(`copy/${person}`);
			if (!state.tiedTo) return;
			this.#store.putForward(person, { person: nobodys, cell: "" });
			this.#errands.want(`lose/${person}`, JSON.stringify(state.tiedTo));
			return;
		}
		memoryOf(state, part).seen = [];
		this.#store.removeMerges([part]);
		state.claims = [];
		delete state.interruptions;
		state.row = null;
		this.reshape(person, state, (card) => weighed(withTheCardAlone(card, part)), published, now);
		this.#people.forget(person, [part], "details");
	}

	/** Tied no more: a person of its own again, and above whatever the card's cell told of it. */
	release(person: string, state: State, epoch: number, published: Published, now: number): void {
		const [part] = ownParts(state.standing.person);
		untie(state);
		state.epoch = Math.max(state.epoch, epoch) + 1;
		this.#store.removeForward(person);
		if (part)
			this.#outbox.append(
				"d1",
				"history",
				JSON.stringify({ person, part: part.id, entries: [] } satisfies History),
			);
		this.#people.save({ person, part: part?.id ?? person, state }, [], published, now);
	}
}

/** Of the parts that belong elsewhere than before. What was a copy and is none any more is its writer's again. */
function mappingsOf(
	before: { readonly places: ReturnType<typeof placesOf>; readonly copies: ReturnType<typeof copiesOf> },
	person: string,
	card: Card,
): readonly Mapping[] {
	const places = placesOf(card, person);
	const mappings: Mapping[] = before.copies.flatMap(({ part, from }) =>
		places.has(part.id) ? [] : [{ part: part.id, person: from.person, tiedTo: null }],
	);
	for (const [part, place] of places) {
		const known = before.places.get(part);
		if (known?.person !== place.person || known.tiedTo !== place.tiedTo) mappings.push({ part, ...place });
	}
	return mappings;
}

/** With the part that acts by hand stand in. */
export function withHand(card: Card, id: string): Card {
	if (card.person.parts[id]) return card;
	const hand: Part = { id, kind: "hand", version: 1, facts: emptyFacts() };
	return { ...card, person: { parts: { ...card.person.parts, [id]: hand } } };
}

/** A contact without that browser: known by what they told us, no longer watched. */
function withTheCardAlone(card: Card, id: string): Card {
	const part = card.person.parts[id];
	if (!part) return card;
	const { firstSeenAt, attributes, consents } = part.facts;
	const facts = { ...emptyFacts(), firstSeenAt, attributes, ...(consents && { consents }) };
	const alone: Part = { ...part, kind: "server", version: part.version + 1, facts };
	const rest = without(card, [id]);
	return { ...rest, person: { parts: { ...rest.person.parts, [id]: alone } } };
}

export function cardOf({ standing, proofs, ties }: State): Card {
	return { person: standing.person, proofs, ties };
}

export function setCard(state: State, { person, proofs = {}, ties = {} }: Card): void {
	state.standing.person = person;
	if (Object.keys(proofs).length > 0) state.proofs = proofs;
	else delete state.proofs;
	if (Object.keys(ties).length > 0) state.ties = ties;
	else delete state.ties;
}

/** A line for D1, told by another. What was an anonymous visit's is a contact's now. */
export function historyOf(line: string, person: string): string {
	const { row: _row, ...history }: History = JSON.parse(line);
	return JSON.stringify({ ...history, person });
}

/** Who is erased, as far as is known where something is told of them. */
export type IsErased = (kind: "person" | "part", id: string) => boolean;

/** Lines for D1 without those of whoever is erased, and without what the others say of them. */
export function clearedOf(lines: readonly string[], isErased: IsErased): readonly string[] {
	return lines.flatMap((line) => {
		const { person, part }: History = JSON.parse(line);
		return isErased("person", person) || isErased("part", part) ? [] : [cleared(line, isErased)];
	});
}

/** A line for D1 without what it says of whoever is erased: whose parts are, and who is who. */
export function cleared(line: string, isErased: IsErased): string {
	const { mappings = [], forwards = [], ...history }: History = JSON.parse(line);
	const isLeft = (...ids: readonly (string | null)[]) =>
		!ids.some((id) => id !== null && isErased("person", id));
	return JSON.stringify({
		...history,
		...(mappings.length > 0 && {
			mappings: mappings.filter(
				({ part, person, tiedTo }) => !isErased("part", part) && isLeft(person, tiedTo),
			),
		}),
		...(forwards.length > 0 && {
			forwards: forwards.filter(({ person, into }) => isLeft(person, into)),
		}),
	} satisfies History);
}

function standsOf({ standing }: State): string {
	return JSON.stringify([standing.identity, standing.segments]);
}
