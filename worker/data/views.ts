// Saved views of the list of people: of a site, each everybody's or somebody's own.

export interface StoredView {
	readonly id: string;
	/** Null for everybody's. */
	readonly owner: string | null;
	readonly version: number;
	/** As JSON. */
	readonly body: string;
	readonly changedAt: number;
}

const columns = "id, owner, version, body, changed_at AS changedAt";
/** What somebody may see, and change. */
const own = "(owner IS NULL OR owner = ?2)";

export async function viewsOf(db: D1Database, site: string, asker: string): Promise<readonly StoredView[]> {
	const query = `SELECT ${columns} FROM views WHERE site = ?1 AND ${own} ORDER BY id`;
	return (await db.prepare(query).bind(site, asker).all<StoredView>()).results;
}

export async function viewOf(
	db: D1Database,
	site: string,
	asker: string,
	id: string,
): Promise<StoredView | undefined> {
	const query = `SELECT ${columns} FROM views WHERE site = ?1 AND ${own} AND id = ?3`;
	return (await db.prepare(query).bind(site, asker, id).first<StoredView>()) ?? undefined;
}

export async function countViews(db: D1Database, site: string): Promise<number> {
	const query = "SELECT count(*) AS n FROM views WHERE site = ?1";
	return (await db.prepare(query).bind(site).first<number>("n")) ?? 0;
}

export async function addView(
	db: D1Database,
	site: string,
	{ id, owner, version, body, changedAt }: StoredView,
): Promise<void> {
	await db
		.prepare("INSERT INTO views (site, id, owner, version, body, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
		.bind(site, id, owner, version, body, changedAt)
		.run();
}

/** `version` is the one that was read; false where it is not the latest any more, and nothing was written. */
export async function changeView(
	db: D1Database,
	site: string,
	asker: string,
	{ id, owner, version, body, changedAt }: StoredView,
): Promise<boolean> {
	const { meta } = await db
		.prepare(
			`UPDATE views SET owner = ?4, version = version + 1, body = ?6, changed_at = ?7
			WHERE site = ?1 AND ${own} AND id = ?3 AND version = ?5`,
		)
		.bind(site, asker, id, owner, version, body, changedAt)
		.run();
	return meta.changes > 0;
}

/** Whether there was one. */
export async function dropView(db: D1Database, site: string, asker: string, id: string): Promise<boolean> {
	const query = `DELETE FROM views WHERE site = ?1 AND ${own} AND id = ?3`;
	return (await db.prepare(query).bind(site, asker, id).run()).meta.changes > 0;
}
