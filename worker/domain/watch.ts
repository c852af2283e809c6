// What the cell must remember of events because something published asks for it, and no more.

import { type Condition, type CountLeaf, leavesOf } from "./condition.ts";
import type { Event } from "./event.ts";
import { matchKey } from "./match.ts";
import { matchingOf } from "./matching.ts";

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

/** Counters shared by all conditions that ask for the same match. */
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
	const matching = matchingOf(Array.from(byKey, ([key, { match, keep }]) => [match, { key, keep }] as const));
	return { matching: matching.of };
}
