// What happened to people, in pages, for whoever takes it all with them.

import type { Event } from "../domain/event.ts";
import { pagesOf, type Unread } from "./past.ts";

export interface ExportedEvent {
	readonly person: string;
	readonly part: string;
	readonly event: Event;
}

/** Parts whose events are read together. */
const partsPerPage = 50;

/** Part by part, each in the order of time, with what rules made of it. Details that have lapsed are not among it. */
export async function* historyOf(
	db: D1Database,
	site: string,
	people: readonly string[],
	now: number,
): AsyncGenerator<readonly ExportedEvent[], void> {
	const { results } = await db
		.prepare(
			`SELECT q.id, q.person, p.identity FROM parts q JOIN people p ON p.site = q.site AND p.id = q.person
			WHERE q.site = ?1 AND q.person IN (SELECT value FROM json_each(?2)) ORDER BY q.person, q.id`,
		)
		.bind(site, JSON.stringify(people))
		.all<{ id: string; person: string; identity: string }>();
	const owners = new Map(results.map(({ id, person }) => [id, person]));
	for (let from = 0; from < results.length; from += partsPerPage) {
		let unread: readonly Unread[] = results
			.slice(from, from + partsPerPage)
			.map(({ id, identity }) => ({ part: id, isContact: identity !== "anonymous" }));
		while (unread.length > 0) {
			const pages = await pagesOf(db, site, unread, undefined, now);
			yield pages.flatMap(({ events }, i) => {
				const part = unread[i]?.part ?? "";
				return events.map(({ event }) => ({ person: owners.get(part) ?? "", part, event }));
			});
			unread = pages.flatMap(({ next }) => (next ? [next] : []));
		}
	}
}
