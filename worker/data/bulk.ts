// Which acts on many people a site has, and how people stand before one. How far they have come is with their objects.

import { whereabouts } from "./cards.ts";

export interface ListedJob {
	readonly id: string;
	readonly createdAt: number;
}

/** Told twice, it is one. */
export async function addJob(db: D1Database, site: string, { id, createdAt }: ListedJob): Promise<void> {
	await db
		.prepare("INSERT INTO bulk_jobs (site, id, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
		.bind(site, id, createdAt)
		.run();
}

/** The latest first; ids are in the order of time. */
export async function jobsOf(
	db: D1Database,
	site: string,
	{ after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly ListedJob[]> {
	const { results } = await db
		.prepare(
			`SELECT id, created_at AS createdAt FROM bulk_jobs
			WHERE site = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3`,
		)
		.bind(site, after ?? null, limit)
		.all<ListedJob>();
	return results;
}

/**
 * Where these people are by now, and in which segments contacts are: those of anonymous people go with their details, and
 * are not kept anywhere else. Whoever is not known is not among them.
 */
export async function foundBy(db: D1Database, site: string, names: readonly string[]) {
	const at = await whereabouts(db, site, names);
	const { results } = await db
		.prepare(
			"SELECT id, segments FROM people WHERE site = ?1 AND retention_ms IS NULL AND id IN (SELECT value FROM json_each(?2))",
		)
		.bind(site, JSON.stringify(Array.from(at.values(), ({ person }) => person)))
		.all<{ id: string; segments: string }>();
	const segmentsOf = new Map(results.map(({ id, segments }) => [id, segments]));
	return names.flatMap((name) => {
		const owner = at.get(name);
		if (!owner) return [];
		const segments: Readonly<Record<string, number>> = JSON.parse(segmentsOf.get(owner.person) ?? "{}");
		return [{ name, ...owner, segments }];
	});
}
