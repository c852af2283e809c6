// People's pasts out of D1, lived once more with the rules that are applied: read page by page for many at once, each
// person's browsers in one order of time. Of what was read only what it comes to is kept.

import { type PastEvent, pagesOf, type Unread } from "../data/past.ts";
import type { Applying } from "../domain/application.ts";
import { emptyFacts } from "../domain/facts.ts";
import { introducedBy } from "../domain/introduction.ts";
import type { Part, Person } from "../domain/person.ts";
import { live, type Recorded, type Relived, relive, unlived } from "../domain/relive.ts";
import type { Standing } from "../domain/standing.ts";

export interface Someone {
	readonly person: string;
	readonly standing: Pick<Standing, "person" | "identity">;
}

/** A part's history as far as it was read; the next event is the last of `waiting`. */
interface Reader {
	readonly part: Pick<Part, "id" | "kind">;
	unread: Unread | undefined;
	waiting: PastEvent[];
}

/** By person. */
export async function relivedOf(
	db: D1Database,
	site: string,
	people: readonly Someone[],
	applying: Applying,
	now: number,
): Promise<ReadonlyMap<string, Relived>> {
	const all = people.map(({ person, standing }) => {
		const isContact = standing.identity !== "anonymous";
		const readers = Object.values(standing.person.parts).map((part): Reader => {
			return { part, unread: { part: part.id, isContact }, waiting: [] };
		});
		return { person, readers, life: begun(standing) };
	});
	const readers = all.flatMap((one) => one.readers);
	for (;;) {
		const hungry = readers.filter(({ unread, waiting }) => unread && waiting.length === 0);
		if (hungry.length === 0) break;
		await readOn(db, site, hungry, now);
		for (const one of all) liveOn(one.life, one.readers, applying);
	}
	for (const { life, readers } of all) live(life, applying, readers[0]?.part.id ?? "", now);
	return new Map(all.map(({ person, life }) => [person, life]));
}

/**
 * By which somebody is known comes with its event. Of all else that is known of somebody no event tells when it was said, and it is
 * taken to have been so all along.
 */
function begun({ person, identity }: Someone["standing"]): Relived {
	const parts: Record<string, Part> = {};
	for (const { id, kind, facts } of Object.values(person.parts)) {
		const { email: _email, phone: _phone, name: _name, ...attributes } = facts.attributes;
		parts[id] = { id, kind, version: 0, facts: { ...emptyFacts(), attributes } };
	}
	const known: Person = { parts };
	return unlived(identity === "monitored" ? "anonymous" : identity, known);
}

async function readOn(db: D1Database, site: string, hungry: readonly Reader[], now: number): Promise<void> {
	const unread = hungry.flatMap((reader) => reader.unread ?? []);
	const pages = await pagesOf(db, site, unread, undefined, now);
	for (const [i, reader] of hungry.entries()) {
		const { events = [], next } = pages[i] ?? {};
		reader.waiting = events.toSorted((a, b) => a.event.at - b.event.at).reverse();
		reader.unread = next;
	}
}

/** As far as it is certain what comes next. */
function liveOn(life: Relived, readers: readonly Reader[], applying: Applying): void {
	while (readers.every(({ unread, waiting }) => !unread || waiting.length > 0)) {
		let first: Reader | undefined;
		for (const reader of readers) if (atOf(reader) < atOf(first)) first = reader;
		const next = first?.waiting.pop();
		if (!first || !next) return;
		relive(life, applying, recordedOf(first.part, next));
	}
}

function atOf(reader: Reader | undefined): number {
	return reader?.waiting.at(-1)?.event.at ?? Number.POSITIVE_INFINITY;
}

function recordedOf(part: Reader["part"], { event, circumstances }: PastEvent): Recorded {
	const { identifiers, attributes } = introducedBy(event) ?? { identifiers: [], attributes: {} };
	return {
		part,
		event,
		circumstances: { ...circumstances, attributes },
		...(identifiers.length > 0 && { identity: "monitored" }),
	};
}
