// All that a cell knows of one person, as it stands in the store and in memory.

import type { Facts } from "../domain/facts.ts";
import { emptyFacts, withoutDetails } from "../domain/facts.ts";
import { withPart } from "../domain/person.ts";
import { newcomer, type Standing } from "../domain/standing.ts";
import { limits } from "../protocol/limits.ts";

export interface State {
	standing: Standing;
	/** Who owns the person, and how often it was written: an older pair never overwrites a newer. */
	epoch: number;
	version: number;
	lastActivityAt: number;
	/** Ids of the messages that came, with their time, so that each has its effect once. */
	seen: Record<string, number>;
	/** Nothing older than this is taken in: whether it came before is no longer known. */
	seenFrom: number;
	/** Answers given to claims, newest last. */
	claims: readonly (readonly [id: string, granted: boolean])[];
	/** The revision of the rules that memberships were last decided by. */
	revision: number;
	dueAt: number | null;
	listed: Listing;
}

/** What lists were last told, in short: of the person, and of its parts. */
export interface Listing {
	readonly person: string;
	readonly parts: string;
}

const rememberedClaims = 20;

export function newState(now: number, revision: number): State {
	return {
		standing: newcomer(),
		epoch: 1,
		version: 0,
		lastActivityAt: now,
		seen: {},
		seenFrom: Number.NEGATIVE_INFINITY,
		claims: [],
		revision,
		dueAt: null,
		listed: { person: "", parts: "" },
	};
}

/** JSON has no infinities; "never" and "always" are null there. */
export function writeState(state: State): string {
	return JSON.stringify(state);
}

export function readState(text: string): State {
	const state = JSON.parse(text) as State;
	state.standing.until ??= Number.POSITIVE_INFINITY;
	state.seenFrom ??= Number.NEGATIVE_INFINITY;
	return state;
}

/** Remembers a message; false where it came before. */
export function isFirst(state: State, id: string, at: number): boolean {
	// The random half of the UUID tells messages of one browser apart, and halves what every write carries.
	const key = id.slice(19);
	if (Object.hasOwn(state.seen, key)) return false;
	state.seen[key] = at;
	if (Object.keys(state.seen).length > limits.rememberedIds) {
		const entries = Object.entries(state.seen);
		entries.sort((a, b) => a[1] - b[1]);
		const kept = entries.slice(entries.length - Math.ceil(limits.rememberedIds * 0.75));
		state.seenFrom = Math.max(
			state.seenFrom,
			...entries.slice(0, entries.length - kept.length).map(([, at]) => at),
		);
		state.seen = Object.fromEntries(kept);
	}
	return true;
}

export function rememberClaim(state: State, id: string, granted: boolean): void {
	state.claims = [...state.claims.slice(1 - rememberedClaims), [id, granted]];
}

/** Anonymous details lapse: only when and how often the browser came stays, and what it was shown. */
export function isLapsed(state: State, now: number, retentionMs: number): boolean {
	return (
		state.standing.identity === "anonymous" && hasDetails(state) && now >= state.lastActivityAt + retentionMs
	);
}

export function lapse(state: State): void {
	for (const part of Object.values(state.standing.person.parts)) {
		const facts: Facts = withoutDetails(part.facts);
		state.standing.person = withPart(state.standing.person, { ...part, version: part.version + 1, facts });
	}
	state.standing.segments = {};
	state.standing.until = Number.POSITIVE_INFINITY;
	// Message ids carry no detail, and stay for the sake of "exactly once".
}

/** A contact without a browser: known by what they told us, no longer watched. */
export function keepTheCardAlone(state: State, part: string): void {
	const { person } = state.standing;
	const known = person.parts[part];
	if (!known) return;
	const facts = { ...emptyFacts(), firstSeenAt: known.facts.firstSeenAt, attributes: known.facts.attributes };
	state.standing.person = withPart(person, { ...known, kind: "server", version: known.version + 1, facts });
	state.standing.identity = "identified";
	state.seen = {};
	state.claims = [];
}

function hasDetails(state: State): boolean {
	return Object.values(state.standing.person.parts).some(({ facts }) => facts.visits.length > 0);
}
