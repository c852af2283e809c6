// What a site's own attributes are called and hold; and what values people really have.

import type { Attribute } from "../protocol/attribute.ts";

export interface NamedAttribute extends Pick<Attribute, "name" | "kind" | "version"> {
	readonly names: NonNullable<Attribute["names"]>;
}

/** To go through everybody takes seconds: of very many the youngest tell enough. */
const looked = 10_000;

const statements = {
	named: "SELECT name, version, body FROM attributes WHERE site = ?1",
	contacts: "SELECT count(*) AS n FROM people WHERE site = ?1 AND retention_ms IS NULL",
	/** Of several parts that know it, each type counts once for a person. */
	held: `WITH some AS MATERIALIZED (SELECT id FROM people WHERE site = ?1 AND retention_ms IS NULL ORDER BY id DESC LIMIT ${looked})
		SELECT t.key AS name, json_type(t.value, '$.value') AS type, count(DISTINCT some.id) AS people
		FROM some CROSS JOIN parts q INDEXED BY parts_of_person ON q.site = ?1 AND q.person = some.id
			CROSS JOIN json_each(q.facts, '$.attributes') t
		GROUP BY 1, 2`,
	others: `SELECT count(DISTINCT p.id) AS n FROM people p CROSS JOIN parts q INDEXED BY parts_of_person
			ON q.site = ?1 AND q.person = p.id
		WHERE p.site = ?1 AND p.retention_ms IS NULL AND json_type(q.facts, ?2) NOT IN (SELECT value FROM json_each(?3))`,
	add: `INSERT INTO attributes (site, name, version, body, changed_at, changed_by) VALUES (?1, ?2, 1, ?4, ?5, ?6)
		ON CONFLICT DO NOTHING`,
	change: `UPDATE attributes SET version = version + 1, body = ?4, changed_at = ?5, changed_by = ?6
		WHERE site = ?1 AND name = ?2 AND version = ?3`,
	drop: "DELETE FROM attributes WHERE site = ?1 AND name = ?2",
} as const;

export async function namedOf(db: D1Database, site: string): Promise<readonly NamedAttribute[]> {
	const query = db.prepare(statements.named).bind(site);
	const { results } = await query.all<{ name: string; version: number; body: string }>();
	return results.map(({ body, ...one }) => ({ ...one, ...JSON.parse(body) }));
}

export interface Held {
	readonly name: string;
	/** As SQLite calls it. */
	readonly type: string | null;
	readonly people: number;
}

/** Whatever attributes the contacts that were looked at have. */
export async function heldOf(
	db: D1Database,
	site: string,
): Promise<{ readonly held: readonly Held[]; readonly looked: number; readonly contacts: number }> {
	const [counted, held] = await db.batch([
		db.prepare(statements.contacts).bind(site),
		db.prepare(statements.held).bind(site),
	]);
	const [{ n } = { n: 0 }] = (counted?.results ?? []) as { n: number }[];
	return { held: (held?.results ?? []) as Held[], looked: Math.min(n, looked), contacts: n };
}

/** How many contacts have a value of it that is of none of these types. */
export async function othersOf(
	db: D1Database,
	site: string,
	name: string,
	types: readonly string[],
): Promise<number> {
	const path = `$.attributes."${name}".value`;
	const query = db.prepare(statements.others).bind(site, path, JSON.stringify(types));
	return (await query.first<number>("n")) ?? 0;
}

/** `version` is the one that was read, 0 of what has none; false where it is not the latest, and nothing was written. */
export async function nameAttribute(
	db: D1Database,
	site: string,
	{ name, version, names, kind }: NamedAttribute,
	{ at, by }: { readonly at: number; readonly by: string },
): Promise<boolean> {
	const body = JSON.stringify({ names, kind });
	const statement = version === 0 ? statements.add : statements.change;
	const { meta } = await db.prepare(statement).bind(site, name, version, body, at, by).run();
	return meta.changes === 1;
}

/** Whether it had a name. */
export async function dropName(db: D1Database, site: string, name: string): Promise<boolean> {
	return (await db.prepare(statements.drop).bind(site, name).run()).meta.changes === 1;
}
