// Where somebody is signed in. A session is known by the digest of its token alone.

import type { Role } from "../domain/role.ts";

export interface Session {
	readonly id: string;
	readonly account: string;
	readonly email: string;
	readonly name: string;
	readonly seenAt: number;
	readonly confirmedAt: number;
	readonly sites: Readonly<Record<string, Role>>;
}

export interface ListedSession {
	readonly id: string;
	readonly agent: string;
	readonly place: string;
	readonly createdAt: number;
	readonly seenAt: number;
}

export interface NewSession {
	readonly digest: string;
	readonly id: string;
	readonly account: string;
	/** The hash that held when whoever signs in was looked at. */
	readonly password: string | null;
	readonly agent: string;
	readonly place: string;
	readonly expiresAt: number;
}

/** A session that nobody uses ends by itself. */
export const idleMs = 7 * 86_400_000;

const lapsed = ["sessions", "challenges", "invitations", "recoveries", "guesses"] as const;

const statements = {
	find: `SELECT sessions.id, account, email, name, seen_at AS seenAt, confirmed_at AS confirmedAt,
			(SELECT json_group_object(site, role) FROM memberships WHERE memberships.account = sessions.account) AS sites
		FROM sessions JOIN accounts ON accounts.id = account
		WHERE digest = ?1 AND expires_at > ?2 AND seen_at > ?3`,
	begin: `INSERT INTO sessions (digest, id, account, agent, place, created_at, confirmed_at, seen_at, expires_at)
		SELECT ?1, ?2, id, ?4, ?5, ?6, ?6, ?6, ?7 FROM accounts WHERE id = ?3 AND password IS ?8`,
	see: "UPDATE sessions SET seen_at = ?2 WHERE digest = ?1 AND seen_at < ?2",
	confirm: "UPDATE sessions SET confirmed_at = ?2 WHERE id = ?1",
	list: `SELECT id, agent, place, created_at AS createdAt, seen_at AS seenAt FROM sessions
		WHERE account = ?1 AND expires_at > ?2 AND seen_at > ?3 ORDER BY seen_at DESC`,
	end: "DELETE FROM sessions WHERE account = ?1 AND id = ?2",
	endOthers: "DELETE FROM sessions WHERE account = ?1 AND id IS NOT ?2",
	setPassword: "UPDATE accounts SET password = ?2 WHERE id = ?1",
} as const;

/** Whose it is and what they may do where; nothing where it has ended. */
export async function findSession(db: D1Database, digest: string, now: number): Promise<Session | undefined> {
	const row = await db
		.prepare(statements.find)
		.bind(digest, now, now - idleMs)
		.first<Omit<Session, "sites"> & { readonly sites: string }>();
	return row ? { ...row, sites: JSON.parse(row.sites) } : undefined;
}

/** Begins one, and takes away what has lapsed meanwhile. False where the password was changed in between. */
export async function beginSession(db: D1Database, session: NewSession, now: number): Promise<boolean> {
	const { digest, id, account, password, agent, place, expiresAt } = session;
	const [begun] = await db.batch([
		db.prepare(statements.begin).bind(digest, id, account, agent, place, now, expiresAt, password),
		...lapsed.map((table) => db.prepare(`DELETE FROM ${table} WHERE expires_at < ?1`).bind(now)),
	]);
	return begun?.meta.changes === 1;
}

export async function seeSession(db: D1Database, digest: string, now: number): Promise<void> {
	await db.prepare(statements.see).bind(digest, now).run();
}

export async function confirmSession(db: D1Database, id: string, now: number): Promise<void> {
	await db.prepare(statements.confirm).bind(id, now).run();
}

export async function sessionsOf(
	db: D1Database,
	account: string,
	now: number,
): Promise<readonly ListedSession[]> {
	const { results } = await db
		.prepare(statements.list)
		.bind(account, now, now - idleMs)
		.all<ListedSession>();
	return results;
}

export async function endSession(db: D1Database, account: string, id: string): Promise<boolean> {
	return (await db.prepare(statements.end).bind(account, id).run()).meta.changes > 0;
}

/** How many ended; all of them where none is to stay. */
export async function endOtherSessions(
	db: D1Database,
	account: string,
	stays: string | null,
): Promise<number> {
	return (await db.prepare(statements.endOthers).bind(account, stays).run()).meta.changes;
}

/** With the old password every session ends that was begun with it, but the one that changes it. */
export async function changePassword(
	db: D1Database,
	account: string,
	hash: string,
	stays: string | null,
): Promise<void> {
	await db.batch([
		db.prepare(statements.setPassword).bind(account, hash),
		db.prepare(statements.endOthers).bind(account, stays),
	]);
}
