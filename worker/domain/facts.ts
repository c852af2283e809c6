// What events add up to, within one part. `record` folds an event in without regard to the order of arrival;
// sums over parts exist only on reading (person.ts).

import { type Attention, attend } from "./attention.ts";
import { type Event, eventNames, isLater, type Scalar } from "./event.ts";
import { own, put } from "./keyed.ts";
import type { Touch } from "./source.ts";
import { type Visit, withInstant } from "./visit.ts";
import type { Watch } from "./watch.ts";

/** A value with the event that said it, so that the latest (or the first) wins in any order of arrival. */
export interface Stamped<T> {
	readonly value: T;
	readonly at: number;
	readonly id: string;
}

export interface Environment {
	readonly browser?: string;
	readonly system?: string;
	readonly device?: string;
	readonly language?: string;
	readonly country?: string;
	readonly city?: string;
}

/** A counted mark. Instants are epoch ms. */
export interface TagMark {
	readonly count: number;
	readonly firstAt: number;
	readonly lastAt: number;
}

export interface Facts {
	/** `neverFirst` and `neverLast` in a part that saw nothing yet: acts by hand, an import of tags. */
	firstSeenAt: number;
	lastSeenAt: number;
	/** The latest visits as intervals, oldest first, and how many older ones were sealed off. */
	visits: readonly Visit[];
	sealedVisits: number;
	environment?: Stamped<Environment>;
	firstTouch?: Stamped<Touch>;
	lastTouch?: Stamped<Touch>;
	attributes: Record<string, Stamped<Scalar>>;
	/** Of each watched match, by its key, the latest instants that a published threshold can need, latest first. */
	counters: Record<string, readonly number[]>;
	tags: Record<string, TagMark>;
	score: number;
	/** When each rule first fired, for those that fire once. */
	fired: Record<string, number>;
	/** What was shown, by experience. Outlives the details. */
	attention: Record<string, Attention>;
}

/** What arrives together with an event and is no property of it. */
export interface Circumstances {
	readonly environment?: Environment;
	readonly touch?: Touch;
	readonly attributes?: Readonly<Record<string, Scalar>>;
}

/** Neutral to min and max; finite, because JSON turns an infinity into null, and null into the year 1970. */
export const neverFirst = Number.MAX_SAFE_INTEGER;
export const neverLast = Number.MIN_SAFE_INTEGER;

export function emptyFacts(): Facts {
	return {
		firstSeenAt: neverFirst,
		lastSeenAt: neverLast,
		visits: [],
		sealedVisits: 0,
		attributes: {},
		counters: {},
		tags: {},
		score: 0,
		fired: {},
		attention: {},
	};
}

/**
 * Folds one event into the facts of its part, in place. Any permutation of the same events gives the same facts.
 * Not idempotent: an event is recorded once (the cell remembers message ids).
 */
export function record(facts: Facts, event: Event, watch: Watch, circumstances: Circumstances = {}): void {
	if (event.name === eventNames.tagAdded) addTag(facts, String(event.props.tag), event.at);
	else if (event.name === eventNames.pointsEarned) facts.score += Number(event.props.points);
	else if (event.cause === undefined) see(facts, event, circumstances);
	if (event.cause)
		facts.fired[event.cause.rule] = Math.min(event.at, facts.fired[event.cause.rule] ?? event.at);
	attend(facts.attention, event);
	for (const match of watch.matching(event)) {
		facts.counters[match.key] = withLatest(facts.counters[match.key], event.at, match.keep);
	}
}

function see(facts: Facts, event: Event, { environment, touch, attributes }: Circumstances): void {
	facts.firstSeenAt = Math.min(facts.firstSeenAt, event.at);
	facts.lastSeenAt = Math.max(facts.lastSeenAt, event.at);
	const visits = withInstant(facts.visits, event.at);
	facts.visits = visits.open;
	facts.sealedVisits += visits.sealed;
	const stamp = { at: event.at, id: event.id };
	if (environment && (!facts.environment || isLater(stamp, facts.environment)))
		facts.environment = { value: environment, ...stamp };
	if (touch) {
		if (!facts.firstTouch || isLater(facts.firstTouch, stamp)) facts.firstTouch = { value: touch, ...stamp };
		if (!facts.lastTouch || isLater(stamp, facts.lastTouch)) facts.lastTouch = { value: touch, ...stamp };
	}
	for (const [name, value] of Object.entries(attributes ?? {})) {
		const known = own(facts.attributes, name);
		if (!known || isLater(stamp, known)) put(facts.attributes, name, { value, ...stamp });
	}
}

function addTag(facts: Facts, tag: string, at: number): void {
	const mark = own(facts.tags, tag) ?? { count: 0, firstAt: at, lastAt: at };
	put(facts.tags, tag, {
		count: mark.count + 1,
		firstAt: Math.min(mark.firstAt, at),
		lastAt: Math.max(mark.lastAt, at),
	});
}

/** The instants with one more, latest first, cut to `keep`. */
function withLatest(instants: readonly number[] = [], at: number, keep: number): readonly number[] {
	let place = instants.length;
	while (place > 0 && (instants[place - 1] ?? 0) < at) place--;
	if (place >= keep) return instants;
	return [...instants.slice(0, place), at, ...instants.slice(place, keep - 1)];
}

/**
 * What stays of an anonymous browser when the details' time is over: when it was first seen, how many visits it made,
 * and what it was shown, so that nothing it closed comes back.
 * Everything that tells what it looked at or where it came from is gone.
 */
export function withoutDetails(facts: Facts): Facts {
	return {
		...emptyFacts(),
		firstSeenAt: facts.firstSeenAt,
		lastSeenAt: facts.lastSeenAt,
		sealedVisits: facts.sealedVisits + facts.visits.length,
		attention: facts.attention,
	};
}
