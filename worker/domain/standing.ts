// Where a person stands: their facts, the segments they are in, and until when time leaves that alone.
// Events and time move it; rules react to both. What they add are events themselves, with their cause.

import { type Event, eventNames, type Properties } from "./event.ts";
import { type Circumstances, emptyFacts, record } from "./facts.ts";
import { visitsOf } from "./fields.ts";
import { nobody, type Part, type PartKind, type Person, read, withPart } from "./person.ts";
import { evaluate, type Verdicts } from "./predicate.ts";
import type { PlacedRule, Rules } from "./rules.ts";
import type { Identity } from "./subject.ts";

export interface Standing {
	person: Person;
	identity: Identity;
	/** Segments the person is in, with the instant of entry. */
	segments: Record<string, number>;
	/** From this instant on time alone may change a segment or fire a trait rule. */
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
export const clock = "clock";

/**
 * Records an event in its part and lets the rules react, in place. A rule runs at most once for an event.
 * Answers with what the rules added, in order; each is recorded already.
 * `now` is when it arrived: a late event counts at its own time, and membership is decided as of now.
 */
export function arrive(
	standing: Standing,
	rules: Rules,
	part: { readonly id: string; readonly kind: PartKind },
	event: Event,
	circumstances: Circumstances,
	now: number,
): readonly Event[] {
	const added: Event[] = [];
	const facts = partOf(standing, part).facts;
	const visits = visitsOf(facts);
	record(facts, event, rules.watch, circumstances);
	// Such as the leaving of a page: with nothing to read that was not read before, every answer stays.
	if (visits === visitsOf(facts) && isUnread(event, rules, circumstances)) return added;
	let wave: readonly Event[] = [event];
	for (let depth = 0; ; depth++) {
		const verdicts = judge(standing, rules, now);
		const effects =
			depth === chainLimit
				? []
				: [
						...wave.flatMap((one) => react(one, rules, verdicts, facts.fired)),
						...settle(standing, rules, verdicts, { event: event.id, at: event.at, since: now }),
					];
		if (effects.length === 0) {
			standing.until = rest(verdicts, rules);
			return added;
		}
		for (const effect of effects) record(facts, effect, rules.watch);
		added.push(...effects);
		wave = effects;
	}
}

/**
 * Lets time pass up to `now`, in place: stops at every instant at which it may change something, and answers with what
 * changed, each bearing the instant at which it came to be.
 */
export function pass(standing: Standing, rules: Rules, partId: string, now: number): readonly Event[] {
	const added: Event[] = [];
	for (let step = 0; step < stepLimit && standing.until <= now; step++) {
		const at = standing.until;
		const part = standing.person.parts[partId];
		if (!part) return added;
		const effects = settle(standing, rules, judge(standing, rules, at), { event: clock, at, since: at });
		for (const effect of effects) record(part.facts, effect, rules.watch);
		// A write like any other: without a version of its own it would lose to what is known elsewhere.
		if (effects.length > 0)
			standing.person = withPart(standing.person, { ...part, version: part.version + 1 });
		added.push(...effects);
		standing.until = rest(judge(standing, rules, at), rules);
	}
	return added;
}

/** Brings memberships up to a new set of rules, without firing any rule: a publication is not something people did. */
export function adopt(standing: Standing, rules: Rules, now: number): void {
	const verdicts = judge(standing, rules, now);
	const segments: Record<string, number> = {};
	for (const [id, place] of rules.segments) {
		if (verdicts.is(place)) segments[id] = standing.segments[id] ?? now;
	}
	standing.segments = segments;
	standing.until = rest(verdicts, rules);
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

function react(event: Event, rules: Rules, verdicts: Verdicts, fired: Record<string, number>): Event[] {
	return rules.onEvent.of(event).flatMap(({ rule, at }) => {
		if (rule.kind === "score" && rule.once && Object.hasOwn(fired, rule.id)) return [];
		return at === undefined || verdicts.is(at) ? [effectOf(rule, event.id, event.at)] : [];
	});
}

/** Trait rules that became due, and segments that changed: their instant of entry is `since`. */
function settle(
	standing: Standing,
	rules: Rules,
	verdicts: Verdicts,
	cause: { readonly event: string; readonly at: number; readonly since: number },
): Event[] {
	const effects: Event[] = [];
	const fired = read(standing.person).fired;
	for (const { rule, at } of rules.traits) {
		if (verdicts.is(at) && !Object.hasOwn(fired, rule.id))
			effects.push(effectOf(rule, cause.event, cause.at));
	}
	for (const [id, place] of rules.segments) {
		const wasIn = Object.hasOwn(standing.segments, id);
		if (verdicts.is(place) === wasIn) continue;
		if (wasIn) delete standing.segments[id];
		else standing.segments[id] = cause.since;
		const name = wasIn ? eventNames.segmentExited : eventNames.segmentEntered;
		effects.push(derived(name, { segment: id }, id, cause.event, cause.at));
	}
	return effects;
}

function effectOf(rule: PlacedRule["rule"], event: string, at: number): Event {
	return rule.kind === "tag"
		? derived(eventNames.tagAdded, { tag: rule.tag }, rule.id, event, at)
		: derived(eventNames.pointsEarned, { points: rule.points }, rule.id, event, at);
}

function derived(name: string, props: Properties, rule: string, event: string, at: number): Event {
	// The clock has no id of its own; the instant tells its events apart.
	const origin = event === clock ? `${clock}:${at}` : event;
	return { id: `${origin}/${rule}`, name, at, props, cause: { event, rule } };
}

/** The earliest instant at which time alone may change what the rules made of the person. */
function rest(verdicts: Verdicts, rules: Rules): number {
	let until = Number.POSITIVE_INFINITY;
	for (const place of rules.segments.values()) until = Math.min(until, verdicts.until(place));
	for (const { at } of rules.traits) until = Math.min(until, verdicts.until(at));
	return until;
}
