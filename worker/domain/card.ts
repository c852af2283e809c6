// The parts of a card, with the proof that each is its person's. What another person's cell writes stands here as a copy:
// somebody typed the card's identifier, which anyone can. Such a part counts while nothing better is known of the card,
// and is set aside as soon as something is proven: a stranger's orders move neither its score nor its segments.

import type { Owner } from "./contact.ts";
import { own, put } from "./keyed.ts";
import { merge, type Part, type PartKind, type Person } from "./person.ts";
import { type Proof, surer } from "./proof.ts";

/** `from`: who wrote the part, and keeps writing it. */
export interface Tie {
	readonly from: Owner;
	/** The copy, while it does not count. While it does, it stands among the parts. */
	readonly aside?: Part;
	/** Taken off by hand: what still comes of it is refused. */
	readonly isCut?: true;
	/** The card with which it went away: what still comes of it is that card's. */
	readonly into?: Owner;
}

export interface Card {
	readonly person: Person;
	/** Of browsers that are more than typed, and of what the site's own server tells. */
	readonly proofs?: Readonly<Record<string, Proof>> | undefined;
	/** By part. */
	readonly ties?: Readonly<Record<string, Tie>> | undefined;
}

/** Where a part belongs: the person for whom it counts, and the card on whose timeline it is shown as unproven. */
export interface Place {
	readonly person: string;
	readonly tiedTo: string | null;
}

/** None of a part that no browser writes. Of what is sealed each is linked at least. */
export function proofOf({ proofs }: Pick<Card, "proofs">, { id, kind, seals }: Part): Proof | null {
	return kind === "browser" ? (own(proofs ?? {}, id) ?? (seals ? "linked" : "typed")) : null;
}

/**
 * Whether anything better than typed is known of the person: a browser that is known to be theirs, or the word of the
 * site's own server. An import and a hand prove nothing: whose address was imported may yet come and type it.
 */
export function isProven({ person, proofs = {} }: Card): boolean {
	const isSealed = Object.values(person.parts).some(({ kind, seals }) => seals && kind === "browser");
	return isSealed || Object.keys(proofs).some((id) => provable.has(own(person.parts, id)?.kind));
}

const provable: ReadonlySet<PartKind | undefined> = new Set<PartKind>(["browser", "server"]);

/** Whether it has a browser at all, and so is monitored. */
export function isWatched({ person, ties = {} }: Card): boolean {
	const isBrowser = (part: Part | undefined) => part?.kind === "browser";
	return (
		Object.values(person.parts).some(isBrowser) || Object.values(ties).some((tie) => isBrowser(tie.aside))
	);
}

/** The parts that are written where the card is; of those that are sealed none. */
export function ownParts({ parts }: Person): readonly Part[] {
	return Object.values(parts).filter((part) => !part.isCopy && !part.seals);
}

/** What of a person is theirs to write: time takes away nothing that another writes, who does so in their own cell. */
export function withoutCopies(person: Person): Person {
	for (const id in person.parts) {
		if (!person.parts[id]?.isCopy) continue;
		return { parts: Object.fromEntries(Object.entries(person.parts).filter(([, part]) => !part.isCopy)) };
	}
	return person;
}

/** With a copy as its writer has it, where that is newer. What the card writes itself is no copy, whatever comes late. */
export function withCopy(card: Card, part: Part, from: Owner): Card {
	const { person, ties = {} } = card;
	const standing = own(person.parts, part.id);
	if (standing && !standing.isCopy) return card;
	const tie = own(ties, part.id);
	if (tie?.isCut) return card;
	const known = standing ?? tie?.aside;
	if (known && known.version >= part.version && tie?.from.person === from.person) {
		return tie.from.cell === from.cell ? card : { ...card, ties: { ...ties, [part.id]: { ...tie, from } } };
	}
	const aside: Part = { ...(known && known.version > part.version ? known : part), isCopy: true };
	return weighed({ ...without(card, [part.id]), ties: { ...ties, [part.id]: { from, aside } } });
}

/** The union of two cards. What one of them writes itself is no copy in the other. */
export function joined(a: Card, b: Card): Card {
	const proofs: Record<string, Proof> = { ...a.proofs };
	for (const [id, proof] of Object.entries(b.proofs ?? {}))
		put(proofs, id, surer<Proof>(own(proofs, id) ?? "typed", proof));
	const person = merge(withoutCopies(a.person), withoutCopies(b.person));
	const ties: Record<string, Tie> = {};
	for (const [id, tie] of [...Object.entries(a.ties ?? {}), ...Object.entries(b.ties ?? {})])
		if (tie.isCut && !Object.hasOwn(person.parts, id)) put(ties, id, tie);
	let card: Card = { person, proofs, ties };
	for (const one of [a, b]) for (const { part, from } of copiesOf(one)) card = withCopy(card, part, from);
	return weighed(card);
}

/** Without these parts, their proofs and their ties. */
export function without(card: Card, ids: readonly string[]): Card {
	const rest = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
		Object.fromEntries(Object.entries(record).filter(([id]) => !ids.includes(id)));
	const { person, proofs, ties } = card;
	return {
		person: { parts: rest(person.parts) },
		...(proofs && { proofs: rest(proofs) }),
		...(ties && { ties: rest(ties) }),
	};
}

/** Without what is tied by these, of which nothing more is taken: it is nobody's, or another card's. */
export function cut(card: Card, ids: readonly string[], into?: Owner): Card {
	const ties: Record<string, Tie> = {};
	for (const [id, tie] of Object.entries(card.ties ?? {}))
		if (ids.includes(id)) put(ties, id, { from: tie.from, isCut: true, ...(into && { into }) });
	const rest = without(card, Object.keys(ties));
	return weighed({ ...rest, ties: { ...rest.ties, ...ties } });
}

/** Copies count among the parts or are set aside, by whether anything better is known. */
export function weighed(card: Card): Card {
	const { ties } = card;
	if (!ties) return card;
	const proven = isProven(card);
	const parts: Record<string, Part> = { ...card.person.parts };
	const settled: Record<string, Tie> = {};
	for (const [id, { aside, ...tie }] of Object.entries(ties)) {
		const copy = aside ?? own(parts, id);
		if (copy && proven) delete parts[id];
		else if (copy) put(parts, id, copy);
		put(settled, id, copy && proven ? { ...tie, aside: copy } : tie);
	}
	return { ...card, person: { parts }, ties: settled };
}

/** Every copy that the card has, whether or not it counts. */
export function copiesOf({
	person,
	ties = {},
}: Card): readonly { readonly part: Part; readonly from: Owner }[] {
	return Object.entries(ties).flatMap(([id, { from, aside }]) => {
		const part = aside ?? own(person.parts, id);
		return part ? [{ part, from }] : [];
	});
}

/** Where each part of a card belongs, by part. */
export function placesOf(card: Card, name: string): ReadonlyMap<string, Place> {
	const places = new Map<string, Place>();
	for (const { id } of ownParts(card.person)) places.set(id, { person: name, tiedTo: null });
	for (const { part, from } of copiesOf(card)) {
		const counts = Object.hasOwn(card.person.parts, part.id);
		places.set(part.id, { person: counts ? name : from.person, tiedTo: name });
	}
	return places;
}
