// What events add up to, within one part. `record` folds an event in without regard to the order of arrival;
// sums over parts exist only on reading (person.ts).

import { type Interests, recordInterest } from "./affinity.ts";
import { type Attention, attend } from "./attention.ts";
import { attributesOf, cardEvents } from "./attributes.ts";
import { type Cart, cartUpdated, recordCart } from "./cart.ts";
import { type Consents, consentEvents, recordConsent } from "./consent.ts";
import { count, type DaySums, rethin, type Values } from "./counters.ts";
import { type Event, eventNames, isLater, productNews, type Value } from "./event.ts";
import type { Place } from "./geography/place.ts";
import { type Givens, recordGiven } from "./given.ts";
import { own } from "./keyed.ts";
import { type Lists, listEvents, recordList } from "./list.ts";
import { type Orders, orderEvents, recordOrder } from "./order.ts";
import type { PartKind } from "./person.ts";
import { countDay, type DayCount, type Outstanding, recordJoining, recordPoints } from "./points.ts";
import { recordSoFar, type SoFar } from "./so-far.ts";
import type { Touch } from "./source.ts";
import { isExpiry, recordTag } from "./tag.ts";
import { type Visit, withInstant } from "./visit.ts";
import type { Watch } from "./watch.ts";

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

/**
 * A counted mark. `count` is additions less removals. It is below 0 where a part was told of a removal before the
 * additions, or knows of the removal alone, and then reads as 0: the tag is not there. Instants are of additions, epoch
 * ms (`neverFirst` and `neverLast` where there was none).
 */
export interface TagMark {
	count: number;
	firstAt: number;
	lastAt: number;
	/** Rules that made it out of a property, in order: what tells which of them it expires by. */
	by?: readonly string[];
}

/** Of one programme: all that was ever earned, and all that was spent, expired or faded. */
export interface Points {
	earned: number;
	spent: number;
	/** When the person became a member, epoch ms. */
	joinedAt?: number;
	/** When points were first and last earned. */
	firstAt?: number;
	lastAt?: number;
	/** When the balance last faded. */
	fadedAt?: number;
	/** All points that ever fell due, whether they were still there or spent already. */
	fallen?: number;
}

/**
 * Plain data, written by `record` alone, and in a way that lets an evaluation hold on to what it looked up (reading.ts):
 * `counters`, `values`, `sums` and `tags` become other records when they get a new key, while what a known key has
 * changes in place; attributes, environment, touches, orders, the cart, interests, lists and consents become other objects and never change.
 * What most people never have is absent until they have it.
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
	attributes: Readonly<Record<string, Stamped<Value>>>;
	/** When it was first said who the person is, however often it is said again. Read part by part. */
	knownAt?: number;
	/** Of what is watched, by its key (watch.ts), the instants that a published condition can need, latest first. */
	counters: Readonly<Record<string, number[]>>;
	/** Of a property of what is watched, the values and when each came last. */
	values?: Readonly<Record<string, Values>>;
	sums?: Readonly<Record<string, DaySums>>;
	tags: Readonly<Record<string, TagMark>>;
	score: number;
	/** By programme. */
	points?: Readonly<Record<string, Points>>;
	/** Points that are to expire, by programme (`ownScore` for none), the soonest first. */
	expiring?: Readonly<Record<string, readonly Outstanding[]>>;
	/** How often rules with a limit for each day fired, by rule, the latest day first. */
	daily?: Readonly<Record<string, readonly DayCount[]>>;
	orders?: Orders;
	cart?: Cart;
	interests?: Interests;
	/** Static lists that people put the person on or took them off. */
	lists?: Lists;
	consents?: Consents;
	/** When each rule first fired, for those that fire once. That what it made expired is no firing; segments do not fire. */
	fired: Record<string, number>;
	/** Of the visit so far, where something published waits for it. Read part by part. */
	soFar?: SoFar;
	/** What was shown, by experience. Outlives the details. */
	attention: Record<string, Attention>;
	/** What was given with it. Outlives them too. */
	given?: Givens;
}

