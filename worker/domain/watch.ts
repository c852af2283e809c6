// What the cell must remember of events because something published asks for it, and no more.

import { isWorkedOut } from "./bought.ts";
import { type Condition, type EventMatch, type Leaf, leavesOf } from "./condition.ts";
import { type Event, productViewed } from "./event.ts";
import { asKey } from "./keyed.ts";
import { limits } from "./limits.ts";
import { matchKey } from "./match.ts";
import { matchingOf } from "./matching.ts";
import type { Signals } from "./so-far.ts";

/**
 * One thing that facts remember of a match, under its key. `keep` is how many: instants, values or days.
 * Of instants: the latest ones, or the first alone, or the latest of each visit.
 */
export type Watched = { readonly key: string; readonly keep: number } & (
	| { readonly as: "latest" | "first" | "visit" }
	/** `said` is as `value`, but as it was said and not folded: for whoever looks the value up elsewhere. */
	| { readonly as: "value" | "said" | "sum"; readonly property: string }
);

export interface Watch {
	/** What this event adds to. */
	matching(event: Event): readonly Watched[];
	/** The keys of what is counted by visit. */
	readonly byVisit: readonly string[];
	/** Rules of which it is counted how often they fire in a day. */
	readonly daily?: ReadonlySet<string>;
	/** What is asked of a visit so far. */
	readonly signals?: Signals;
}

export const nothingWatched: Watch = { matching: () => [], byVisit: [] };

/** One more than the threshold, so that "exactly n" and "at most n" are exact too. */
const beyondThreshold = 1;

/** One thing that is remembered, with the events that it is remembered of. */
export type Watching = readonly [EventMatch, Watched];
/** By key. */
export type Watches = ReadonlyMap<string, Watching>;

/** `more` is what something else than a condition asks for. */
export function watchFor(conditions: Iterable<Condition>, more: readonly Watching[] = []): Watch {
	return watchOf([...watchesOf(conditions).values(), ...more]);
}

/** The products that were viewed last, for recommendations. */
export const viewedProducts: Watching = [
	{ name: productViewed },
	{ key: asKey("said product_id"), keep: 40, as: "said", property: "product_id" },
];

/** Shared by all conditions that ask for the same. */
export function watchesOf(conditions: Iterable<Condition>): Watches {
	const byKey = new Map<string, Watching>();
	for (const condition of conditions) {
		for (const leaf of leavesOf(condition)) {
			for (const [match, watched] of watchedBy(leaf)) {
				const known = byKey.get(watched.key)?.[1];
				const keep = Math.max(watched.keep, known?.keep ?? 0);
				byKey.set(watched.key, [match, { ...(known ?? { ...watched, key: asKey(watched.key) }), keep }]);
			}
		}
	}
	return byKey;
}

export function watchOf(watches: Iterable<Watching>): Watch {
	const all = [...watches];
	return {
		matching: matchingOf(all).of,
		byVisit: all.flatMap(([, { as, key }]) => (as === "visit" ? [key] : [])),
	};
}

/** What must be remembered for a leaf of the events as they come. */
export function watchedBy(leaf: Leaf): readonly Watching[] {
	return lookedAtBy(leaf).filter(([match]) => !isWorkedOut(match));
}

/** What a leaf looks at: for a sequence two things, for others one or none. */
export function lookedAtBy(leaf: Leaf): readonly Watching[] {
	switch (leaf.field) {
		case "events": {
			const { match, count, by } = leaf;
			const keep = count.n + beyondThreshold;
			if (by === undefined) return [[match, { key: matchKey(match), keep, as: "latest" }]];
			if (by === "visit") return [[match, { key: `visit ${matchKey(match)}`, keep, as: "visit" }]];
			const { property } = by;
			return [[match, { key: keyOf("value", property, match), keep, as: "value", property }]];
		}
		case "sum": {
			const { match, property, days = 0 } = leaf;
			return [[match, { key: keyOf("sum", property, match), keep: days, as: "sum", property }]];
		}
		case "moment": {
			const { match, which } = leaf;
			if (which === "last") return [[match, { key: matchKey(match), keep: 1, as: "latest" }]];
			return [[match, { key: `first ${matchKey(match)}`, keep: 1, as: "first" }]];
		}
		case "sequence":
			return [leaf.first, leaf.second].map((match) => [
				match,
				{ key: matchKey(match), keep: limits.sequence, as: "latest" },
			]);
		default:
			return [];
	}
}

function keyOf(as: string, property: string, match: EventMatch): string {
	return `${as} ${JSON.stringify(property)} ${matchKey(match)}`;
}
