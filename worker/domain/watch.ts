// What the cell must remember of events because something published asks for it, and no more.

import { type Condition, type CountLeaf, leavesOf } from "./condition.ts";
import type { Event } from "./event.ts";
import { matches, matchKey } from "./match.ts";

/** One counter: its key, and how many of its latest instants the published thresholds can tell apart. */
export interface Watched {
	readonly key: string;
	readonly keep: number;
}

export interface Watch {
	/** The counters that this event adds to. */
	matching(event: Event): readonly Watched[];
}

export const nothingWatched: Watch = { matching: () => [] };

/** One more than the threshold, so that "exactly n" and "at most n" are exact too. */
const beyondThreshold = 1;

/** Counters shared by all conditions that ask for the same match, indexed by event name. */
export function watchFor(conditions: Iterable<Condition>): Watch {
	const byKey = new Map<string, { match: CountLeaf["match"]; keep: number }>();
	for (const condition of conditions) {
		for (const leaf of leavesOf(condition)) {
			if (leaf.field !== "events") continue;
			const key = matchKey(leaf.match);
			const keep = leaf.count.n + beyondThreshold;
			byKey.set(key, { match: leaf.match, keep: Math.max(keep, byKey.get(key)?.keep ?? 0) });
		}
	}
	const byName = new Map<string, { match: CountLeaf["match"]; watched: Watched }[]>();
	for (const [key, { match, keep }] of byKey) {
		const list = byName.get(match.name) ?? [];
		list.push({ match, watched: { key, keep } });
		byName.set(match.name, list);
	}
	return {
		matching: (event) =>
			(byName.get(event.name) ?? [])
				.filter(({ match }) => matches(match, event))
				.map(({ watched }) => watched),
	};
}
