// The end of a site in D1: that it is to go, and that it goes, a bounded number of rows at a time.

import { digestOf } from "../platform/digest.ts";
import { addEntryTo, type Entry } from "./audit.ts";
import type { database } from "./tables.ts";

/** Which column says whose a row is; "last" where it is needed until all else is gone; null of what is no site's. */
const columns = {
	people: "site",
	parts: "site",
	arrivals: "site",
	contact_events: "site",
	forwards: "site",
	messages: "site",
	conversations: "site",
	conflicts: "site",
	imports: "site",
	views: "site",
	bulk_jobs: "site",
	tombstones: "site",
	// What visits come to is counted when their rows go: so after them.
	figures: "site",
	sizes: "site",
	credits: "site",
	watermarks: "site",
	definitions: "site",
	publications: "site",
	revisions: "site",
	faq: "site",
	attributes: "site",
	invitations: "site",
	audit: "site",
	sites: "last",
	memberships: "last",
	removals: "last",
	removed_sites: null,
	accounts: null,
	sessions: null,
	recovery_codes: null,
	product_news: "site",
	passkeys: null,
	challenges: null,
	recoveries: null,
	guesses: null,
	d1_migrations: null,
} as const satisfies Readonly<Record<keyof typeof database, "site" | "last" | null>>;

/** In the order in which they are emptied. */
export const tablesOfSites: readonly string[] = Object.entries(columns).flatMap(([table, column]) =>
	column === "site" ? [table] : [],
);

export interface Removal {
	readonly account: string | null;
	readonly askedAt: number;
	readonly dueAt: number;
	/** Null while it can be undone. */
	readonly begunAt: number | null;
}

const statements = {
	add: `INSERT INTO removals (site, account, asked_at, due_at) SELECT ?1, ?2, ?3, ?4
		WHERE EXISTS (SELECT 1 FROM sites WHERE id = ?1) ON CONFLICT (site) DO NOTHING`,
	find: "SELECT account, asked_at AS askedAt, due_at AS dueAt, begun_at AS begunAt FROM removals WHERE site = ?1",
	standing: `SELECT iif(EXISTS (SELECT 1 FROM removals WHERE site = ?1), 'closed',
		iif(EXISTS (SELECT 1 FROM removed_sites WHERE digest = ?2), 'removed', 'open')) AS standing`,
	begin: "UPDATE removals SET begun_at = coalesce(begun_at, ?2) WHERE site = ?1",
	undo: "DELETE FROM removals WHERE site = ?1 AND begun_at IS NULL",
	keys: "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
	remember: "INSERT INTO removed_sites (digest, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	last: [
		"DELETE FROM memberships WHERE site = ?1",
		"DELETE FROM sites WHERE id = ?1",
		"DELETE FROM removals WHERE site = ?1",
	],
	holds: `SELECT
		(SELECT count(*) FROM people WHERE site = ?1 AND retention_ms IS NULL) AS contacts,
		(SELECT count(*) FROM contact_events WHERE site = ?1) AS events,
		(SELECT count(*) FROM definitions WHERE site = ?1 AND kind <> 'settings') AS definitions,
		(SELECT count(*) FROM imports WHERE site = ?1) AS imports,
		(SELECT count(*) FROM memberships WHERE site = ?1) AS members`,
} as const;

const digestOfSite = (site: string) => digestOf("site", site);

/** Once, however often it is asked. */
export async function addRemoval(
	db: D1Database,
	site: string,
	{ account, askedAt, dueAt }: Pick<Removal, "account" | "askedAt" | "dueAt">,
): Promise<void> {
	await db.prepare(statements.add).bind(site, account, askedAt, dueAt).run();
}

export async function removalIn(db: D1Database, site: string): Promise<Removal | undefined> {
	return (await db.prepare(statements.find).bind(site).first<Removal>()) ?? undefined;
}

/** Whether the site is to go, or was there and is gone. */
export async function standingOf(db: D1Database, site: string): Promise<"open" | "closed" | "removed"> {
	const query = db.prepare(statements.standing).bind(site, digestOfSite(site));
	return (await query.first<"open" | "closed" | "removed">("standing")) ?? "open";
}

/** From now on nothing brings it back. */
export async function beginRemoval(db: D1Database, site: string, now: number): Promise<void> {
	await db.prepare(statements.begin).bind(site, now).run();
}

/** False where it has begun. */
export async function undoRemoval(db: D1Database, site: string): Promise<boolean> {
	await db.prepare(statements.undo).bind(site).run();
	return (await removalIn(db, site)) === undefined;
}

/** How many rows of the table went: as many as one batch bears, or the last of them. */
export async function emptyTable(db: D1Database, site: string, table: string, most: number): Promise<number> {
	const { results } = await db.prepare(statements.keys).bind(table).all<{ name: string }>();
	const keys = results.map(({ name }) => name).join(", ") || "rowid";
	const some = `SELECT ${keys} FROM ${table} WHERE site = ?1 LIMIT ?2`;
	const { meta } = await db
		.prepare(`DELETE FROM ${table} WHERE (${keys}) IN (${some})`)
		.bind(site, most)
		.run();
	return meta.changes;
}

/** What is gone is only told to whoever did it: of the site nothing is left but a digest of what it was called. */
export async function endRemoval(db: D1Database, site: string, entry: Entry): Promise<void> {
	await db.batch([
		db.prepare(statements.remember).bind(digestOfSite(site), entry.at),
		addEntryTo(db, entry),
		...statements.last.map((statement) => db.prepare(statement).bind(site)),
	]);
}

export interface Holds {
	readonly contacts: number;
	readonly events: number;
	readonly definitions: number;
	readonly imports: number;
	readonly members: number;
}

export async function heldBy(db: D1Database, site: string): Promise<Holds> {
	const held = await db.prepare(statements.holds).bind(site).first<Holds>();
	return held ?? { contacts: 0, events: 0, definitions: 0, imports: 0, members: 0 };
}

/** Of what has an object of its own. */
export async function idsIn(
	db: D1Database,
	site: string,
	table: "imports" | "bulk_jobs",
): Promise<readonly string[]> {
	const { results } = await db
		.prepare(`SELECT id FROM ${table} WHERE site = ?1`)
		.bind(site)
		.all<{ id: string }>();
	return results.map(({ id }) => id);
}
