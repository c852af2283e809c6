// A person's past lived once more, in the order of time, with the rules that are applied in force from the beginning:
// what they make of it, beside what stands of them. Everything else happens as it is on record.

import { type Applying, isOf } from "./application.ts";
import { clock, type Event, eventNames } from "./event.ts";
import type { Circumstances } from "./facts.ts";
import { own } from "./keyed.ts";
import { pathOf } from "./match.ts";
import { nobody, type PartKind, type Person } from "./person.ts";
import { arrive, newcomer, pass, type Standing } from "./standing.ts";
import type { Identity } from "./subject.ts";
import { isExpiry, timesTagged } from "./tag.ts";

/** Something on record, in the part that it stands in. `identity` is what the person was from then on, where it says. */
export interface Recorded {
	readonly part: { readonly id: string; readonly kind: PartKind };
	readonly event: Event;
	readonly circumstances: Circumstances;
	readonly identity?: Identity;
}

/** What happened, for whoever asks because of what. */
export interface Reason {
	readonly name: string;
	readonly path?: string;
}

/** What a rule made of one event, or by time; of rules that fire once, all that it ever made. */
export interface Firing {
	readonly part: string;
	/** The event on record because of which it is, or `clock`. */
	readonly origin: string;
	readonly rule: string;
	readonly event: Event;
	/** Points, or how often the tag was added or taken off. */
	readonly amount: number;
	readonly reason?: Reason;
}

export interface Relived {
	readonly standing: Standing;
	/** Epoch ms: how far it has come. */
	at: number;
	latest: Event | undefined;
	/** By what tells two firings apart. */
	readonly made: Map<string, Firing>;
	readonly stands: Map<string, Firing>;
	/** Of tags that time took away in the meantime, when it last did. */
	readonly lapsed: Map<string, Event>;
}

/** `person` is what is known of them without an event that told it. */
export function unlived(identity: Identity, person: Person = nobody): Relived {
	return {
		standing: { ...newcomer(), identity, person },
		at: Number.NEGATIVE_INFINITY,
		latest: undefined,
		made: new Map(),
		stands: new Map(),
		lapsed: new Map(),
	};
}

/** Lives through one thing more, in place. What is out of order counts as if it had come late. */
export function relive(life: Relived, applying: Applying, recorded: Recorded): void {
	const { part, event, circumstances, identity } = recorded;
	if (isOf(applying.applied, event)) {
		gather(life.stands, applying, part.id, event, originOf(event), reasonOf(life, event));
		return;
	}
	if (isMadeAnew(applying, event)) return;
	live(life, applying, part.id, event.at);
	if (identity) life.standing.identity = identity;
	if (!event.cause) life.latest = event;
	const happened = event.name === eventNames.tagRemoved ? removal(life.standing, event) : event;
	const effects = arrive(life.standing, applying.rules, part, happened, circumstances, life.at);
	keep(life, applying, part.id, effects, originOf(event));
}

/** Lets the time go by until `now`, in place. */
export function live(life: Relived, applying: Applying, part: string, now: number): void {
	for (let until = -Infinity; life.standing.until <= now && life.standing.until > until; ) {
		until = life.standing.until;
		keep(life, applying, part, pass(life.standing, applying.rules, part, now), clock);
	}
	life.at = Math.max(life.at, now);
}

/** What time took of points, and of a tag by the rule itself, depends on what is given, and time takes it again. */
function isMadeAnew({ rules }: Applying, { name, props, cause }: Event): boolean {
	if (name === eventNames.pointsExpired) return props.due !== undefined;
	if (name !== eventNames.tagRemoved || props.expired !== true || !cause) return false;
	const { tags, byRule } = rules.lapsing;
	return tags.get(String(props.tag))?.rule === cause.rule || byRule.has(cause.rule);
}

/** A removal took all that was there; it takes no more than is here. */
function removal({ person }: Standing, event: Event): Event {
	const count = Math.min(Number(event.props.count) || 0, timesTagged(person, String(event.props.tag)));
	return { ...event, props: { ...event.props, count } };
}

function keep(
	life: Relived,
	applying: Applying,
	part: string,
	effects: readonly Event[],
	origin: string,
): void {
	for (const effect of effects) {
		if (!isExpiry(effect)) gather(life.made, applying, part, effect, origin, reasonOf(life, effect));
		else if (effect.name === eventNames.tagRemoved) life.lapsed.set(String(effect.props.tag), effect);
	}
}

function gather(
	firings: Map<string, Firing>,
	{ once }: Applying,
	part: string,
	event: Event,
	origin: string,
	reason: Reason | undefined,
): void {
	const rule = event.cause?.rule ?? "";
	const { name, props } = event;
	const where = origin === clock ? event.at : origin;
	const of = [rule, name, own(props, "tag") ?? own(props, "programme") ?? null];
	const key = JSON.stringify(once.has(rule) ? of : [...of, where, own(props, "expiresAt") ?? null]);
	const amount = name === eventNames.tagAdded ? 1 : Number(props.points ?? props.count) || 0;
	const known = firings.get(key);
	if (known) firings.set(key, { ...known, amount: known.amount + amount });
	else firings.set(key, { part, origin, rule, event, amount, ...(reason && { reason }) });
}

/** Effects of effects stand with the event that began it all. */
function originOf({ id, cause }: Event): string {
	return cause ? cause.event : id;
}

function reasonOf({ latest }: Relived, { cause }: Event): Reason | undefined {
	if (!latest || !cause?.event.startsWith(latest.id)) return undefined;
	const path = pathOf(latest);
	return { name: latest.name, ...(path !== undefined && { path }) };
}
