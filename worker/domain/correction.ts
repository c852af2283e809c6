// What is entered where rules are applied to the past: the difference between what they would have made and what stands.
// Each entry bears the instant of the event because of which it is, and when it was entered is part of its id. So
// applied once more there is no difference, and nothing is entered.

import { clock, type Event, eventNames, type Properties } from "./event.ts";
import { record } from "./facts.ts";
import { own } from "./keyed.ts";
import { type Person, withPart } from "./person.ts";
import { ownScore } from "./points.ts";
import { balanceOf, pointsOf } from "./programme.ts";
import type { Firing, Reason, Relived } from "./relive.ts";
import type { Rules } from "./rules.ts";
import type { Standing } from "./standing.ts";
import { timesTagged } from "./tag.ts";

export interface Correction {
	readonly part: string;
	readonly event: Event;
	/** What happened then; none where time did it. */
	readonly reason?: Reason;
}

/** Before and after. */
export type BeforeAndAfter = readonly [number, number];

export interface Corrections {
	/** In the order of time. */
	readonly entries: readonly Correction[];
	readonly tags: ReadonlyMap<string, BeforeAndAfter>;
	/** By programme its balance, and by `ownScore` the site's own score. */
	readonly points: ReadonlyMap<string, BeforeAndAfter>;
}

/**
 * `person` is as of `now`, the instant of the application. Tags are only added, and taken off again where time would
 * have done so: what a rule did is never undone. Points are put right up and down; points that expired by now are left
 * alone, and so is what a balance cannot pay, for it never falls below zero.
 */
export function correctionsOf(life: Relived, person: Person, now: number): Corrections {
	const tags = new Map<string, BeforeAndAfter>();
	const points = new Map<string, BeforeAndAfter>();
	const entries = [...tagsOf(life, person, tags, now), ...pointsIn(life, person, points, now)]
		.filter(({ part }) => own(person.parts, part))
		.sort((a, b) => a.event.at - b.event.at)
		.map(({ event, ...rest }, n) => ({ ...rest, event: { ...event, id: `${event.id}/${now}/${n}` } }));
	return { entries, tags, points };
}

/** Enters them, in place. No rule runs: who is where in segments is for the caller to bring up (`adopt`). */
export function enter(standing: Standing, rules: Rules, entries: readonly Correction[]): void {
	for (const [id, own] of Map.groupBy(entries, ({ part }) => part)) {
		const part = standing.person.parts[id];
		if (!part) continue;
		standing.person = withPart(standing.person, { ...part, version: part.version + 1 });
		for (const { event } of own) record(part.facts, event, rules.watch);
	}
}

function* tagsOf(
	{ made, stands, lapsed, standing }: Relived,
	person: Person,
	changes: Map<string, BeforeAndAfter>,
	now: number,
): Generator<Correction> {
	const missing = [...made].filter(([key, { event }]) => !stands.has(key) && own(event.props, "tag"));
	for (const [tag, firings] of Map.groupBy(missing, ([, { event }]) => String(event.props.tag))) {
		const before = timesTagged(person, tag);
		let added = 0;
		for (const [, firing] of firings) {
			if (firing.event.name !== eventNames.tagAdded) continue;
			yield entryOf(firing, firing.event.props);
			added++;
		}
		// As many as would be there, and no fewer than what others have added meanwhile.
		let surplus = Math.max(before + added - timesTagged(standing.person, tag), 0);
		let taken = 0;
		const take = (most: number): number => {
			const count = Math.min(most, surplus);
			surplus -= count;
			taken += count;
			return count;
		};
		for (const [, firing] of firings) {
			if (firing.event.name !== eventNames.tagRemoved) continue;
			const count = take(firing.amount);
			if (count > 0) yield entryOf(firing, { tag, count });
		}
		const gone = lapsed.get(tag);
		const [part] = firings.map(([, firing]) => firing.part);
		const count = gone && gone.at <= now ? take(added) : 0;
		if (gone && part !== undefined && count > 0)
			yield { part, event: { ...gone, props: { ...gone.props, count } } };
		if (added + taken > 0) changes.set(tag, [before, before + added - taken]);
	}
}

function* pointsIn(
	life: Relived,
	person: Person,
	changes: Map<string, BeforeAndAfter>,
	now: number,
): Generator<Correction> {
	const differences = [...differencesOf(life, now)];
	// Who is given something by it can pay more of what is taken.
	differences.sort((a, b) => Number(a.worth < 0) - Number(b.worth < 0));
	for (const { firing, worth, isKnown } of differences) {
		const programme = own(firing.event.props, "programme");
		const account = programme === undefined ? ownScore : String(programme);
		const held = heldBy(person, account);
		const [before, current] = changes.get(account) ?? [held, held];
		const paid = account === ownScore ? worth : Math.max(worth, -Math.max(current, 0));
		if (paid === 0) continue;
		changes.set(account, [before, current + paid]);
		const points = firing.event.name === eventNames.pointsSpent ? -paid : paid;
		yield entryOf(firing, { ...firing.event.props, points, ...(isKnown && { corrects: true }) });
	}
}

interface Difference {
	readonly firing: Firing;
	/** What it changes of the balance. */
	readonly worth: number;
	/** Whether the rule had fired for it. */
	readonly isKnown: boolean;
}

function* differencesOf({ made, stands }: Relived, now: number): Generator<Difference> {
	for (const key of new Set([...made.keys(), ...stands.keys()])) {
		const [known, wanted] = [stands.get(key), made.get(key)];
		const firing = known ?? wanted;
		if (!firing || own(firing.event.props, "tag") !== undefined) continue;
		if ([known, wanted].some((one) => one && Number(one.event.props.expiresAt) <= now)) continue;
		const points = (wanted?.amount ?? 0) - (known?.amount ?? 0);
		if (points === 0) continue;
		const worth = firing.event.name === eventNames.pointsSpent ? -points : points;
		yield { firing, worth, isKnown: known !== undefined };
	}
}

function heldBy(person: Person, account: string): number {
	if (account !== ownScore) return balanceOf(pointsOf(person, account));
	return Object.values(person.parts).reduce((sum, { facts }) => sum + facts.score, 0);
}

function entryOf({ part, origin, rule, event, reason }: Firing, props: Properties): Correction {
	const from = origin === clock ? `${clock}:${event.at}` : origin;
	const { name, at } = event;
	const entry: Event = { id: `${from}/${rule}`, name, at, props, cause: { event: origin, rule } };
	return { part, event: entry, ...(reason && { reason }) };
}
