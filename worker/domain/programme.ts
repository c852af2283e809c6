// Loyalty programmes: who is a member, which tier points come to, what may be spent, and what a balance loses with time.

import { dayMs } from "./calendar.ts";
import type { Programme, Tier } from "./definition.ts";
import { type Event, eventNames } from "./event.ts";
import type { Points } from "./facts.ts";
import { own } from "./keyed.ts";
import { type Person, read } from "./person.ts";

/**
 * What is asked for: a reward at its price, or so many points. `id` is that of the event to be. `coupon` is the next code
 * of the reward's pool, where there is one left.
 */
export type Purchase = { readonly id: string } & (
	| { readonly reward: string; readonly coupon?: string }
	| { readonly points: number }
);

export type Refusal =
	| "unknown-programme"
	| "unknown-reward"
	| "points-malformed"
	| "not-a-member"
	| "balance-too-low"
	| "pool-empty";
export type Spending =
	| { readonly is: "spent"; readonly event: Event }
	| { readonly is: "refused"; readonly why: Refusal };

/** Points that can be spent now. */
export function balanceOf({ earned, spent }: Points): number {
	return earned - spent;
}

/** The highest tier to which so many points, ever earned, come. */
export function tierOf({ tiers }: Programme, earned: number): Tier | undefined {
	return tiers.findLast(({ from }) => earned >= from);
}

export function isMember({ parts }: Person, { id, joins }: Programme): boolean {
	if (joins === "everyone") return true;
	return Object.values(parts).some(({ facts }) => own(facts.points ?? {}, id)?.joinedAt !== undefined);
}

/** The points of a programme, over all parts. */
export function pointsOf(person: Person, programme: string): Points {
	return own(read(person).points ?? {}, programme) ?? { earned: 0, spent: 0 };
}

/**
 * Decides whether points may be spent: answers with the entry, for whoever calls it to let arrive, or with why not.
 * Between the two nothing else may happen to the person.
 */
export function spend(
	{ person }: { readonly person: Person },
	{ programmes }: { readonly programmes: ReadonlyMap<string, Programme> },
	programme: string,
	purchase: Purchase,
	now: number,
): Spending {
	const known = programmes.get(programme);
	if (!known) return { is: "refused", why: "unknown-programme" };
	const reward = "reward" in purchase ? known.rewards.find(({ id }) => id === purchase.reward) : undefined;
	const points = "reward" in purchase ? reward?.points : purchase.points;
	if (points === undefined) return { is: "refused", why: "unknown-reward" };
	// A negative amount would earn.
	if (!Number.isSafeInteger(points) || points <= 0) return { is: "refused", why: "points-malformed" };
	if (!isMember(person, known)) return { is: "refused", why: "not-a-member" };
	if (balanceOf(pointsOf(person, programme)) < points) return { is: "refused", why: "balance-too-low" };
	const coupon = reward?.pool !== undefined && "coupon" in purchase ? purchase.coupon : undefined;
	if (reward?.pool !== undefined && coupon === undefined) return { is: "refused", why: "pool-empty" };
	const props = { programme, points, ...(reward && { reward: reward.id }), ...(coupon && { coupon }) };
	return { is: "spent", event: { id: purchase.id, name: eventNames.pointsSpent, at: now, props } };
}

/**
 * How many of the points that fall due are still there. Whoever spends, spends what expires soonest: what was spent and
 * did not fall due yet is taken from these first. Never more than the balance.
 */
export function takenOf(points: Points, due: number): number {
	const spentBefore = Math.max(points.spent - (points.fallen ?? 0), 0);
	return Math.max(Math.min(due - spentBefore, balanceOf(points)), 0);
}

/**
 * When the balance fades next, and by how much. Days are counted from the first point; what was earned since the
 * balance last faded has not been there on the days before. Nothing where no whole point is lost.
 */
export function nextFading({ fades }: Programme, points: Points): { at: number; points: number } | undefined {
	const { firstAt, lastAt, fadedAt } = points;
	if (!fades || firstAt === undefined) return undefined;
	const lost = Math.floor((balanceOf(points) * fades.percent) / 100);
	if (lost <= 0) return undefined;
	const every = fades.everyDays * dayMs;
	const since = Math.max(firstAt, lastAt ?? firstAt, fadedAt ?? firstAt);
	return { at: firstAt + (Math.floor((since - firstAt) / every) + 1) * every, points: lost };
}
