// How many people segments have, as the cells last told.

/** Contacts, by segment: of anonymous people memberships lapse with their details, within hours. */
export async function membersOf(db: D1Database, site: string): Promise<ReadonlyMap<string, number>> {
	const query = `SELECT s.key AS segment, count(*) AS n FROM people p, json_each(p.segments) s
		WHERE p.site = ?1 AND p.retention_ms IS NULL GROUP BY 1`;
	const { results } = await db.prepare(query).bind(site).all<{ segment: string; n: number }>();
	return new Map(results.map(({ segment, n }) => [segment, n]));
}
