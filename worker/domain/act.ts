// What somebody does to a person by hand, or a program in their name: an entry of the same ledger as any rule's, without
// a rule as its cause, in a part of its own.

import { type ConsentTerms, consentEvent } from "./consent.ts";
import type { Programme } from "./definition.ts";
import { type Event, eventNames, type Properties } from "./event.ts";
import { joinedAt } from "./list.ts";
import { read } from "./person.ts";
import { balanceOf, isMember, pointsOf, type Refusal as SpendingRefusal, spend } from "./programme.ts";
import type { Standing } from "./standing.ts";
import { timesTagged } from "./tag.ts";

/**
 * `points` below zero are taken; of no programme they are the site's own score. `untag` takes a tag off altogether. A
 * consent that somebody else writes down is no act of the person's own, and gives way to what they withdrew.
 */
export type Act =
	| { readonly kind: "tag" | "untag"; readonly tag: string }
	| { readonly kind: "enlist" | "delist"; readonly list: string }
	| { readonly kind: "join"; readonly programme: string }
	| { readonly kind: "points"; readonly points: number; readonly programme?: string }
	| { readonly kind: "spend"; readonly programme: string; readonly reward: string }
	| ({ readonly kind: "consent"; readonly state: "given" | "withdrawn" } & ConsentTerms)
	| { readonly kind: "owner"; readonly owner: string }
	| { readonly kind: "stage"; readonly stage: string }
	| { readonly kind: "profile"; readonly network: string; readonly url: string }
	| { readonly kind: "note"; readonly text: string };

export type ActRefusal =
	| SpendingRefusal
	| "tag-not-there"
	| "unknown-list"
	| "already-on-list"
	| "not-on-list"
	| "already-a-member";
export type Enacted =
	| { readonly is: "entry"; readonly event: Event }
	| { readonly is: "refused"; readonly why: ActRefusal };

/** The part that the acts by hand on a person stand in. */
export function handOf(person: string): string {
	return `hand-${person}`;
}

/**
 * The entry that an act makes, for whoever calls it to let arrive, or why it makes none. Between the two nothing else may
 * happen to the person. `id` is that of the event to be; `coupon` the next code of the reward's pool.
 */
export function enact(
	standing: Pick<Standing, "person">,
	rules: { readonly programmes: ReadonlyMap<string, Programme>; readonly lists: ReadonlySet<string> },
	act: Act,
	id: string,
	now: number,
	coupon?: string,
): Enacted {
	const entry = (name: string, props: Properties): Enacted => ({
		is: "entry",
		event: { id, name, at: now, props },
	});
	const refused = (why: ActRefusal): Enacted => ({ is: "refused", why });
	const { person } = standing;
	switch (act.kind) {
		case "tag":
			return entry(eventNames.tagAdded, { tag: act.tag });
		case "untag": {
			const count = timesTagged(person, act.tag);
			return count > 0 ? entry(eventNames.tagRemoved, { tag: act.tag, count }) : refused("tag-not-there");
		}
		case "enlist": {
			if (!rules.lists.has(act.list)) return refused("unknown-list");
			return joinedAt(read(person), act.list) === undefined
				? entry(eventNames.listJoined, { list: act.list })
				: refused("already-on-list");
		}
		case "delist":
			return joinedAt(read(person), act.list) === undefined
				? refused("not-on-list")
				: entry(eventNames.listLeft, { list: act.list });
		case "join": {
			const programme = rules.programmes.get(act.programme);
			if (!programme) return refused("unknown-programme");
			return isMember(person, programme)
				? refused("already-a-member")
				: entry(eventNames.programmeJoined, { programme: programme.id });
		}
		case "points": {
			const { points, programme } = act;
			if (programme === undefined) return entry(eventNames.pointsEarned, { points });
			const known = rules.programmes.get(programme);
			if (!known) return refused("unknown-programme");
			if (!isMember(person, known)) return refused("not-a-member");
			if (points >= 0) return entry(eventNames.pointsEarned, { programme, points });
			return balanceOf(pointsOf(person, programme)) < -points
				? refused("balance-too-low")
				: entry(eventNames.pointsSpent, { programme, points: -points });
		}
		case "consent": {
			const { kind: _kind, state, ...terms } = act;
			return { is: "entry", event: consentEvent(state, terms, "hand", { id, at: now }) };
		}
		case "owner":
			return entry(eventNames.ownerAssigned, { owner: act.owner });
		case "stage":
			return entry(eventNames.stageChanged, { stage: act.stage });
		case "profile":
			return entry(eventNames.profileAdded, { network: act.network, url: act.url });
		case "note":
			return entry(eventNames.noteAdded, { text: act.text });
		case "spend": {
			const purchase = { id, reward: act.reward, ...(coupon === undefined ? {} : { coupon }) };
			const spending = spend(standing, rules, act.programme, purchase, now);
			return spending.is === "spent" ? { is: "entry", event: spending.event } : spending;
		}
	}
}

/** The pool that an act takes a code from, if it takes one. */
export function poolOf(
	act: Act,
	{ programmes }: { readonly programmes: ReadonlyMap<string, Programme> },
): string | undefined {
	if (act.kind !== "spend") return undefined;
	return programmes.get(act.programme)?.rewards.find(({ id }) => id === act.reward)?.pool;
}
