// A part as a whole: what one that is told would do to somebody, and taking it back, as if it had never been told.

import { ownParts } from "../domain/card.ts";
import { type Change, type Outcome, outcomeOf } from "../domain/import/outcome.ts";
import { withoutPart } from "../domain/person.ts";
import { adopt, newcomer } from "../domain/standing.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Entry } from "./collect.ts";
import type { History, Loaded, People, Published } from "./people.ts";
import { receive, type Telling } from "./receive.ts";
import { forgetFirst, readState, type State, writeState } from "./state.ts";

export interface Rehearsed {
	readonly person: string;
	readonly outcome: Outcome;
	readonly changes: readonly Change[];
}

/** As `receive`, of somebody's likeness. */
export function rehearse(
	telling: Telling,
	people: Pick<People, "know">,
	published: Published,
	now: number,
): Rehearsed {
	const { person } = telling;
	const known = people.know(person, published, now);
	const likeness = known && copyOf(known);
	let after: State | undefined;
	const made: Entry[] = [];
	const likenesses = {
		know: () => likeness,
		// What is sealed is read as it is.
		open: () => {},
		save: ({ state }: Loaded, entries: readonly Entry[]) => {
			after = state;
			made.push(...entries);
		},
	};
	const nothing = () => {};
	const stage = {
		people: likenesses,
		cards: { standApart: nothing, prove: nothing },
		published,
		self: "",
		announce: nothing,
	};
	receive(telling, stage, now);
	const effects = made.flatMap((entry) => entry.effects);
	const standing = (after ?? known)?.standing ?? newcomer();
	return { person, ...outcomeOf(known?.standing, standing, effects) };
}

export interface DropCall {
	readonly site: string;
	readonly cell: string;
	readonly people: readonly Drop[];
}

export interface Drop {
	readonly person: string;
	readonly part: string;
	/** The messages by which it came (`Telling.once`): sent again, they are new. */
	readonly once: readonly string[];
	/** Segments that the person left because of it, with when they had entered. */
	readonly left: Readonly<Record<string, number>>;
}

/** `gone`: nothing else was known of them, and nothing is. */
export interface Dropped {
	readonly person: string;
	readonly is: "gone" | "left";
}

/** In the transaction of the caller. */
export function drop(
	{ person, part, once, left }: Drop,
	{
		people,
		outbox,
		published,
	}: { readonly people: People; readonly outbox: Outbox; readonly published: Published },
	now: number,
): Dropped {
	const state = people.know(person, published, now);
	if (!state) return { person, is: "gone" };
	const { standing } = state;
	people.open(person, state);
	if (!Object.hasOwn(standing.person.parts, part)) return { person, is: "left" };
	const history: History = { person, part, entries: [], forget: "part" };
	standing.person = withoutPart(standing.person, part);
	const [other] = ownParts(standing.person).map(({ id }) => id);
	if (other === undefined) {
		people.remove(person);
		outbox.replace([part], "history", JSON.stringify(history));
		return { person, is: "gone" };
	}
	for (const id of once) forgetFirst(state, id);
	if (state.identifiers) state.identifiers = state.identifiers.filter(({ by }) => by !== part);
	standing.segments = { ...left, ...standing.segments };
	adopt(standing, published.rules, now);
	people.save({ person, part: other, state }, [], published, now);
	outbox.replace([part], "history", JSON.stringify(history));
	// Where the person stands without it is another row in D1 than the part's.
	outbox.append("d1", "history", JSON.stringify({ person, part: other, entries: [] } satisfies History));
	return { person, is: "left" };
}

function copyOf(state: State): State {
	return readState(writeState(state));
}
