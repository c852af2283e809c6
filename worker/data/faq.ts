// A site's questions and answers, in their order.

export interface StoredEntry {
	readonly id: string;
	readonly version: number;
	/** As JSON. */
	readonly texts: string;
	readonly changedAt: number;
	readonly changedBy: string;
}

const columns = "id, version, texts, changed_at AS changedAt, changed_by AS changedBy";

export async function entriesOf(db: D1Database, site: string): Promise<readonly StoredEntry[]> {
	const query = `SELECT ${columns} FROM faq WHERE site = ?1 ORDER BY place, id`;
	return (await db.prepare(query).bind(site).all<StoredEntry>()).results;
}

export async function entryOf(db: D1Database, site: string, id: string): Promise<StoredEntry | undefined> {
	const query = `SELECT ${columns} FROM faq WHERE site = ?1 AND id = ?2`;
	return (await db.prepare(query).bind(site, id).first<StoredEntry>()) ?? undefined;
}

/** Behind all others; false where there are as many as there may be. */
export async function addEntry(
	db: D1Database,
	site: string,
	{ id, version, texts, changedAt, changedBy }: StoredEntry,
	most: number,
): Promise<boolean> {
	const query = `INSERT INTO faq (site, id, place, version, texts, changed_at, changed_by)
		SELECT ?1, ?2, coalesce(max(place), 0) + 1, ?3, ?4, ?5, ?6 FROM faq WHERE site = ?1 HAVING count(*) < ?7`;
	const { meta } = await db.prepare(query).bind(site, id, version, texts, changedAt, changedBy, most).run();
	return meta.changes === 1;
}

/** `version` is the one that was read; false where it is not the latest any more, and nothing was written. */
export async function changeEntry(
	db: D1Database,
	site: string,
	{ id, version, texts, changedAt, changedBy }: StoredEntry,
): Promise<boolean> {
	const { meta } = await db
		.prepare(
			`UPDATE faq SET version = version + 1, texts = ?4, changed_at = ?5, changed_by = ?6
			WHERE site = ?1 AND id = ?2 AND version = ?3`,
		)
		.bind(site, id, version, texts, changedAt, changedBy)
		.run();
	return meta.changes === 1;
}

/** Whether there was one. */
export async function dropEntry(db: D1Database, site: string, id: string): Promise<boolean> {
	const query = "DELETE FROM faq WHERE site = ?1 AND id = ?2";
	return (await db.prepare(query).bind(site, id).run()).meta.changes === 1;
}

/** In this order; false where these are not all that there are, and nothing was moved. */
export async function orderEntries(db: D1Database, site: string, ids: readonly string[]): Promise<boolean> {
	const query = `UPDATE faq SET place = (SELECT key FROM json_each(?2) WHERE value = faq.id) WHERE site = ?1
		AND (SELECT count(*) FROM faq WHERE site = ?1) = json_array_length(?2)
		AND NOT EXISTS (SELECT 1 FROM faq f WHERE f.site = ?1 AND f.id NOT IN (SELECT value FROM json_each(?2)))`;
	const { meta } = await db.prepare(query).bind(site, JSON.stringify(ids)).run();
	return meta.changes === ids.length;
}
