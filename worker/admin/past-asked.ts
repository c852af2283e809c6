// A question that nothing published asks is about events of which the cell keeps nothing. Whoever puts it brings them
// along, out of D1; here they are folded as the cell would have folded them, beside what it does keep.

import { type Condition, leavesOf } from "../domain/condition.ts";
import { conditionsIn } from "../domain/conditions.ts";
import type { Definitions } from "../domain/definition.ts";
import { type Event, eventNames } from "../domain/event.ts";
import { emptyFacts, type Facts, record } from "../domain/facts.ts";
import { own, put } from "../domain/keyed.ts";
import { nobody, type Person, read, withPart } from "../domain/person.ts";
import { type Watched, watchedBy, watchFor } from "../domain/watch.ts";
import type { ExplainCall } from "./explained.ts";

/** By part. */
export type Past = Readonly<Record<string, readonly Event[]>>;

/** The events that somebody has to bring along who asks of a tag or of points; of anything else the cell knows enough. */
export const entriesAsked: Readonly<Partial<Record<ExplainCall["question"]["of"], readonly string[]>>> = {
	tag: [eventNames.tagAdded, eventNames.tagRemoved],
	score: [eventNames.pointsEarned, eventNames.pointsSpent, eventNames.pointsExpired],
};

/**
 * The facts with what the conditions ask of events and nothing published does. What something published does ask stays
 * as the cell counted it: that is what memberships are decided by.
 */
export function withPast(
	person: Person,
	past: Past,
	asked: readonly Condition[],
	published: Definitions,
): Facts {
	const kept = keptFor(published);
	const facts = read(person);
	const missing = asked.flatMap(watchedIn).filter(({ key, keep }) => keep > (kept.get(key) ?? -1));
	if (missing.length === 0) return facts;
	const folded = fold(past, asked, person);
	const counters = { ...facts.counters };
	const values = { ...facts.values };
	const sums = { ...facts.sums };
	for (const { as, key } of missing) {
		if (as === "value") put(values, key, own(folded.values ?? {}, key) ?? { at: [], of: [] });
		else if (as === "sum") put(sums, key, own(folded.sums ?? {}, key) ?? { ever: 0, days: [], sums: [] });
		else put(counters, key, own(folded.counters, key) ?? []);
	}
	return { ...facts, counters, values, sums };
}

function fold(past: Past, asked: readonly Condition[], { parts }: Person): Facts {
	const watch = watchFor(asked);
	let person = nobody;
	for (const [id, events] of Object.entries(past)) {
		const facts = emptyFacts();
		const { kind = "browser" } = own(parts, id) ?? {};
		for (const event of events) record(facts, event, watch, {}, kind);
		person = withPart(person, { id, kind, version: 1, facts });
	}
	return read(person);
}

/** Of each key that something published asks for, how many it keeps. */
function keptFor(published: Definitions): ReadonlyMap<string, number> {
	const kept = new Map<string, number>();
	for (const [, condition] of conditionsIn(published))
		for (const { key, keep } of watchedIn(condition)) kept.set(key, Math.max(keep, kept.get(key) ?? -1));
	return kept;
}

function watchedIn(condition: Condition): readonly Watched[] {
	return Array.from(leavesOf(condition)).flatMap((leaf) => watchedBy(leaf).map(([, watched]) => watched));
}
