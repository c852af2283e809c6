// Of one person, what D1 knows, what it holds, and how it forgets it: through the registry.

import type { Identifier } from "../domain/contact.ts";
import { normalise } from "../domain/contact.ts";
import { digestOf } from "../platform/digest.ts";
import { jsonbIn } from "./intake.ts";
import { digestsOf, type Ids, inDatabase, noIds, statementsOf } from "./registry.ts";

/** Longer than any token lives, and any queue that a browser keeps. */
export const tombstoneMs = 400 * 86_400_000;

/**
 * Whoever is the same person as one of these: whom merges have led to them, and to whom. Who has a row of their own again
 * is somebody else: the merge was undone.
 */
const same = `known (id) AS (SELECT value FROM json_each(?2) UNION
	SELECT iif(f.person = known.id, f.into_person, f.person) FROM known JOIN forwards f
		ON f.site = ?1 AND (f.person = known.id OR f.into_person = known.id)
			AND NOT EXISTS (SELECT 1 FROM people p WHERE p.site = ?1 AND p.id = f.person))`;

/** What else these people are called in D1, and the identifiers that they ever told. */
export async function knownOf(
	db: D1Database,
	site: string,
	people: readonly string[],
): Promise<{ readonly ids: Ids; readonly identifiers: readonly Identifier[] }> {
	if (people.length === 0) return { ids: noIds, identifiers: [] };
	const bound = (query: string) => db.prepare(query).bind(site, JSON.stringify(people));
	const [aliases, parts, told] = await db.batch<Record<string, string | null>>([
		bound(`WITH RECURSIVE ${same} SELECT id FROM known`),
		bound(`WITH RECURSIVE ${same} SELECT id, kind FROM parts
			WHERE site = ?1 AND (person IN (SELECT id FROM known) OR tied_to IN (SELECT id FROM known))`),
		bound(`WITH RECURSIVE ${same}, own (id) AS (SELECT id FROM parts WHERE site = ?1 AND person IN (SELECT id FROM known))
			SELECT facts ->> '$.attributes.email.value' AS email, facts ->> '$.attributes.phone.value' AS phone,
				facts ->> '$.attributes.userId.value' AS userId
			FROM parts WHERE site = ?1 AND id IN (SELECT id FROM own)
			UNION SELECT props ->> '$.email', props ->> '$.phone', NULL
			FROM events WHERE site = ?1 AND part IN (SELECT id FROM own)
				AND (props ->> '$.email' IS NOT NULL OR props ->> '$.phone' IS NOT NULL)`),
	]);
	const idsIn = (answer: D1Result<Record<string, string | null>> | undefined) =>
		(answer?.results ?? []).flatMap(({ id }) => id ?? []);
	const browsers = (parts?.results ?? []).flatMap(({ id, kind }) => (kind === "browser" && id ? [id] : []));
	return {
		ids: { people: idsIn(aliases), parts: idsIn(parts), visitors: browsers },
		identifiers: (told?.results ?? []).flatMap(identifiersIn),
	};
}

/** What of these values by kind is an identifier. */
export function identifiersIn(values: Readonly<Record<string, unknown>>): readonly Identifier[] {
	return (["email", "phone", "user"] as const).flatMap((kind) => {
		const value = values[kind === "user" ? "userId" : kind];
		return typeof value === "string" ? (normalise(kind, value) ?? []) : [];
	});
}

/** Every row of theirs, by table, as D1 has it. */
export async function rowsOf(
	db: D1Database,
	site: string,
	ids: Ids,
): Promise<Readonly<Record<string, readonly Record<string, unknown>[]>>> {
	const asked = statementsOf(inDatabase, "SELECT *", ids, "database");
	if (asked.length === 0) return {};
	const answers = await db.batch<Record<string, unknown>>(
		asked.map(({ sql, table, ids: of }) => {
			const said = (jsonbIn[table] ?? []).map((column) => `, json(${column}) AS ${column}`).join("");
			const query = sql.replace("*", `*${said}`);
			return db.prepare(query).bind(site, JSON.stringify(of));
		}),
	);
	const rows: Record<string, Record<string, unknown>[]> = {};
	for (const [i, { table }] of asked.entries())
		rows[table] = [...(rows[table] ?? []), ...(answers[i]?.results ?? [])];
	return Object.fromEntries(Object.entries(rows).filter(([, its]) => its.length > 0));
}

/** Forgets all of it in one batch, and leaves tombstones. What comes twice does no harm. */
export async function eraseFrom(db: D1Database, site: string, ids: Ids, now: number): Promise<void> {
	const digests = JSON.stringify(digestsOf(ids));
	await db.batch([
		db
			.prepare(
				`INSERT INTO tombstones (site, digest, at) SELECT ?1, value, ?3 FROM json_each(?2) WHERE true
				ON CONFLICT (site, digest) DO UPDATE SET at = max(at, excluded.at)`,
			)
			.bind(site, digests, now),
		db.prepare("DELETE FROM tombstones WHERE site = ?1 AND at < ?2").bind(site, now - tombstoneMs),
		...statementsOf(inDatabase, "DELETE", ids, "database").map(({ sql, ids: of }) =>
			db.prepare(sql).bind(site, JSON.stringify(of)),
		),
	]);
}

/** How many digests there are of people who were erased: as many as before where nobody was erased since. */
export async function tombstonesOf(db: D1Database, site: string): Promise<number> {
	const count = db.prepare("SELECT count(*) AS n FROM tombstones WHERE site = ?1").bind(site);
	return (await count.first<number>("n")) ?? 0;
}

/** When the person was erased; nothing where they never were. */
export async function erasedAt(db: D1Database, site: string, person: string): Promise<number | undefined> {
	const at = await db
		.prepare("SELECT at FROM tombstones WHERE site = ?1 AND digest = ?2")
		.bind(site, digestOf("person", person))
		.first<number>("at");
	return at ?? undefined;
}

/** Those of the digests of ids of people who were erased. */
export async function erasedAmong(
	db: D1Database,
	site: string,
	digests: readonly string[],
): Promise<ReadonlySet<string>> {
	const { results } = await db
		.prepare("SELECT digest FROM tombstones WHERE site = ?1 AND digest IN (SELECT value FROM json_each(?2))")
		.bind(site, JSON.stringify(digests))
		.all<{ digest: string }>();
	return new Set(results.map(({ digest }) => digest));
}
