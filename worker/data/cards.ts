// Who people are by now, and identifiers that point at two of them.

import type { Identifier, Owner } from "../domain/contact.ts";
import { digestOf } from "../platform/digest.ts";

/** More than so many merges in a row are followed no further. */
const longestWay = 16;

/** By the name that was asked for: who has it now. Whoever is not known has none. */
export async function whereabouts(
	db: D1Database,
	site: string,
	people: readonly string[],
): Promise<ReadonlyMap<string, Owner>> {
	const query = `WITH RECURSIVE way (asked, id, steps) AS (
			SELECT value, value, 0 FROM json_each(?2)
			UNION ALL
			SELECT way.asked, f.into_person, way.steps + 1
			FROM way CROSS JOIN forwards f ON f.site = ?1 AND f.person = way.id
			WHERE way.steps < ?3 AND NOT EXISTS (SELECT 1 FROM people p WHERE p.site = ?1 AND p.id = way.id)
		)
		SELECT way.asked, p.id AS person, p.cell FROM way CROSS JOIN people p ON p.site = ?1 AND p.id = way.id`;
	const { results } = await db
		.prepare(query)
		.bind(site, JSON.stringify(people), longestWay)
		.all<Owner & { asked: string }>();
	return new Map(results.map(({ asked, person, cell }) => [asked, { person, cell }]));
}

/** An identifier of `person` that is somebody else's in the directory. */
export interface Conflict extends Identifier {
	readonly person: string;
	readonly other: string;
	readonly at: number;
}

/** Identifiers of somebody that are somebody else's. */
export interface Conflicting {
	readonly person: string;
	readonly conflicts: readonly (Identifier & { readonly owner: Owner })[];
}

/** Notes conflicts for a person to settle. One that was settled, or is known, stays as it is; one of whoever was erased is none. */
export async function noteConflicts(
	db: D1Database,
	site: string,
	people: readonly Conflicting[],
	at: number,
): Promise<void> {
	const rows = people.flatMap(({ person, conflicts }) =>
		conflicts.map(({ kind, value, owner }) => ({
			person,
			kind,
			value,
			other: owner.person,
			digests: [person, owner.person].map((id) => digestOf("person", id)),
		})),
	);
	if (rows.length === 0) return;
	const query = `INSERT INTO conflicts (site, person, other, kind, value, at)
		SELECT ?1, c.value ->> 'person', c.value ->> 'other', c.value ->> 'kind', c.value ->> 'value', ?3
		FROM json_each(?2) c WHERE NOT EXISTS (SELECT 1 FROM tombstones t
			WHERE t.site = ?1 AND t.digest IN (SELECT value FROM json_each(c.value, '$.digests')))
		ON CONFLICT DO NOTHING`;
	await db.prepare(query).bind(site, JSON.stringify(rows), at).run();
}

/** Takes back what was noted of these people as of that very instant, and waits still. */
export async function forgetConflicts(
	db: D1Database,
	site: string,
	people: readonly string[],
	at: number,
): Promise<void> {
	const query = `DELETE FROM conflicts WHERE site = ?1 AND at = ?3 AND settled_at IS NULL
		AND person IN (SELECT value FROM json_each(?2))`;
	await db.prepare(query).bind(site, JSON.stringify(people), at).run();
}

/** Those that wait, the latest first. */
export async function conflictsOf(db: D1Database, site: string, most: number): Promise<readonly Conflict[]> {
	const query = `SELECT person, other, kind, value, at FROM conflicts
		WHERE site = ?1 AND settled_at IS NULL ORDER BY at DESC LIMIT ?2`;
	return (await db.prepare(query).bind(site, most).all<Conflict>()).results;
}

export async function conflictsWaiting(db: D1Database, site: string): Promise<number> {
	const query = "SELECT count(*) AS n FROM conflicts WHERE site = ?1 AND settled_at IS NULL";
	return (await db.prepare(query).bind(site).first<number>("n")) ?? 0;
}

/** Nothing more is asked about these two. */
export async function settleConflicts(
	db: D1Database,
	site: string,
	one: string,
	other: string,
	now: number,
): Promise<void> {
	const query = `UPDATE conflicts SET settled_at = ?4
		WHERE site = ?1 AND settled_at IS NULL AND ((person = ?2 AND other = ?3) OR (person = ?3 AND other = ?2))`;
	await db.prepare(query).bind(site, one, other, now).run();
}

interface PartOfCard {
	readonly id: string;
	readonly kind: string;
	readonly proof: string | null;
	/** Tied by what was typed, and not counted where it is another's. */
	readonly isTied: boolean;
	readonly visits: number;
	readonly firstSeenAt: number | null;
	readonly lastSeenAt: number | null;
}

/** What a card is made of, with what is tied to it, the latest seen first. */
export async function partsOfCard(
	db: D1Database,
	site: string,
	person: string,
): Promise<readonly PartOfCard[]> {
	const query = `SELECT id, kind, proof, tied_to IS NOT NULL AS tied, visits, first_seen_at, last_seen_at
		FROM parts WHERE site = ?1 AND person = ?2
		UNION SELECT id, kind, proof, 1, visits, first_seen_at, last_seen_at FROM parts WHERE site = ?1 AND tied_to = ?2
		ORDER BY last_seen_at DESC LIMIT 100`;
	const { results } = await db.prepare(query).bind(site, person).all<{
		id: string;
		kind: string;
		proof: string | null;
		tied: number;
		visits: number;
		first_seen_at: number | null;
		last_seen_at: number | null;
	}>();
	return results.map(({ tied, first_seen_at, last_seen_at, ...part }) => ({
		...part,
		isTied: tied === 1,
		firstSeenAt: first_seen_at,
		lastSeenAt: last_seen_at,
	}));
}
