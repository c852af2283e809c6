// Of whoever has very many parts, the oldest are sealed: browsers that were seen longest ago, and what imports and acts on
// many people left. The sum of each kind stays in the state, which each page view reads and writes, and the parts
// themselves stand in rows of their own, as they were. All that happens to a part opens it: its browser comes back, it is
// forgotten or taken back, its card is merged or parted again, a publication counts the past anew. So nothing is lost,
// nothing answers otherwise, and whatever can be done to a part can be done to a sealed one. D1 knows of no seal: its rows
// are those of the parts.
//
// In the store, the state and its rows agree after every write. In memory more may be open than in the store, where both
// say the same.

import { handOf } from "../domain/act.ts";
import { ownParts, proofOf } from "../domain/card.ts";
import { own } from "../domain/keyed.ts";
import { open, type Part, type PartKind, seal } from "../domain/person.ts";
import { mayTarget } from "../domain/proof.ts";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";

/** More parts than these, and the oldest are sealed until so many parts are open. */
const most = { parts: 32, left: 16 } as const;

/** What a server tells is one part, and proves whose it is: that stays open. */
const kinds = ["browser", "import", "hand"] as const satisfies readonly PartKind[];

function sealOf(kind: PartKind, person: string): string {
	return kind === "browser" ? `seal.${person}` : `seal.${kind}.${person}`;
}

/** The parts of the person that are sealed, if any are. */
export function sealedIn(person: string, { standing }: State): readonly string[] | undefined {
	const sealed = kinds.flatMap((kind) => own(standing.person.parts, sealOf(kind, person))?.seals ?? []);
	return sealed.length > 0 ? sealed : undefined;
}

/**
 * Seals the oldest parts where there are too many, in place, but for `writing` and that of acts by hand; says whether it
 * did. What merely typed stays open: it is to be kept apart from what others bring. So does what D1 has not heard of yet:
 * that is told out of the state.
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
	const staying = [writing, handOf(person)];
	const mayRest = (part: Part) =>
		part.kind === "browser" ? mayTarget(proofOf(state, part)) : part.kind !== "server";
	const oldest = all
		.filter((part) => mayRest(part) && !staying.includes(part.id) && !untold.has(part.id))
		.sort((a, b) => a.facts.lastSeenAt - b.facts.lastSeenAt || (a.id < b.id ? -1 : 1))
		.slice(0, all.length - most.left);
	for (const part of oldest) store.putSealed(person, part.id, JSON.stringify(part));
	for (const [kind, parts] of Map.groupBy(oldest, (part) => part.kind))
		state.standing.person = seal(state.standing.person, sealOf(kind, person), parts);
	return oldest.length > 0;
}

/** Opens these of what is sealed, in place, and all of it by default; says whether there was anything. */
export function openIn(store: Store, person: string, state: State, parts?: readonly string[]): boolean {
	const known = sealedIn(person, state);
	if (!known) return false;
	const sealed = store.sealed(person).map((text): Part => JSON.parse(text));
	for (const kind of kinds) {
		const id = sealOf(kind, person);
		const those = own(state.standing.person.parts, id)?.seals;
		if (!those) continue;
		const its = sealed.filter((part) => those.includes(part.id));
		state.standing.person = open(state.standing.person, id, its, new Set(parts ?? known));
	}
	return true;
}
