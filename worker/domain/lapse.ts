// What time alone takes away: tags that were not added again, points that fall due, balances that fade. Each is an entry
// that bears the very instant at which it was due, with the rule or programme because of which it is.

import type { Programme } from "./definition.ts";
import { clock, type Event, eventNames, type Properties } from "./event.ts";
import type { Facts } from "./facts.ts";
import { own } from "./keyed.ts";
import { type Person, read } from "./person.ts";
import { type Outstanding, ownScore } from "./points.ts";
import { nextFading, takenOf } from "./programme.ts";

/** A tag goes so long after it was last added; `rule` is the one that says so. */
export interface Expiry {
	readonly afterMs: number;
	readonly rule: string;
}

/** What the published rules let lapse. Points are not among it: each entry says itself when it expires. */
export interface Lapsing {
	/** By tag: of several rules the one that is soonest. */
	readonly tags: ReadonlyMap<string, Expiry>;
	/** By the id of a rule that makes tags out of a property. */
	readonly byRule: ReadonlyMap<string, number>;
	readonly fading: readonly Programme[];
}

/** What time takes away next of a person, or nothing. It may be due already. */
export function nextLapse(person: Person, lapsing: Lapsing): Event | undefined {
	if (!mayLapse(person, lapsing)) return undefined;
	const facts = read(person);
	let next: Event | undefined;
	for (const one of lapsesOf(facts, lapsing)) if (!next || isBefore(one, next)) next = one;
	return next;
}

/** With every event it is asked what lapses: most people have nothing that does. */
function mayLapse({ parts }: Person, { tags, byRule, fading }: Lapsing): boolean {
	if (tags.size > 0 || byRule.size > 0 || fading.length > 0) return true;
	for (const id in parts) if (parts[id]?.facts.expiring) return true;
	return false;
}

/** The same for everyone: by time, then by id. */
function isBefore(a: Event, b: Event): boolean {
	return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** Of tags, of each programme's points and of each fading balance what goes next. */
export function* lapsesOf(facts: Facts, { tags, byRule, fading }: Lapsing): Generator<Event> {
	if (tags.size > 0 || byRule.size > 0) {
		const removal = nextRemoval(facts, tags, byRule);
		if (removal) yield removal;
	}
	for (const [programme, waiting] of Object.entries(facts.expiring ?? {})) {
		const one = programme === ownScore ? fallingOfScore(waiting) : fallingOf(facts, programme, waiting);
		if (one) yield one;
	}
	for (const programme of fading) {
		const points = own(facts.points ?? {}, programme.id);
		const fade = points && nextFading(programme, points);
		const percent = programme.fades?.percent;
		if (!fade || percent === undefined) continue;
		const props = { programme: programme.id, points: fade.points, rule: programme.id, percent };
		yield lapse(eventNames.pointsExpired, fade.at, programme.id, "fades", props);
	}
}

/** With every event all tags are looked through: only for the one that goes next is an entry made. */
function nextRemoval(
	{ tags }: Facts,
	expiries: Lapsing["tags"],
	byRule: Lapsing["byRule"],
): Event | undefined {
	let [at, by, name] = [Infinity, "", ""];
	const consider = (due: number, rule: string, tag: string): void => {
		if (due > at || (due === at && (rule > by || (rule === by && tag > name)))) return;
		[at, by, name] = [due, rule, tag];
	};
	for (const tag of Object.keys(tags)) {
		const mark = own(tags, tag);
		if (!mark || mark.count <= 0) continue;
		const expiry = expiries.get(tag);
		if (expiry) consider(mark.lastAt + expiry.afterMs, expiry.rule, tag);
		// Only the mark knows which rules made the tag out of a property.
		for (const rule of mark.by ?? []) {
			const afterMs = byRule.get(rule);
			if (afterMs !== undefined) consider(mark.lastAt + afterMs, rule, tag);
		}
	}
	const count = own(tags, name)?.count;
	if (at === Infinity || count === undefined) return undefined;
	return lapse(eventNames.tagRemoved, at, by, name, { tag: name, count, expired: true });
}

/** Of the score all that falls due goes, and what a rule had taken comes back. */
function fallingOfScore([first]: readonly Outstanding[]): Event | undefined {
	if (!first) return undefined;
	const [at, points, rule] = first;
	return lapse(eventNames.pointsExpired, at, rule, "expires", { points, rule, due: points });
}

/** Where two parts joined their oldest entries into different ones, one may owe what the other is to lose. */
function fallingOf(
	{ points = {} }: Facts,
	programme: string,
	waiting: readonly Outstanding[],
): Event | undefined {
	let due = 0;
	for (const [at, more, rule] of waiting) {
		due += more;
		if (due <= 0) continue;
		const taken = takenOf(own(points, programme) ?? { earned: 0, spent: 0 }, due);
		const props = { programme, points: taken, rule, due };
		return lapse(eventNames.pointsExpired, at, rule, `expires/${programme}`, props);
	}
	return undefined;
}

/** A rule may let several things lapse at one instant: `what` tells them apart. */
function lapse(name: string, at: number, rule: string, what: string, props: Properties): Event {
	return { id: `${clock}:${at}/${rule}/${what}`, name, at, props, cause: { event: clock, rule } };
}
