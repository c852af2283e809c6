// A new definition has a past: which of what it watches was not watched before, and facts with that counted anew out of
// the whole history of their part.

import { type Condition, leavesOf } from "./condition.ts";
import { isDerived } from "./event.ts";
import type { Facts } from "./facts.ts";
import { own } from "./keyed.ts";
import { type Watch, type Watches, type Watching, watchedBy, watchOf } from "./watch.ts";

/**
 * The keys of what is watched now and was not before, or less of it. `pending` are those that were still owed from the
 * time before.
 */
export function missingIn(now: Watches, before: Watches, pending: readonly string[] = []): readonly string[] {
	const owed = new Set(pending);
	return Array.from(now.values(), ([, { key, keep }]) => ({ key, keep }))
		.filter(({ key, keep }) => owed.has(key) || (before.get(key)?.[1].keep ?? -1) < keep)
		.map(({ key }) => key);
}

/** What is to be watched of a history, and the names of the events that tell of it; none where it takes all of them. */
export interface Chosen {
	readonly watch: Watch;
	readonly names: readonly string[] | undefined;
}

export function chosen(keys: readonly string[], watches: Watches): Chosen {
	const missing = keys.flatMap((key): readonly Watching[] => {
		const watching = watches.get(key);
		return watching ? [watching] : [];
	});
	return { watch: watchOf(missing), names: namesIn(missing) };
}

function namesIn(watches: readonly Watching[]): readonly string[] | undefined {
	const names = new Set<string>();
	for (const [{ name }, { as }] of watches) {
		// Visits are made of all events, and what only rules say stands with the events that made them.
		if (as === "visit" || isDerived(name)) return undefined;
		names.add(name);
	}
	return [...names];
}

export function isNeeding(condition: Condition, keys: ReadonlySet<string>): boolean {
	for (const leaf of leavesOf(condition))
		for (const [, { key }] of watchedBy(leaf)) if (keys.has(key)) return true;
	return false;
}

/** The facts with what another fold of the same part's history has under these keys; nothing where that is the same. */
export function refilled(facts: Facts, counted: Facts, keys: readonly string[]): Facts | undefined {
	const counters = replaced(facts.counters, counted.counters, keys);
	const values = replaced(facts.values ?? {}, counted.values ?? {}, keys);
	const sums = replaced(facts.sums ?? {}, counted.sums ?? {}, keys);
	if (!counters && !values && !sums) return undefined;
	// New records: evaluations hold on to what they found in the old ones.
	return {
		...facts,
		...(counters && { counters }),
		...(values && { values }),
		...(sums && { sums }),
	};
}

function replaced<T>(
	known: Readonly<Record<string, T>>,
	counted: Readonly<Record<string, T>>,
	keys: readonly string[],
): Record<string, T> | undefined {
	const changed = keys.filter((key) => JSON.stringify(own(known, key)) !== JSON.stringify(own(counted, key)));
	if (changed.length === 0) return undefined;
	const gone = new Set(changed);
	const kept = Object.entries(known).filter(([key]) => !gone.has(key));
	const fresh = changed.flatMap((key) => {
		const value = own(counted, key);
		return value === undefined ? [] : [[key, value] as const];
	});
	return Object.fromEntries([...kept, ...fresh]);
}
