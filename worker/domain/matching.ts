// Which of many matches an event satisfies, and what hangs on each. Prepared once for a publication, asked for every
// event: patterns are folded beforehand, an event's path once, and whole paths are looked up instead of compared.

import type { EventMatch } from "./condition.ts";
import type { Event } from "./event.ts";
import { pathOf, pathTester, restTester, wantedOf } from "./match.ts";

export interface Matching<T> {
	/** What hangs on the matches that this event satisfies, in the order in which they were given. */
	of(event: Event): readonly T[];
}

interface Entry<T> {
	readonly order: number;
	readonly passesPath: (path: string) => boolean;
	readonly passesRest: ReturnType<typeof restTester>;
	readonly held: T;
}

/** Of one event name. */
interface Group<T> {
	/** Asked of every such event, with a page or without. */
	readonly anywhere: Entry<T>[];
	readonly byPath: Map<string, Entry<T>[]>;
	readonly byPattern: Entry<T>[];
}

export function matchingOf<T>(given: Iterable<readonly [EventMatch, T]>): Matching<T> {
	const groups = new Map<string, Group<T>>();
	let order = 0;
	for (const [match, held] of given) {
		const group: Group<T> = groups.get(match.name) ?? { anywhere: [], byPath: new Map(), byPattern: [] };
		groups.set(match.name, group);
		const passesPath = match.path ? pathTester(match.path) : () => true;
		const entry = { order: order++, passesPath, passesRest: restTester(match), held };
		if (!match.path) group.anywhere.push(entry);
		else if (match.path.op === "is") {
			const path = wantedOf(match.path);
			group.byPath.set(path, [...(group.byPath.get(path) ?? []), entry]);
		} else group.byPattern.push(entry);
	}
	// What arrives is asked about more than once: by whoever records it, and by whoever asks whether anybody reads it.
	let latest: { readonly event: Event; readonly found: readonly T[] } | undefined;
	return {
		of: (event) => {
			if (latest?.event === event) return latest.found;
			const found = satisfied(groups.get(event.name), event);
			latest = { event, found };
			return found;
		},
	};
}

function satisfied<T>(group: Group<T> | undefined, event: Event): readonly T[] {
	if (!group) return [];
	const { props, at } = event;
	const found: Entry<T>[] = [];
	for (const entry of group.anywhere) if (entry.passesRest(props, at)) found.push(entry);
	const isAnywhere = found.length;
	const path = group.byPath.size + group.byPattern.length > 0 ? pathOf(event) : undefined;
	if (path !== undefined) {
		for (const entry of group.byPath.get(path) ?? []) if (entry.passesRest(props, at)) found.push(entry);
		for (const entry of group.byPattern)
			if (entry.passesPath(path) && entry.passesRest(props, at)) found.push(entry);
	}
	// Each of the three is in order.
	if (found.length > isAnywhere) found.sort((a, b) => a.order - b.order);
	return found.map(({ held }) => held);
}
