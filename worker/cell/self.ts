// What visitors see and decide of themselves: as much as the proof of this browser allows. What was only typed, or came
// with a link that can be forwarded, shows what this very browser did and said; a login or a confirmation shows the card.

import { handOf } from "../domain/act.ts";
import { eventNames } from "../domain/event.ts";
import type { Proof } from "../domain/proof.ts";
import { maySpeak } from "../domain/proof.ts";
import { adopt, learn } from "../domain/standing.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Snapshot } from "../protocol/site.ts";
import { type Card, cardOf } from "./card.ts";
import type { Loaded, People, Published } from "./people.ts";
import { memoryOf, proofIn, type State } from "./state.ts";

/** `part`: where this browser's history stands. */
export interface Self {
	readonly part: string;
	readonly proof: Proof | null;
	readonly isPaused: boolean;
	/** By which it is decided what this browser is shown: never to be told. */
	readonly segments: readonly string[];
	readonly card: Card;
}

/** What a visitor may put right; who they are is no matter of a form. */
export const correctable = [
	"name",
	"firstName",
	"lastName",
	"company",
	"position",
	"city",
	"postcode",
] as const;
export type Corrections = Readonly<Partial<Record<(typeof correctable)[number], string>>>;

export type Wish =
	| { readonly is: "pause" | "resume" }
	| { readonly is: "correct"; readonly corrections: Corrections };

export function selfOf({ person, part, state }: Loaded, snapshot: Snapshot, now: number): Self {
	const proof = proofIn(state, part);
	const { standing } = state;
	const own = standing.person.parts[part];
	const seen: State = maySpeak(proof)
		? state
		: { ...state, standing: { ...standing, person: { parts: own ? { [part]: own } : {} }, segments: {} } };
	const segments = Object.keys(standing.segments);
	return {
		part,
		proof,
		isPaused: isPaused(state, part),
		segments,
		card: cardOf(person, seen, snapshot, now),
	};
}

/** Nothing of a browser that is paused is taken in. */
export function isPaused(state: State, part: string): boolean {
	return memoryOf(state, part).isPaused === true;
}

export function pause({ state, part }: Loaded, isToBe: boolean): void {
	const memory = memoryOf(state, part);
	if (isToBe) memory.isPaused = true;
	else delete memory.isPaused;
}

/** In the browser's own part, where what was said last counts. No rule fires: nothing happened on a page. */
export function correct(
	loaded: Loaded,
	corrections: Corrections,
	people: People,
	published: Published,
	now: number,
): void {
	const { state, part } = loaded;
	if (state.standing.identity === "anonymous") return;
	const attributes = Object.fromEntries(
		Object.entries(corrections).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
	const event = { id: uuidv7(now), name: eventNames.detailsCorrected, at: now, props: {} };
	learn(state.standing, published.rules, { id: part, kind: "browser" }, event, { attributes });
	adopt(state.standing, published.rules, now);
	people.save(loaded, [{ event, effects: [] }], published, now);
}

/** Whether forgetting this browser is forgetting the person: nobody else ever told anything of them, or they proved it. */
export function isAllOf({ person, part, state }: Loaded): boolean {
	const proof = proofIn(state, part);
	if (proof === null || proof === "verified") return true;
	// A link can be forwarded: whoever came by it is not to forget the card.
	if (proof === "linked") return false;
	const others = Object.keys(state.standing.person.parts).filter(
		(one) => one !== part && one !== handOf(person),
	);
	return others.length === 0;
}
