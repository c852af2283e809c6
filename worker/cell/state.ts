// All that a cell knows of one person, as it stands in the store and in memory.

import { type Card, proofOf } from "../domain/card.ts";
import { type Identifier, isSame, type Owner } from "../domain/contact.ts";
import type { Facts } from "../domain/facts.ts";
import { withoutDetails } from "../domain/facts.ts";
import type { Interruption } from "../domain/interruption.ts";
import { own } from "../domain/keyed.ts";
import { withPart } from "../domain/person.ts";
import type { RowKey } from "../domain/project.ts";
import type { Proof } from "../domain/proof.ts";
import { newcomer, type Standing } from "../domain/standing.ts";
import { visitGapMs } from "../domain/visit.ts";
import { limits } from "../protocol/limits.ts";
import type { Entry } from "./collect.ts";

/** What is remembered of the messages of one browser or system. */
export interface Memory {
	/**
	 * Ids of the messages that came, so that each has its effect once. A list: as keys of an object they would make it
	 * another shape with each message, which the engine pays for with every page view.
	 */
	seen: Seen[];
	/** Nothing older than this is taken in: whether it came before is no longer known. */
	seenFrom: number;
	/** The visitor wants nothing recorded for now. */
	isPaused?: boolean;
}

/** `by`: the import that told of it, with which it goes. */
export type Known = Identifier & { readonly by?: string };

export interface State extends Memory {
	standing: Standing;
	/** Who owns the person, and how often it was written: an older pair never overwrites a newer. */
	epoch: number;
	version: number;
	lastActivityAt: number;
	/**
	 * Of a browser that was another visitor until that one was erased: when it learned so, by its own clock. What it did
	 * until then is not taken in, however late it comes.
	 */
	metAt?: number;
	/** Messages of that time that came. */
	refused?: readonly string[];
	/** Digests of forms that were submitted, and when: of the visit. */
	submissions?: readonly (readonly [digest: string, at: number])[];
	/** Answers given to claims, newest last; of what was granted, when, and to which experience. */
	claims: readonly (readonly [id: string, granted: boolean, at?: number, experience?: string])[];
	/** What page views were granted that lay over them. */
	interruptions?: readonly Interruption[];
	/** The revision of the rules that memberships were last decided by. */
	revision: number;
	dueAt: number | null;
	/** The row in D1 to which an anonymous visit adds; null before its first event, and of a contact. */
	row: OpenRow | null;
	/** By what the person is known, in the order in which that was learned. */
	identifiers?: readonly Known[];
	/** What the sender calls them who told of them with the site's public key: see directory/sources.ts. */
	source?: string;
	/** The card to which the person's browser is tied, because it typed an identifier that is the card's. */
	tiedTo?: Owner;
	/** Cards to which it was tied, which refuse what still comes of it and so know its name. */
	wasTiedTo?: readonly Owner[];
	proofs?: Card["proofs"];
	ties?: Card["ties"];
	/** Of browsers that were somebody else's before, by part: the memory travels with the browser. */
	memories?: Readonly<Record<string, Memory>>;
}

/** A browser's message; or an act by hand, with the coupon that it gave ("" where it gave none). */
export type Seen = readonly [id: string, at: number] | readonly [id: string, at: number, coupon: string];

export interface OpenRow extends RowKey {
	/** The latest instant in it. */
	lastAt: number;
	/** About how much was added to it. */
	characters: number;
}

/** A visit's next request is added to its row and writes it anew: a longer one goes on in another. */
const mostInRow = 6_144;
export const rememberedClaims = 20;
/**
 * A browser is looked at again this long after its details lapsed at the earliest, so that a visit of a few minutes is
 * forgotten at the first look. Reading refuses lapsed details from the very instant; this bounds their physical end.
 */
const lookAgainMs = 4 * 60_000;

export function newState(now: number, revision: number): State {
	return {
		standing: newcomer(),
		epoch: 1,
		version: 0,
		lastActivityAt: now,
		seen: [],
		seenFrom: Number.NEGATIVE_INFINITY,
		claims: [],
		revision,
		dueAt: null,
		row: null,
	};
}

const step = 512;

/**
 * JSON, and blanks up to the next step. A state is longer than what SQLite keeps of a row on its page: where the length
 * changes, the pages that it goes on to are freed and taken anew, and twice as many are written; where it stays, they are
 * overwritten. JSON has no infinities; "never" and "always" are null there.
 */