/** What arrives together with an event and is no property of it. */
export interface Circumstances {
	readonly environment?: Environment;
	readonly touch?: Touch;
	readonly attributes?: Readonly<Record<string, Value>>;
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
 * Not idempotent: an event is recorded once (the cell remembers message ids). `kind` is the part's.
 */
export function record(
	facts: Facts,
	event: Event,
	watch: Watch,
	circumstances: Circumstances = {},
	kind: PartKind = "browser",
): void {
	const isTold = kind !== "browser" && ordered.has(event.name);
	const isSeen = event.cause === undefined && !untimely.has(event.name) && !isTold;
	if (isSeen) see(facts, event, watch, circumstances);
	else if (isTold) learn(facts, event, circumstances.attributes ?? {});
	else if (event.name === eventNames.tagAdded || event.name === eventNames.tagRemoved)
		recordTag(facts, event);
	else if (event.name === eventNames.programmeJoined) recordJoining(facts, event);
	else if (cardEvents.has(event.name)) learn(facts, event, attributesOf(event));
	else if (event.name === eventNames.contactImported) learn(facts, event, circumstances.attributes ?? {});
	else if (untimely.has(event.name)) recordPoints(facts, event);
	if (event.cause && !isExpiry(event) && !ruleless.has(event.name)) {
		const { rule } = event.cause;
		facts.fired[rule] = Math.min(event.at, facts.fired[rule] ?? event.at);
		// What a firing was worth may be put right: it is still that one.
		if (watch.daily?.has(rule) && event.props.corrects !== true) countDay(facts, rule, event.at);
	}
	if (orderEvents.has(event.name)) facts.orders = recordOrder(facts.orders ?? {}, event);
	else if (event.name === cartUpdated) {
		const cart = recordCart(facts.cart, event);
		if (cart) facts.cart = cart;
	} else if (listEvents.has(event.name)) facts.lists = recordList(facts.lists ?? {}, event);
	else if (consentEvents.has(event.name)) facts.consents = recordConsent(facts.consents ?? {}, event);
	const interests = recordInterest(facts.interests, event);
	if (interests) facts.interests = interests;
	const soFar = watch.signals && recordSoFar(facts.soFar, event, watch.signals);
	if (soFar) facts.soFar = soFar;
	attend(facts.attention, event);
	const given = recordGiven(facts.given, event);
	if (given) facts.given = given;
	count(facts, watch.matching(event), event, isSeen);
}

/**
 * What may be done while the person is away: no sign of life, and part of no visit. Neither is an order of which another
 * than a browser tells.
 */
export const untimely: ReadonlySet<string> = new Set([
	eventNames.tagAdded,
	eventNames.tagRemoved,
	eventNames.programmeJoined,
	eventNames.pointsEarned,
	eventNames.pointsSpent,
	eventNames.pointsExpired,
	eventNames.contactImported,
	...listEvents,
	...consentEvents,
	...cardEvents,
]);

/** No sign of life where another than a browser tells of them. */
export const ordered: ReadonlySet<string> = new Set([...orderEvents, ...Object.values(productNews)]);

/** Their cause is a segment or an experience, which never fires. */
const ruleless: ReadonlySet<string> = new Set([
	eventNames.segmentEntered,
	eventNames.segmentExited,
	eventNames.experienceConverted,
]);

/** Whether recording it may change more of a person than counters and when they were seen. */
export function isTelling({ name }: Event): boolean {
	return (
		untimely.has(name) || orderEvents.has(name) || name === cartUpdated || name === eventNames.pageViewed
	);
}

function see(facts: Facts, event: Event, watch: Watch, circumstances: Circumstances): void {
	const { environment, touch, attributes } = circumstances;
	facts.firstSeenAt = Math.min(facts.firstSeenAt, event.at);
	facts.lastSeenAt = Math.max(facts.lastSeenAt, event.at);
	const visits = withInstant(facts.visits, event.at, event.name === eventNames.pageViewed ? 1 : 0);
	const areMerged = visits.open.length + visits.sealed < facts.visits.length;
	facts.visits = visits.open;
	if (areMerged) rethin(facts, watch.byVisit);
	facts.sealedVisits += visits.sealed;
	const stamp = { at: event.at, id: event.id };
	if (environment && (!facts.environment || isLater(stamp, facts.environment)))
		facts.environment = { value: environment, ...stamp };
	if (touch) {
		if (!facts.firstTouch || isLater(facts.firstTouch, stamp)) facts.firstTouch = { value: touch, ...stamp };
		if (!facts.lastTouch || isLater(stamp, facts.lastTouch)) facts.lastTouch = { value: touch, ...stamp };
	}
	if (attributes) learn(facts, event, attributes);
}

/** By any of these a person is a contact. */
export const naming: ReadonlySet<string> = new Set(["email", "phone", "userId"]);

/** Keeps what an event says of the person, where nothing later said otherwise. */
function learn(facts: Facts, { at, id }: Event, attributes: Readonly<Record<string, Value>>): void {
	for (const [name, value] of Object.entries(attributes)) {
		if (naming.has(name)) facts.knownAt = Math.min(at, facts.knownAt ?? at);
		const known = own(facts.attributes, name);
		if (!known || isLater({ at, id }, known))
			facts.attributes = { ...facts.attributes, [name]: { value, at, id } };
	}
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
		...(facts.given && { given: facts.given }),
	};
}
