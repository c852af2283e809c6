// Points as facts: of each programme and of the site's own score, what entries add up to, which of them are still to
// expire, and how often a rule gave points on a day. All of it sums, maxima and minima, so that any order of arrival
// makes the same.
//
// An entry that expires says when (`expiresAt`); "Points Expired" bears that very instant and says how many fell due
// (`due`) beside how many it took (`points`), so one entry cancels the other whichever is told first. Of each programme
// a part keeps 200 such entries: where there are more, the one that is due soonest waits for the next. Which it waits for
// depends on the order of arrival only where more than 200 wait at once.

import { dayOf } from "./calendar.ts";
import { type Event, eventNames, type Scalar } from "./event.ts";
import type { Points } from "./facts.ts";
import { own } from "./keyed.ts";

/** Due at an instant (epoch ms): so many points, by a rule. */
export type Outstanding = readonly [dueAt: number, points: number, rule: string];
/** A day after the epoch, and how often it was. */
export type DayCount = readonly [day: number, times: number];

/** Where points of no programme stand among those that are to expire. */
export const ownScore = "";

export const pointLimits = {
	/** Of each programme and part. */
	outstanding: 200,
	/** More days than an event may come late. */
	days: 10,
} as const;

/** The facts that are written here. */
interface Accounts {
	score: number;
	points?: Readonly<Record<string, Points>>;
	expiring?: Readonly<Record<string, readonly Outstanding[]>>;
	daily?: Readonly<Record<string, readonly DayCount[]>>;
}

/** Folds "Points Earned", "Points Spent" and "Points Expired" in, in place. Points of no programme are the score. */
export function recordPoints(facts: Accounts, event: Event): void {
	const { name, at, props, cause } = event;
	const points = amountOf(props.points);
	const programme = own(props, "programme");
	const isEarned = name === eventNames.pointsEarned;
	if (programme === undefined) facts.score += isEarned ? points : -points;
	else {
		const account = accountOf(facts, String(programme));
		if (isEarned) earn(account, points, at);
		else account.spent += points;
		if (name === eventNames.pointsExpired) fall(account, event);
	}
	const of = programme === undefined ? ownScore : String(programme);
	if (isEarned && typeof props.expiresAt === "number")
		wait(facts, of, [props.expiresAt, points, cause?.rule ?? ""]);
	if (name === eventNames.pointsExpired && props.due !== undefined)
		wait(facts, of, [at, -amountOf(props.due), String(props.rule)]);
}

/** Folds "Programme Joined" in, in place. */
export function recordJoining(facts: Accounts, { at, props }: Event): void {
	const account = accountOf(facts, String(props.programme));
	account.joinedAt = Math.min(at, account.joinedAt ?? at);
}

function accountOf(facts: Accounts, programme: string): Points {
	const known = facts.points && own(facts.points, programme);
	if (known) return known;
	const account: Points = { earned: 0, spent: 0 };
	facts.points = { ...facts.points, [programme]: account };
	return account;
}

function earn(account: Points, points: number, at: number): void {
	account.earned += points;
	if (points <= 0) return;
	account.firstAt = Math.min(at, account.firstAt ?? at);
	account.lastAt = Math.max(at, account.lastAt ?? at);
}

function fall(account: Points, { at, props }: Event): void {
	if (props.due !== undefined) account.fallen = (account.fallen ?? 0) + amountOf(props.due);
	if (props.percent !== undefined) account.fadedAt = Math.max(at, account.fadedAt ?? at);
}

/** What no number is worth nothing: one entry must not make every sum unreadable. */
export function amountOf(points: Scalar | undefined): number {
	const amount = Number(points);
	return Number.isFinite(amount) ? amount : 0;
}

function wait(facts: Accounts, of: string, one: Outstanding): void {
	const waiting = withOne(own(facts.expiring ?? {}, of) ?? [], one);
	if (waiting.length > 0) {
		facts.expiring = { ...facts.expiring, [of]: waiting };
		return;
	}
	const { [of]: _none, ...others } = facts.expiring ?? {};
	facts.expiring = others;
}

function withOne(waiting: readonly Outstanding[], one: Outstanding): readonly Outstanding[] {
	// Nearly every entry is due after all others.
	let place = waiting.length;
	for (; place > 0; place--) {
		const other = waiting[place - 1];
		if (!other || isSooner(other, one)) break;
		if (isSame(other, one)) {
			const points = other[1] + one[1];
			return waiting.toSpliced(place - 1, 1, ...(points === 0 ? [] : [[one[0], points, one[2]] as const]));
		}
	}
	return bounded(waiting.toSpliced(place, 0, one));
}

function bounded(waiting: readonly Outstanding[]): readonly Outstanding[] {
	const [oldest, next, ...others] = waiting;
	if (!oldest || !next || waiting.length <= pointLimits.outstanding) return waiting;
	const points = oldest[1] + next[1];
	return points === 0 ? others : [[next[0], points, next[2]], ...others];
}

function isSooner(a: Outstanding, b: Outstanding): boolean {
	return a[0] < b[0] || (a[0] === b[0] && a[2] < b[2]);
}

function isSame(a: Outstanding, b: Outstanding): boolean {
	return a[0] === b[0] && a[2] === b[2];
}

/** Of two parts: what one is still to lose, less what the other knows to be lost. Not bounded any further. */
export function joinOutstanding(
	a: readonly Outstanding[],
	b: readonly Outstanding[],
): readonly Outstanding[] {
	const all: Outstanding[] = [];
	for (const one of [...a, ...b].sort((x, y) => (isSooner(x, y) ? -1 : 1))) {
		const last = all.at(-1);
		if (!last || !isSame(last, one)) all.push(one);
		else all[all.length - 1] = [one[0], last[1] + one[1], one[2]];
	}
	return all.filter(([, points]) => points !== 0);
}

/** A rule with a limit for each day gave or took points. */
export function countDay(facts: Accounts, rule: string, at: number): void {
	const days = own(facts.daily ?? {}, rule) ?? [];
	facts.daily = { ...facts.daily, [rule]: joinDays(days, [[dayOf(at), 1]]) };
}

/** Of two parts, the latest days. */
export function joinDays(a: readonly DayCount[], b: readonly DayCount[]): readonly DayCount[] {
	const times = new Map(a);
	for (const [day, more] of b) times.set(day, (times.get(day) ?? 0) + more);
	return [...times].sort(([x], [y]) => y - x).slice(0, pointLimits.days);
}
