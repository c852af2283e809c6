// The audit log. There is one statement that writes, and it adds: the tables' triggers refuse every other.

import type { Act, AuditRow } from "../protocol/audit.ts";

export interface Entry {
	readonly id: string;
	readonly at: number;
	/** Null where it was done to an account and not at a site. */
	readonly site: string | null;
	/** Null for the operator. */
	readonly account: string | null;
	readonly act: Act;
	readonly about: AuditRow["about"];
	readonly outcome: AuditRow["outcome"];
}

export interface Asked {
	readonly act?: Act;
	readonly by?: string;
	/** A member of `about`, and what it is. */
	readonly about?: readonly [string, string];
	readonly since?: number;
	readonly until?: number;
	readonly before?: string;
	readonly limit: number;
}

const statements = {
	/** Tried again, it is the same row. */
	add: `INSERT INTO audit (id, at, site, account, act, about, outcome) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (id) DO NOTHING`,
	ofSite: `SELECT audit.id, at, act, about, outcome, account, name, email
		FROM audit LEFT JOIN accounts ON accounts.id = audit.account
		WHERE site = ?1 AND (?2 IS NULL OR audit.id < ?2) AND (?3 IS NULL OR act = ?3)
			AND (?4 IS NULL OR coalesce(account, 'operator') = ?4)
			AND (?5 IS NULL OR about ->> ?5 = ?6) AND at >= ?7 AND at < ?8
		ORDER BY audit.id DESC LIMIT ?9`,
	ofAccount: `SELECT audit.id, at, act, about, outcome, account, name, email
		FROM audit LEFT JOIN accounts ON accounts.id = audit.account
		WHERE site IS NULL AND account = ?1 AND (?2 IS NULL OR audit.id < ?2)
		ORDER BY audit.id DESC LIMIT ?3`,
} as const;

export async function addEntry(db: D1Database, entry: Entry): Promise<void> {
	await addEntryTo(db, entry).run();
}

/** The same within a batch. */
export function addEntryTo(db: D1Database, entry: Entry): D1PreparedStatement {
	const { id, at, site, account, act, about, outcome } = entry;
	return db.prepare(statements.add).bind(id, at, site, account, act, JSON.stringify(about), outcome);
}

/** What was done at a site, the latest first. */
export async function entriesOfSite(
	db: D1Database,
	site: string,
	asked: Asked,
): Promise<readonly AuditRow[]> {
	const { act = null, by = null, about, since = 0, until = Number.MAX_SAFE_INTEGER, before = null } = asked;
	const [member, value] = about ? [`$.${about[0]}`, about[1]] : [null, null];
	const { results } = await db
		.prepare(statements.ofSite)
		.bind(site, before, act, by, member, value, since, until, asked.limit)
		.all<Row>();
	return results.map(rowOf);
}

/** What somebody did to their own account, the latest first. */
export async function entriesOfAccount(
	db: D1Database,
	account: string,
	{ before = null, limit }: { readonly before?: string | null; readonly limit: number },
): Promise<readonly AuditRow[]> {
	const { results } = await db.prepare(statements.ofAccount).bind(account, before, limit).all<Row>();
	return results.map(rowOf);
}

interface Row {
	readonly id: string;
	readonly at: number;
	readonly act: Act;
	readonly about: string;
	readonly outcome: AuditRow["outcome"];
	readonly account: string | null;
	readonly name: string | null;
	readonly email: string | null;
}

function rowOf({ account, name, email, about, ...row }: Row): AuditRow {
	const who = account === null ? null : { id: account, name: name ?? "", email: email ?? "" };
	return { ...row, account: who, about: JSON.parse(about) };
}
