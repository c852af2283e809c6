// Links that let somebody in: invitations to a site, and the way back to an account. Kept as digests; each works once, and
// for a while.

import type { Role } from "../domain/role.ts";
import type { NewAccount } from "./accounts.ts";

export interface Invitation {
	readonly id: string;
	readonly site: string;
	readonly siteName: string;
	readonly role: Role;
	readonly email: string;
	readonly hasAccount: boolean;
}

export interface ListedInvitation {
	readonly id: string;
	readonly email: string;
	readonly role: Role;
	readonly madeAt: number;
	readonly expiresAt: number;
}

const holds = "FROM invitations WHERE digest = ?1 AND expires_at > ?2";

const statements = {
	add: `INSERT INTO invitations (digest, id, site, role, email, made_at, expires_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
	list: `SELECT id, email, role, made_at AS madeAt, expires_at AS expiresAt FROM invitations
		WHERE site = ?1 AND expires_at > ?2 ORDER BY made_at DESC`,
	revoke: "DELETE FROM invitations WHERE site = ?1 AND id = ?2",
	find: `SELECT invitations.id, site, sites.name AS siteName, role, email,
			EXISTS (SELECT 1 FROM accounts WHERE accounts.email = invitations.email) AS hasAccount
		FROM invitations JOIN sites ON sites.id = site WHERE digest = ?1 AND expires_at > ?2`,
	makeAccount: `INSERT INTO accounts (id, email, name, password, created_at)
		SELECT ?3, email, ?4, ?5, ?2 ${holds} ON CONFLICT (email) DO NOTHING`,
	/** What somebody is at the site already, they stay. */
	join: `INSERT INTO memberships (account, site, role, created_at)
		SELECT ?3, site, role, ?2 ${holds} AND EXISTS (SELECT 1 FROM accounts WHERE id = ?3)
		ON CONFLICT (account, site) DO NOTHING`,
	take: `DELETE ${holds} AND EXISTS (SELECT 1 FROM accounts WHERE id = ?3)`,
	addRecovery: "INSERT INTO recoveries (digest, account, expires_at) VALUES (?1, ?2, ?3)",
	recovering: "SELECT account FROM recoveries WHERE digest = ?1 AND expires_at > ?2",
} as const;

export async function addInvitation(
	db: D1Database,
	digest: string,
	site: string,
	{ id, email, role, madeAt, expiresAt }: ListedInvitation,
): Promise<void> {
	await db.prepare(statements.add).bind(digest, id, site, role, email, madeAt, expiresAt).run();
}

/** Those that may still be accepted, the latest first. */
export async function invitationsOf(
	db: D1Database,
	site: string,
	now: number,
): Promise<readonly ListedInvitation[]> {
	return (await db.prepare(statements.list).bind(site, now).all<ListedInvitation>()).results;
}

export async function revokeInvitation(db: D1Database, site: string, id: string): Promise<boolean> {
	return (await db.prepare(statements.revoke).bind(site, id).run()).meta.changes > 0;
}

export async function findInvitation(
	db: D1Database,
	digest: string,
	now: number,
): Promise<Invitation | undefined> {
	const row = await db
		.prepare(statements.find)
		.bind(digest, now)
		.first<Omit<Invitation, "hasAccount"> & { readonly hasAccount: number }>();
	return row ? { ...row, hasAccount: row.hasAccount === 1 } : undefined;
}

/** Lets an account in, which is made where it is new. False where the link was used meanwhile, or the address taken. */
export async function acceptInvitation(
	db: D1Database,
	digest: string,
	by: string | Pick<NewAccount, "id" | "name" | "password">,
	now: number,
): Promise<boolean> {
	const id = typeof by === "string" ? by : by.id;
	const made =
		typeof by === "string"
			? []
			: [db.prepare(statements.makeAccount).bind(digest, now, id, by.name, by.password)];
	const answers = await db.batch([
		...made,
		db.prepare(statements.join).bind(digest, now, id),
		db.prepare(statements.take).bind(digest, now, id),
	]);
	return answers.at(-1)?.meta.changes === 1;
}

export async function addRecovery(
	db: D1Database,
	digest: string,
	account: string,
	expiresAt: number,
): Promise<void> {
	await db.prepare(statements.addRecovery).bind(digest, account, expiresAt).run();
}

/** Whose account the link leads back to. */
export async function recovering(db: D1Database, digest: string, now: number): Promise<string | undefined> {
	return (await db.prepare(statements.recovering).bind(digest, now).first<string>("account")) ?? undefined;
}

/**
 * A new password; every session ends, and so does every other link. Where nobody had shown yet that the address is theirs,
 * second factor and passkeys are whose who only said so: they go too. False where the link was used meanwhile.
 */
export async function recover(
	db: D1Database,
	digest: string,
	account: string,
	hash: string,
	now: number,
): Promise<boolean> {
	const isHeld = "EXISTS (SELECT 1 FROM recoveries WHERE digest = ?2 AND account = ?1)";
	const isUnproven = "EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND proven_at IS NULL)";
	const run = (sql: string, ...more: readonly (string | number)[]) =>
		db.prepare(sql).bind(account, digest, ...more);
	const answers = await db.batch([
		run(`DELETE FROM passkeys WHERE account = ?1 AND ${isHeld} AND ${isUnproven}`),
		run(`DELETE FROM recovery_codes WHERE account = ?1 AND ${isHeld} AND ${isUnproven}`),
		run(
			`UPDATE accounts SET second_factor = NULL, second_factor_at = NULL WHERE id = ?1 AND ${isHeld} AND proven_at IS NULL`,
		),
		run(
			`UPDATE accounts SET password = ?3, proven_at = coalesce(proven_at, ?4) WHERE id = ?1 AND ${isHeld}`,
			hash,
			now,
		),
		run(`DELETE FROM sessions WHERE account = ?1 AND ${isHeld}`),
		run(`DELETE FROM recoveries WHERE account = ?1 AND ${isHeld}`),
	]);
	return answers[3]?.meta.changes === 1;
}
