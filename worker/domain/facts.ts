// What events add up to, within one part. `record` folds an event in without regard to the order of arrival;
// sums over parts exist only on reading (person.ts).

import { type Attention, attend } from "./attention.ts";
import { type Event, eventNames, isLater, type Scalar } from "./event.ts";
import type { Place } from "./geography/place.ts";
import { own } from "./keyed.ts";
import type { Touch } from "./source.ts";
import { type Visit, withInstant } from "./visit.ts";
import type { Watch, Watched } from "./watch.ts";

/** A value with the event that said it, so that the latest (or the first) wins in any order of arrival. */
export interface Stamped<T> {
	readonly value: T;
	readonly at: number;
	readonly id: string;
}

/** With every page view. Each member is a row's bytes: what is not known is absent. */
export interface Environment extends Place {
	readonly browser?: string;
	/** Major. */
	readonly version?: number;
	readonly system?: string;
	/** As people say it: `11`, `10.13`. Absent where browsers freeze it. */
	readonly systemVersion?: string;
	readonly device?: "phone" | "tablet" | "desktop" | "tv";
	readonly language?: string;
	/** IANA. */
	readonly timeZone?: string;
}

/** A counted mark. Instants are epoch ms. */
export interface TagMark {
	count: number;
	firstAt: number;
	lastAt: number;
}

/**
 * Plain data, written by `record` alone, and in a way that lets an evaluation hold on to what it looked up (reading.ts):
 * `counters` and `tags` become other records when they get a new key, while what a known key has changes in place;
 * attributes, environment and touches become other objects and never change.
 */
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
	attributes: Readonly<Record<string, Stamped<Scalar>>>;
	/** Of each watched match, by its key, the latest instants that a published threshold can need, latest first. */
	counters: Readonly<Record<string, number[]>>;
	tags: Readonly<Record<string, TagMark>>;
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
	count(facts, watch.matching(event), event.at);
}

function count(facts: Facts, counters: readonly Watched[], at: number): void {
	const fresh: (readonly [key: string, instants: number[]])[] = [];
	for (const { key, keep } of counters) {
		const instants = facts.counters[key];
		if (instants) keepLatest(instants, at, keep);
		else fresh.push([key, [at]]);
	}
	if (fresh.length > 0) facts.counters = { ...facts.counters, ...Object.fromEntries(fresh) };
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
		if (!known || isLater(stamp, known))
			facts.attributes = { ...facts.attributes, [name]: { value, ...stamp } };
	}
}

function addTag(facts: Facts, tag: string, at: number): void {
	const mark = own(facts.tags, tag);
	if (!mark) {
		facts.tags = { ...facts.tags, [tag]: { count: 1, firstAt: at, lastAt: at } };
		return;
	}
	mark.count++;
	mark.firstAt = Math.min(mark.firstAt, at);
	mark.lastAt = Math.max(mark.lastAt, at);
}

/** Puts one more among the instants, latest first; where there are `keep` already, the oldest of all gives way. */
function keepLatest(instants: number[], at: number, keep: number): void {
	if (instants.length > keep) instants.length = keep;
	if (instants.length < keep) instants.push(at);
	else if ((instants.at(-1) ?? at) >= at) return;
	let place = instants.length - 1;
	for (; place > 0 && (instants[place - 1] ?? 0) < at; place--) instants[place] = instants[place - 1] ?? 0;
	instants[place] = at;
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
