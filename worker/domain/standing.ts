// Where a person stands: their facts, the segments they are in, and until when time leaves that alone.
// Events and time move it; rules react to both. What they add are events themselves, with their cause.

import { isDrawing } from "./affinity.ts";
import { boughtBy } from "./bought.ts";
import { withoutCopies } from "./card.ts";
import { creditOf } from "./credit.ts";
import { derived, effectOf, hasFired, type Occasion } from "./effect.ts";
import { clock, type Event, eventNames, type Properties } from "./event.ts";
import { type Circumstances, emptyFacts, isTelling, record } from "./facts.ts";
import { visitsOf } from "./fields.ts";
import { interestEffects, interestsUntil } from "./interested.ts";
import { own } from "./keyed.ts";
import { nextLapse } from "./lapse.ts";
import { idOf, type Orders, orderNames } from "./order.ts";
import { nobody, type Part, type PartKind, type Person, read, withPart } from "./person.ts";
import { evaluate, type Verdicts } from "./predicate.ts";
import type { Rules } from "./rules.ts";
import type { Identity } from "./subject.ts";

export interface Standing {
	person: Person;
	identity: Identity;
	/** Segments the person is in, with the instant of entry. Another object as soon as they are not the same any more. */
	segments: Readonly<Record<string, number>>;
	/** From this instant on time alone may change a segment, fire a trait rule, or take away a tag or points. */
	until: number;
}

export const newcomer = (): Standing => ({
	person: nobody,
	identity: "anonymous",
	segments: {},
	until: Number.POSITIVE_INFINITY,
});

/** How many events one event may set off, one after the other. */
const chainLimit = 4;
/** How many instants one move of time may stop at. A person stays due for the rest. */
const stepLimit = 100;

/**
 * Records an event in its part and lets the rules react, in place. A rule runs at most once for an event.
 * Answers with what the rules added, in order; each is recorded already.
 * `now` is when it arrived: a late event counts at its own time, and membership is decided as of now. Time has been let
 * pass up to then (`pass`): what a late event makes lapse has to wait for the next time.
 */
export function arrive(
	standing: Standing,
	rules: Rules,
	part: { readonly id: string; readonly kind: PartKind },
	event: Event,
	circumstances: Circumstances,
	now: number,
): readonly Event[] {
	const into = partOf(standing, part);
	const visits = visitsOf(into.facts);
	const orders = event.name === orderNames.completed ? read(standing.person).orders : undefined;
	record(into.facts, event, rules.watch, circumstances, into.kind);
	// Such as the leaving of a page: with nothing to read that was not read before, every answer stays.
	if (visits === visitsOf(into.facts) && isUnread(event, rules, circumstances)) return [];
	const isOrder = event.name === orderNames.completed;
	const bought = isOrder ? newlyBought(standing.person, event, orders) : [];
	const owed = isOrder ? owedTo(standing.person, event, orders) : [];
	for (const one of owed) record(into.facts, one, rules.watch);
	const wave = [event, ...bought, ...owed];
	return [...owed, ...spread(standing, rules, into, wave, { event: event.id, at: event.at }, now)];
}

/** Records an event in its part without any rule firing, in place. Memberships are decided anew by `adopt`. */
export function learn(
	standing: Standing,
	rules: Rules,
	part: { readonly id: string; readonly kind: PartKind },
	event: Event,
	circumstances: Circumstances,
): void {
	record(partOf(standing, part).facts, event, rules.watch, circumstances, part.kind);
}

/** That an experience led to an order, where nobody has told of that order before. */
function owedTo(person: Person, event: Event, before: Orders = {}): readonly Event[] {
	const id = idOf(own(event.props, "order_id"));
	if (id === undefined || own(before, id)?.completion?.firstAt !== undefined) return [];
	const { orders = {}, attention } = read(person);
	const order = own(orders, id);
	const main = order && creditOf(id, order, attention)?.main;
	if (!main) return [];
	const { experience, revision, variant, by } = main;
	const props = { experience, revision, ...(variant && { variant }), order_id: id, by };
	return [derived(eventNames.experienceConverted, props, experience, { event: event.id, at: event.at })];
}

