// Lives that were made up, lived through as if their events had come in their own time: a developer's machine gets
// people whose tags, score and segments are what the rules say. Each visit is one request of the live path, at the
// instants of its events.

import { type Entry, examine, type Passage, take } from "../cell/collect.ts";
import { claim, offer } from "../cell/offers.ts";
import type { Loaded, People, Published } from "../cell/people.ts";
import { eventNames, type Scalar } from "../domain/event.ts";
import type { Environment } from "../domain/facts.ts";
import { pass } from "../domain/standing.ts";
import { visitGapMs } from "../domain/visit.ts";
import type { Claim, CollectEvent } from "../protocol/collect.ts";

export interface LivedEvent extends CollectEvent {
	/** What the person said of themselves in it, beside what a form tells. */
	readonly attributes?: Readonly<Record<string, Scalar>>;
	/** Of a page view: what asked to open on it. */
	readonly claim?: Claim;
	/** An answer to an experience: it is given only where that was shown in the visit. */
	readonly answers?: string;
}

/** One browser's, in the order of time. */
export interface Life {
	readonly visitor: string;
	readonly environment: Environment;
	readonly events: readonly LivedEvent[];
}

export interface ReplayCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	readonly lives: readonly Life[];
}

export interface Stage {
	readonly people: People;
	readonly published: Published;
	readonly now: number;
	/** Somebody became known by something. */
	readonly announce: (person: string) => void;
}

/** Says how many were new: whoever is known already has lived, and a replay that broke off may be repeated. */
export function replay(lives: readonly Life[], stage: Stage): number {
	return lives.filter((life) => isLived(life, stage)).length;
}

function isLived({ visitor, environment, events }: Life, stage: Stage): boolean {
	const { people, published, now } = stage;
	const [first] = events;
	if (!first || people.load(visitor, false, published, now)) return false;
	for (const visit of visitsOf(events, now)) {
		const at = visit[0]?.at ?? now;
		const loaded = people.load(visitor, true, published, at);
		if (!loaded) return false;
		const entries = liveVisit(visit, loaded, environment, stage);
		people.save(loaded, entries, published, visit.at(-1)?.at ?? at);
	}
	// Up to the present: details that lapsed meanwhile are forgotten, time that passed has its effect.
	people.load(visitor, false, published, now);
	return true;
}

/** What is still to come is left out. */
export function visitsOf(events: readonly LivedEvent[], now: number): readonly (readonly LivedEvent[])[] {
	const visits: LivedEvent[][] = [];
	let lastAt = Number.NEGATIVE_INFINITY;
	for (const event of events) {
		if (event.at > now) break;
		if (event.at > lastAt + visitGapMs) visits.push([]);
		visits.at(-1)?.push(event);
		lastAt = event.at;
	}
	return visits;
}

/** The visit's events in the order of time, on a state that was brought up to its first. */
export function liveVisit(
	visit: readonly LivedEvent[],
	loaded: Loaded,
	environment: Environment,
	{ published, announce }: Pick<Stage, "published" | "announce">,
): readonly Entry[] {
	const { state, part, person } = loaded;
	const { rules, site } = published;
	const entries: Entry[] = [];
	let page: Passage["page"] = { url: "", language: "pl", visible: true };
	const shown = new Set<unknown>();
	for (const { attributes, claim: claimed, answers, ...event } of visit) {
		const now = event.at;
		if (answers !== undefined && !shown.has(answers)) continue;
		for (const passed of pass(state.standing, rules, part, now)) entries.push({ event: passed, effects: [] });
		const examined = examine(state, event, 0, now, site.money);
		if (examined.is === "settled") continue;
		const url = event.props?.url;
		if (typeof url === "string") page = { ...page, url, view: event.id };
		const passage: Passage = { state, rules, site, person, part, environment, page, now, entries };
		const before = state.standing.identity;
		const known = entries.length;
		take(passage, { ...examined, attributes: { ...examined.attributes, ...attributes } });
		if (before === "anonymous" && state.standing.identity === "monitored") announce(loaded.person);
		if (typeof url === "string") offer(passage, false);
		if (claimed) claim(passage, claimed);
		for (const { event: kept } of entries.slice(known))
			if (kept.name === eventNames.experienceShown) shown.add(kept.props.experience);
	}
	return entries;
}
