// Which of many matches an event satisfies, and what hangs on each. Prepared once for a publication, asked for every
// event: patterns are folded beforehand, an event's path once, and whole paths are looked up instead of compared.

import type { EventMatch } from "./condition.ts";
import type { Event } from "./event.ts";
import { passesWhere, pathOf, pathTester, wantedOf } from "./match.ts";

export interface Matching<T> {
	/** What hangs on the matches that this event satisfies, in the order in which they were given. */
	of(event: Event): readonly T[];
}

interface Entry<T> {
	readonly order: number;
	readonly match: EventMatch;
	readonly passesPath: (path: string) => boolean;
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
		const entry = {
			order: order++,
			match,
			passesPath: match.path ? pathTester(match.path) : () => true,
			held,
		};
		if (!match.path) group.anywhere.push(entry);
		else if (match.path.op === "is") {
			const path = wantedOf(match.path);
			group.byPath.set(path, [...(group.byPath.get(path) ?? []), entry]);
		} else group.byPattern.push(entry);
	}
	return { of: (event) => satisfied(groups.get(event.name), event) };
}

function satisfied<T>(group: Group<T> | undefined, event: Event): readonly T[] {
	if (!group) return [];
	const path = pathOf(event);
	const found = group.anywhere.slice();
	if (path !== undefined) {
		found.push(...(group.byPath.get(path) ?? []));
		for (const entry of group.byPattern) if (entry.passesPath(path)) found.push(entry);
	}
	return found
		.filter(({ match }) => passesWhere(match, event))
		.sort((a, b) => a.order - b.order)
		.map(({ held }) => held);
}
