// Of whoever has very many browsers, those that were seen longest ago are sealed: their sum stays in the state, which each
// page view reads and writes, and they themselves stand in rows of their own, as they were. All that happens to a part
// opens it: its browser comes back, it is forgotten, its card is merged or parted again, a publication counts the past
// anew. So nothing is lost, nothing answers otherwise, and whatever can be done to a part can be done to a sealed one. D1
// knows of no seal: its rows are those of the parts.
//
// In the store, the state and its rows agree after every write. In memory more may be open than in the store, where both
// say the same.

import { ownParts, proofOf } from "../domain/card.ts";
import { own } from "../domain/keyed.ts";
import { open, type Part, seal } from "../domain/person.ts";
import { mayTarget } from "../domain/proof.ts";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";

/** More parts than these, and the oldest browsers are sealed until so many parts are open. */
const most = { parts: 32, left: 16 } as const;

const sealOf = (person: string): string => `seal.${person}`;

/** The parts of the person that are sealed, if any are. */
export function sealedIn(person: string, { standing }: State): readonly string[] | undefined {
	return own(standing.person.parts, sealOf(person))?.seals;
}

/**
 * Seals the oldest browsers where there are too many parts, in place, but for `writing`; says whether it did. What merely
 * typed stays open: it is to be kept apart from what others bring. So does what D1 has not heard of yet: that is told out
 * of the state.
 */
export function sealIn(
	store: Store,
	person: string,
	state: State,
	untoldOf: (parts: readonly string[]) => ReadonlySet<string>,
	writing?: string,
): boolean {
	const all = ownParts(state.standing.person);
	if (all.length <= most.parts) return false;
	const untold = untoldOf(all.map(({ id }) => id));
	const oldest = all
		.filter((part) => mayTarget(proofOf(state, part)) && part.id !== writing && !untold.has(part.id))
		.sort((a, b) => a.facts.lastSeenAt - b.facts.lastSeenAt || (a.id < b.id ? -1 : 1))
		.slice(0, all.length - most.left);
	if (oldest.length === 0) return false;
	for (const part of oldest) store.putSealed(person, part.id, JSON.stringify(part));
	state.standing.person = seal(state.standing.person, sealOf(person), oldest);
	return true;
}

/** Opens these of what is sealed, in place, and all of it by default; says whether there was anything. */
export function openIn(store: Store, person: string, state: State, parts?: readonly string[]): boolean {
	const known = sealedIn(person, state);
	if (!known) return false;
	const sealed = store
		.sealed(person)
		.map((text): Part => JSON.parse(text))
		.filter(({ id }) => known.includes(id));
	state.standing.person = open(state.standing.person, sealOf(person), sealed, new Set(parts ?? known));
	return true;
}
