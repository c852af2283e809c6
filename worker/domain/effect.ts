// What a rule makes of an event: an entry with its cause, or nothing where the rule may not fire. Decided by what the
// person has at that moment, the entries of other rules for the same event included.

import { dayOf } from "./calendar.ts";
import type { Limit, Programme, ScoreRule, TagRule } from "./definition.ts";
import { clock, type Event, eventNames, type Properties } from "./event.ts";
import { own } from "./keyed.ts";
import type { Part, Person } from "./person.ts";
import { balanceOf, isMember, pointsOf } from "./programme.ts";
import type { Rule } from "./rules.ts";
import { placeholderOf, tagLimits, tagNameOf, timesTagged } from "./tag.ts";

/** What sets a rule off: an event, or for a trait that it has come true. Traits fill no placeholder. */
export interface Occasion {
	/** The id of the event, or `clock`. */
	readonly event: string;
	readonly at: number;
	readonly props: Properties;
}

type Programmes = ReadonlyMap<string, Programme>;

/** `part` is where the effect is to be recorded. */
export function effectOf(
	rule: Rule,
	occasion: Occasion,
	person: Person,
	part: Part,
	programmes: Programmes,
): Event | undefined {
	switch (rule.kind) {
		case "tag":
			return tagEffect(rule, occasion, person, part);
		case "score":
			return pointsEffect(rule, occasion, person, programmes);
		case "join":
			return isMember(person, rule.programme)
				? undefined
				: derived(eventNames.programmeJoined, { programme: rule.id }, rule.id, occasion);
	}
}

/** An event that a rule or segment makes of an occasion. */
export function derived(
	name: string,
	props: Properties,
	rule: string,
	{ event, at }: Pick<Occasion, "event" | "at">,
): Event {
	// The clock has no id of its own; the instant tells its events apart.
	const origin = event === clock ? `${clock}:${at}` : event;
	return { id: `${origin}/${rule}`, name, at, props, cause: { event, rule } };
}

/** Whether a rule ever fired for a person, in any part. */
export function hasFired({ parts }: Person, rule: string): boolean {
	for (const id in parts) {
		const part = parts[id];
		if (part && Object.hasOwn(part.facts.fired, rule)) return true;
	}
	return false;
}

function tagEffect(rule: TagRule, occasion: Occasion, person: Person, part: Part): Event | undefined {
	const tag = tagNameOf(rule.tag, occasion.props);
	if (tag === undefined) return undefined;
	if (rule.removes) {
		const count = timesTagged(person, tag);
		return count > 0 ? derived(eventNames.tagRemoved, { tag, count }, rule.id, occasion) : undefined;
	}
	const property = placeholderOf(rule.tag);
	if (property === undefined) return derived(eventNames.tagAdded, { tag }, rule.id, occasion);
	const { tags } = part.facts;
	if (!Object.hasOwn(tags, tag) && Object.keys(tags).length >= tagLimits.ofPart) return undefined;
	return derived(eventNames.tagAdded, { tag, property }, rule.id, occasion);
}

function pointsEffect(
	rule: ScoreRule,
	occasion: Occasion,
	person: Person,
	programmes: Programmes,
): Event | undefined {
	if (isUsedUp(rule, person, occasion.at)) return undefined;
	const { id, points, programme, expiresAfterMs } = rule;
	const expiry = expiresAfterMs === undefined ? {} : { expiresAt: occasion.at + expiresAfterMs };
	if (programme === undefined) return derived(eventNames.pointsEarned, { points, ...expiry }, id, occasion);
	const known = programmes.get(programme);
	if (!known || !isMember(person, known)) return undefined;
	if (points >= 0) return derived(eventNames.pointsEarned, { programme, points, ...expiry }, id, occasion);
	// What was ever earned stays, and with it the tier; the balance stops at zero.
	const taken = Math.min(-points, balanceOf(pointsOf(person, programme)));
	return taken > 0 ? derived(eventNames.pointsSpent, { programme, points: taken }, id, occasion) : undefined;
}

export function limitOf({ limit, once }: ScoreRule): Limit {
	return limit ?? (once ? "once" : "each");
}

/** Whether the rule's limit lets it fire no more, on the day of the event. */
function isUsedUp(rule: ScoreRule, person: Person, at: number): boolean {
	const { id } = rule;
	const limit = limitOf(rule);
	if (limit === "once") return hasFired(person, id);
	return typeof limit === "object" && timesOn(person, id, dayOf(at)) >= limit.perDay;
}

function timesOn({ parts }: Person, rule: string, day: number): number {
	let times = 0;
	for (const { facts } of Object.values(parts)) {
		const known = own(facts.daily ?? {}, rule)?.find(([one]) => one === day);
		times += known?.[1] ?? 0;
	}
	return times;
}