export function writeState(state: State): string {
	const { standing } = state;
	const rest = JSON.stringify({ ...state, standing: { ...standing, segments: undefined } });
	const text = `{"memberships":${membershipsIn(standing.segments)},${rest.slice(1)}`;
	return text.padEnd(Math.ceil(text.length / step) * step);
}

export function readState(text: string): State {
	const { memberships, ...state } = JSON.parse(text) as State & { memberships?: Memberships };
	// What was written before they stood apart has them in its standing.
	if (memberships)
		state.standing.segments = Object.fromEntries(
			Object.entries(memberships).flatMap(([at, ids]) => ids.map((id) => [id, Number(at)])),
		);
	state.standing.until ??= Number.POSITIVE_INFINITY;
	for (const memory of [state, ...Object.values(state.memories ?? {})])
		memory.seenFrom ??= Number.NEGATIVE_INFINITY;
	return state;
}

/** Ids of segments by the instant of entry: many are entered at once. */
type Memberships = Readonly<Record<string, readonly string[]>>;

/** They change with few page views, and are much of what each one writes. */
const written = new WeakMap<Standing["segments"], string>();

/** `Memberships` as JSON. */
function membershipsIn(segments: Standing["segments"]): string {
	const known = written.get(segments);
	if (known !== undefined) return known;
	const text = JSON.stringify(Object.groupBy(Object.keys(segments), (id) => segments[id] ?? 0));
	written.set(segments, text);
	return text;
}

/** How sure it is that this browser is the person's; nothing of whoever is nobody's yet. */
export function proofIn(state: State, part: string): Proof | null {
	const own = state.standing.person.parts[part];
	return state.standing.identity === "anonymous" || !own ? null : proofOf(state, own);
}

/** What goes with a browser that changes hands. */
export function copyOf({ seen, seenFrom, isPaused }: Memory): Memory {
	// What crosses to another cell as JSON has no infinities.
	const from = seenFrom ?? Number.NEGATIVE_INFINITY;
	return { seen: [...seen], seenFrom: from, ...(isPaused && { isPaused }) };
}

/** The memory that messages of a part are held against. */
export function memoryOf(state: State, part: string): Memory {
	return (state.memories && own(state.memories, part)) ?? state;
}

/** Learns by what the person is known. */
export function knowBy(state: State, identifiers: readonly Known[]): void {
	const known = state.identifiers ?? [];
	const news = identifiers.filter((one) => !known.some(isSame(one)));
	if (news.length > 0) state.identifiers = [...known, ...news];
}

/** A message as it came before; nothing where it did not. */
export function recall(memory: Memory, id: string): Seen | undefined {
	const key = keyOf(id);
	// By its place and not by taking the pair apart: every page view looks through all of them.
	return memory.seen.find((message) => message[0] === key);
}

/** An act by hand as it was done before; also to a card that was merged into this one since. */
export function recallAct(state: State, id: string): Seen | undefined {
	for (const memory of [state, ...Object.values(state.memories ?? {})]) {
		const seen = recall(memory, id);
		if (seen) return seen;
	}
	return undefined;
}

/** The random half of the UUID tells messages of one browser apart, and halves what every write carries. */
function keyOf(id: string): string {
	return id.slice(19);
}

/** Remembers a browser's message; false where it came before. */
export function isFirst(memory: Memory, id: string, at: number): boolean {
	if (recall(memory, id)) return false;
	remember(memory, [keyOf(id), at]);
	return true;
}

/** Remembers an act by hand that did not come before, as of the instant of its id. */
export function rememberAct(memory: Memory, id: string, at: number, coupon = ""): void {
	remember(memory, [keyOf(id), at, coupon]);
}

/** What the browser said: the memory that goes with it when it changes hands. */
export function saidByBrowser({ seen }: Memory): Seen[] {
	return seen.filter(({ length }) => length === 2);
}

/** Acts by hand, which are the card's. */
export function saidByHand({ seen }: Memory): Seen[] {
	return seen.filter(({ length }) => length === 3);
}

/** As if that message had never come. */
export function forgetFirst(memory: Memory, id: string): void {
	const key = keyOf(id);
	memory.seen = memory.seen.filter(([known]) => known !== key);
}

