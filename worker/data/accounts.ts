// Whoever signs in, and what they may do at which site.

import type { Role } from "../domain/role.ts";

export interface Account {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly password: string | null;
	readonly provenAt: number | null;
	/** Sealed; it holds where `secondFactorAt` says since when. */
	readonly secondFactor: string | null;
	readonly secondFactorAt: number | null;
}

export interface NewAccount {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly password: string;
}

export interface Member {
	readonly account: string;
	readonly name: string;
	readonly email: string;
	readonly role: Role;
	readonly since: number;
	readonly seenAt: number | null;
	readonly hasSecondFactor: boolean;
}

const account = `SELECT id, email, name, password, proven_at AS provenAt, second_factor AS secondFactor,
	second_factor_at AS secondFactorAt FROM accounts`;
/** A site without an owner would be nobody's: the last one stays. */
const leavesAnOwner = `(role <> 'owner' OR
	(SELECT count(*) FROM memberships AS others WHERE others.site = ?1 AND others.role = 'owner') > 1)`;

const statements = {
	byEmail: `${account} WHERE email = ?1`,
	byId: `${account} WHERE id = ?1`,
	areThere: "SELECT EXISTS (SELECT 1 FROM accounts) AS n",
	add: `INSERT INTO accounts (id, email, name, password, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (email) DO NOTHING`,
	addFirst: `INSERT INTO accounts (id, email, name, password, created_at)
		SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM accounts)`,
	ownAll: `INSERT INTO memberships (account, site, role, created_at)
		SELECT ?1, id, 'owner', ?2 FROM sites WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ?1)`,
	rename: "UPDATE accounts SET name = ?2 WHERE id = ?1",
	siteNames: `SELECT id, name FROM sites WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1)) ORDER BY name, id`,
	names: "SELECT id, name FROM accounts WHERE id IN (SELECT value FROM json_each(?1))",
	join: `INSERT INTO memberships (account, site, role, created_at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (account, site) DO NOTHING`,
	members: `SELECT account, accounts.name, email, role, memberships.created_at AS since,
			second_factor_at IS NOT NULL AS hasSecondFactor,
			(SELECT max(seen_at) FROM sessions WHERE sessions.account = memberships.account) AS seenAt
		FROM memberships JOIN accounts ON accounts.id = account WHERE site = ?1 ORDER BY accounts.name, account`,
	setRole: `UPDATE memberships SET role = ?3 WHERE site = ?1 AND account = ?2 AND (?3 = 'owner' OR ${leavesAnOwner})`,
	leave: `DELETE FROM memberships WHERE site = ?1 AND account = ?2 AND ${leavesAnOwner}`,
	/** Invitations of owners end with each change of the team: who made them may be whoever is let go. */
	withdraw: `DELETE FROM invitations WHERE site = ?1 AND role = 'owner'`,
	isMember: "SELECT EXISTS (SELECT 1 FROM memberships WHERE site = ?1 AND account = ?2) AS n",
} as const;

export async function accountBy(
	db: D1Database,
	of: { readonly email: string } | { readonly id: string },
): Promise<Account | undefined> {
	const [statement, value] = "email" in of ? [statements.byEmail, of.email] : [statements.byId, of.id];
	return (await db.prepare(statement).bind(value).first<Account>()) ?? undefined;
}

export async function areThereAccounts(db: D1Database): Promise<boolean> {
	return (await db.prepare(statements.areThere).first<number>("n")) === 1;
}

/** The first account owns every site that is there. False where there is an account already. */
export async function addFirstAccount(db: D1Database, made: NewAccount, now: number): Promise<boolean> {
	const [added] = await db.batch([
		db.prepare(statements.addFirst).bind(made.id, made.email, made.name, made.password, now),
		db.prepare(statements.ownAll).bind(made.id, now),
	]);
	return added?.meta.changes === 1;
}

/** False where the address has an account already. */
export async function addAccount(db: D1Database, made: NewAccount, now: number): Promise<boolean> {
	const { id, email, name, password } = made;
	const { meta } = await db.prepare(statements.add).bind(id, email, name, password, now).run();
	return meta.changes === 1;
}

export async function renameAccount(db: D1Database, id: string, name: string): Promise<void> {
	await db.prepare(statements.rename).bind(id, name).run();
}

/** Names of these sites, or of all. */
export async function siteNames(
	db: D1Database,
	sites: readonly string[] | undefined,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
	const { results } = await db
		.prepare(statements.siteNames)
		.bind(sites ? JSON.stringify(sites) : null)
		.all<{ id: string; name: string }>();
	return results;
}

/** What these accounts are called, as far as there are such. */
export async function accountNames(
	db: D1Database,
	ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	const query = db.prepare(statements.names).bind(JSON.stringify(ids));
	const { results } = await query.all<{ id: string; name: string }>();
	return new Map(results.map(({ id, name }) => [id, name]));
}

/** What somebody is at the site already, they stay. */
export async function join(
	db: D1Database,
	site: string,
	account: string,
	role: Role,
	now: number,
): Promise<void> {
	await db.prepare(statements.join).bind(account, site, role, now).run();
}

export async function membersOf(db: D1Database, site: string): Promise<readonly Member[]> {
	const { results } = await db
		.prepare(statements.members)
		.bind(site)
		.all<Omit<Member, "hasSecondFactor"> & { readonly hasSecondFactor: number }>();
	return results.map((row) => ({ ...row, hasSecondFactor: row.hasSecondFactor === 1 }));
}

export type TeamChange = "done" | "member-unknown" | "last-owner";

export async function setRole(
	db: D1Database,
	site: string,
	account: string,
	role: Role,
): Promise<TeamChange> {
	return teamChange(db, site, account, db.prepare(statements.setRole).bind(site, account, role));
}

export async function removeMember(db: D1Database, site: string, account: string): Promise<TeamChange> {
	return teamChange(db, site, account, db.prepare(statements.leave).bind(site, account));
}

async function teamChange(
	db: D1Database,
	site: string,
	account: string,
	change: D1PreparedStatement,
): Promise<TeamChange> {
	const known = db.prepare(statements.isMember).bind(site, account);
	const withdraw = db.prepare(statements.withdraw).bind(site);
	const [before, changed] = await db.batch<{ n: number }>([known, change, withdraw]);
	if (before?.results[0]?.n !== 1) return "member-unknown";
	return changed?.meta.changes === 1 ? "done" : "last-owner";
}