/** What was bought with an order that nobody listed before: told again, it sets off nothing. */
function newlyBought(person: Person, event: Event, before: Orders = {}): readonly Event[] {
	return boughtBy(event, before).length > 0 ? [] : boughtBy(event, read(person).orders ?? {});
}

/**
 * Lets time pass up to `now`, in place: stops at every instant at which it may change something, and answers with what
 * changed, each bearing the instant at which it came to be, and with what rules made of that.
 */
export function pass(standing: Standing, rules: Rules, partId: string, now: number): readonly Event[] {
	const added: Event[] = [];
	for (let step = 0; step < stepLimit && standing.until <= now; step++) {
		const at = standing.until;
		const part = standing.person.parts[partId];
		if (!part) return added;
		const gone = lapse(standing, rules, part, at);
		const effects = [...gone, ...spread(standing, rules, part, gone, { event: clock, at }, at)];
		// A write like any other: without a version of its own it would lose to what is known elsewhere.
		if (effects.length > 0)
			standing.person = withPart(standing.person, { ...part, version: part.version + 1 });
		added.push(...effects);
	}
	return added;
}

/** Brings memberships up to a new set of rules, without firing any rule: a publication is not something people did. */
export function adopt(standing: Standing, rules: Rules, now: number): void {
	const verdicts = judge(standing, rules, now);
	const segments: Record<string, number> = {};
	for (const place of verdicts.holding(rules.segmentAt.length)) {
		const id = rules.segmentAt[place] ?? "";
		segments[id] = standing.segments[id] ?? now;
	}
	standing.segments = segments;
	standing.until = Math.max(rest(standing, rules, verdicts, now), now);
}

export function judge(standing: Standing, rules: Rules, now: number): Verdicts {
	return evaluate(rules.program, { facts: read(standing.person), identity: standing.identity }, now);
}

/** Whether no condition reads what the event brought, and no rule waits for it. */
function isUnread(
	event: Event,
	rules: Rules,
	{ environment, touch, attributes = {} }: Circumstances,
): boolean {
	if (environment || touch || Object.keys(attributes).length > 0) return false;
	if ((rules.asksWhenSeen && !event.cause) || isTelling(event)) return false;
	if (rules.asksInterests && isDrawing(event)) return false;
	return rules.watch.matching(event).length === 0 && rules.onEvent.of(event).length === 0;
}

function partOf(standing: Standing, { id, kind }: { readonly id: string; readonly kind: PartKind }): Part {
	const known = standing.person.parts[id];
	const part: Part = known
		? { ...known, version: known.version + 1 }
		: { id, kind, version: 1, facts: emptyFacts() };
	standing.person = withPart(standing.person, part);
	return part;
}

/**
 * Lets rules react to events that are recorded, and to what they add, wave by wave. Each effect is recorded as soon as it
 * is decided, so that two rules neither take off the same tag nor spend the same points; conditions are asked once for
 * each wave that any of them reads, as of `now`.
 */
function spread(
	standing: Standing,
	rules: Rules,
	part: Part,
	first: readonly Event[],
	cause: Cause,
	now: number,
): readonly Event[] {
	const added: Event[] = [];
	let wave = first;
	for (let depth = 0; ; depth++) {
		const verdicts = judge(standing, rules, now);
		const effects: Event[] = [];
		if (depth < chainLimit) {
			const keep = (effect: Event | undefined): void => {
				if (!effect) return;
				record(part.facts, effect, rules.watch);
				effects.push(effect);
			};
			for (const one of wave) react(standing, rules, part, verdicts, one, keep);
			settle(standing, rules, part, verdicts, cause, now, keep);
		}
		added.push(...effects);
		if (effects.every((one) => isUnread(one, rules, {}))) {
			// What is due already, because it came late, has to wait: time stops after memberships were decided, never before.
			standing.until = Math.max(rest(standing, rules, verdicts, now), now + 1);
			return added;
		}
		wave = effects;
	}
}

