// Which imports a site has. The files, and how far they have come, are with their objects.

export interface ListedImport {
	readonly id: string;
	readonly name: string;
	readonly createdAt: number;
}

export async function addImport(
	db: D1Database,
	site: string,
	{ id, name, createdAt }: ListedImport,
): Promise<void> {
	await db
		.prepare("INSERT INTO imports (site, id, name, created_at) VALUES (?1, ?2, ?3, ?4)")
		.bind(site, id, name, createdAt)
		.run();
}

/** The latest first; ids are in the order of time. */
export async function importsOf(
	db: D1Database,
	site: string,
	{ after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly ListedImport[]> {
	const { results } = await db
		.prepare(
			`SELECT id, name, created_at AS createdAt FROM imports
			WHERE site = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3`,
		)
		.bind(site, after ?? null, limit)
		.all<ListedImport>();
	return results;
}