function remember(memory: Memory, message: Seen): void {
	memory.seen.push(message);
	if (memory.seen.length <= limits.rememberedIds) return;
	memory.seen.sort((a, b) => a[1] - b[1]);
	const forgotten = memory.seen.splice(0, Math.floor(limits.rememberedIds * 0.25));
	memory.seenFrom = Math.max(memory.seenFrom, ...forgotten.map(([, at]) => at));
}

/** Made in the place of a visitor who was erased. `sentAt` is by the browser's own clock. */
export function replaceErased(state: State, sentAt: number, now: number): void {
	state.metAt = sentAt;
	state.seenFrom = now + 1;
}

/**
 * Whether the browser did this while it was the visitor who was erased: by its own clock, or by ours where the request that
 * told it so had been on its way for long. It is remembered: sent again and late, it would look younger.
 */
export function isOfErased(state: State, { id, at }: { id: string; at: number }, skew: number): boolean {
	if (state.metAt === undefined) return false;
	const isOld = at <= state.metAt || at + skew < state.seenFrom;
	if (!isOld && !(state.refused ?? []).includes(keyOf(id))) return false;
	state.refused = [...(state.refused ?? []), keyOf(id)].slice(-limits.rememberedIds);
	return true;
}

/** Tied to no card any more, and remembers which one it was. */
export function untie(state: State): void {
	const { tiedTo, wasTiedTo = [] } = state;
	if (!tiedTo) return;
	const others = wasTiedTo.filter(({ person }) => person !== tiedTo.person);
	state.wasTiedTo = [...others, tiedTo];
	delete state.tiedTo;
}

/** Nothing is kept of whoever has none. */
export function setInterruptions(state: State, interruptions: readonly Interruption[]): void {
	if (interruptions.length > 0) state.interruptions = interruptions;
	else delete state.interruptions;
}

export function rememberClaim(state: State, claim: State["claims"][number]): void {
	state.claims = [...state.claims.slice(1 - rememberedClaims), claim];
}

/** The row that D1 is to add these events to; none of a contact, whose events are rows themselves. */
export function rowFor(state: State, entries: readonly Pick<Entry, "event">[]): OpenRow | undefined {
	const { identity } = state.standing;
	const [first] = entries.map(({ event }) => event);
	if (!first) return undefined;
	const { row } = state;
	const goesOn = row && first.at <= row.lastAt + visitGapMs && row.characters < mostInRow;
	const open = goesOn ? row : { at: first.at, id: first.id, lastAt: first.at, characters: 0 };
	open.lastAt = Math.max(open.lastAt, ...entries.map(({ event }) => event.at));
	state.row = identity === "anonymous" ? open : null;
	return state.row ?? undefined;
}

/** Anonymous details lapse: only when and how often the browser came stays, and what it was shown. */
export function isLapsed(state: State, now: number, retentionMs: number): boolean {
	return (
		state.standing.identity === "anonymous" && hasDetails(state) && now >= state.lastActivityAt + retentionMs
	);
}

/** Whether nothing is left of an anonymous person but what outlives their details. */
export function hasLapsed(state: State): boolean {
	return state.standing.identity === "anonymous" && !hasDetails(state);
}

/** When to look at a person again, as a lower bound: an earlier bound that is still to come is not rewritten. */
export function dueAt(state: State, retentionMs: number, now: number): number | null {
	const { standing, lastActivityAt, dueAt: known } = state;
	const lapses = standing.identity === "anonymous" && hasDetails(state);
	const next = Math.min(
		standing.until,
		lapses ? lastActivityAt + retentionMs + lookAgainMs : Number.POSITIVE_INFINITY,
	);
	if (next === Number.POSITIVE_INFINITY) return null;
	return known !== null && known > now && known < next ? known : next;
}

export function lapse(state: State): void {
	for (const part of Object.values(state.standing.person.parts)) {
		const facts: Facts = withoutDetails(part.facts);
		state.standing.person = withPart(state.standing.person, { ...part, version: part.version + 1, facts });
	}
	delete state.submissions;
	state.standing.segments = {};
	state.standing.until = Number.POSITIVE_INFINITY;
	state.row = null;
	// Message ids carry no detail, and stay for the sake of "exactly once".
}

function hasDetails(state: State): boolean {
	return Object.values(state.standing.person.parts).some(
		({ facts: { visits, orders } }) => visits.length > 0 || orders !== undefined,
	);
}