type Cause = Pick<Occasion, "event" | "at">;
type Keep = (effect: Event | undefined) => void;

function react(
	{ person }: Standing,
	rules: Rules,
	part: Part,
	verdicts: Verdicts,
	event: Event,
	keep: Keep,
): void {
	for (const { rule, at } of rules.onEvent.of(event)) {
		if (at !== undefined && !verdicts.is(at)) continue;
		keep(
			effectOf(rule, { event: event.id, at: event.at, props: event.props }, person, part, rules.programmes),
		);
	}
}

/** Trait rules that became due, tags for interests, and segments that changed: their instant of entry is `since`. */
function settle(
	standing: Standing,
	rules: Rules,
	part: Part,
	verdicts: Verdicts,
	cause: Cause,
	since: number,
	keep: Keep,
): void {
	const { person, segments } = standing;
	for (const { rule, at } of rules.traits) {
		if (verdicts.is(at) && (rule.kind === "join" || !hasFired(person, rule.id)))
			keep(effectOf(rule, { ...cause, props: noProperties }, person, part, rules.programmes));
	}
	for (const effect of interestEffects(rules.interestTags, person, part, cause, since)) keep(effect);
	const places = changed(segments, rules, verdicts);
	if (places.length === 0) return;
	const left = { ...segments };
	for (const place of places) {
		const id = rules.segmentAt[place] ?? "";
		const wasIn = Object.hasOwn(segments, id);
		if (wasIn) delete left[id];
		else left[id] = since;
		const name = wasIn ? eventNames.segmentExited : eventNames.segmentEntered;
		keep(derived(name, { segment: id }, id, cause));
	}
	// An object from which something was deleted is written as JSON at half the speed, from then on.
	standing.segments = { ...left };
}

const noProperties: Properties = {};

/** The places of the segments that are to be left or entered, in their order. */
function changed(
	segments: Standing["segments"],
	{ segments: placeOf, segmentAt }: Rules,
	verdicts: Verdicts,
): readonly number[] {
	const held = verdicts.holding(segmentAt.length);
	const places = held.filter((place) => !Object.hasOwn(segments, segmentAt[place] ?? ""));
	const members = Object.keys(segments);
	// As most often: all that hold are among as many members, and so there is no other.
	if (places.length === 0 && members.length === held.length) return places;
	for (const id of members) {
		const place = placeOf.get(id);
		if (place !== undefined && !verdicts.is(place)) places.push(place);
	}
	return places.sort((a, b) => a - b);
}

/** Takes away what is due by `now`, the longest due first, and answers with the entries; each is recorded already. */
function lapse(standing: Standing, rules: Rules, part: Part, now: number): readonly Event[] {
	const gone: Event[] = [];
	while (gone.length < stepLimit) {
		const next = nextLapse(withoutCopies(standing.person), rules.lapsing);
		if (!next || next.at > now) break;
		// What came late may make the same tag lapse at the same instant again: when that was seen tells the two apart.
		const entry = next.at === now ? next : { ...next, id: `${next.id}/${now}` };
		record(part.facts, entry, rules.watch);
		gone.push(entry);
	}
	return gone;
}

/** The earliest instant at which time alone may change what the rules made of the person. */
function rest({ person }: Standing, rules: Rules, verdicts: Verdicts, now: number): number {
	const lapses = nextLapse(withoutCopies(person), rules.lapsing)?.at ?? Number.POSITIVE_INFINITY;
	return Math.min(lapses, interestsUntil(rules.interestTags, person, now), verdicts.soonest(rules.timed));
}
