// What an account is opened by beside a password: codes of an authenticator, recovery codes and passkeys. Whatever may be
// used once is used up by the statement that looks for it.

import type { Key } from "../platform/passkey.ts";

export interface Passkey extends Key {
	readonly id: string;
	readonly account: string;
	readonly uses: number;
}

export interface ListedPasskey {
	readonly id: string;
	readonly name: string;
	readonly createdAt: number;
	readonly usedAt: number | null;
}

const statements = {
	prepare: `UPDATE accounts SET second_factor = ?2, last_step = 0 WHERE id = ?1 AND second_factor_at IS NULL`,
	hold: "UPDATE accounts SET second_factor_at = ?2, last_step = ?3 WHERE id = ?1 AND second_factor = ?4 AND second_factor_at IS NULL",
	drop: "UPDATE accounts SET second_factor = NULL, second_factor_at = NULL WHERE id = ?1",
	takeStep: "UPDATE accounts SET last_step = ?2 WHERE id = ?1 AND last_step < ?2",
	addCodes: "INSERT INTO recovery_codes (account, digest) SELECT ?1, value FROM json_each(?2)",
	dropCodes: "DELETE FROM recovery_codes WHERE account = ?1",
	takeCode: "DELETE FROM recovery_codes WHERE account = ?1 AND digest = ?2",
	countCodes: "SELECT count(*) AS n FROM recovery_codes WHERE account = ?1",
	challenge: "INSERT INTO challenges (digest, account, expires_at) VALUES (?1, ?2, ?3)",
	takeChallenge: "DELETE FROM challenges WHERE digest = ?1 AND account IS ?2 AND expires_at > ?3",
	addPasskey: `INSERT INTO passkeys (id, account, name, public_key, algorithm, uses, created_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING`,
	passkey: "SELECT id, account, public_key AS publicKey, algorithm, uses FROM passkeys WHERE id = ?1",
	usePasskey:
		"UPDATE passkeys SET uses = ?2, used_at = ?3 WHERE id = ?1 AND (uses < ?2 OR (uses = 0 AND ?2 = 0))",
	passkeys:
		"SELECT id, name, created_at AS createdAt, used_at AS usedAt FROM passkeys WHERE account = ?1 ORDER BY created_at",
	removePasskey: "DELETE FROM passkeys WHERE account = ?1 AND id = ?2",
} as const;

async function isChanged(statement: D1PreparedStatement): Promise<boolean> {
	return (await statement.run()).meta.changes > 0;
}

/** A secret that does not hold yet. False where one holds. */
export function prepareSecondFactor(db: D1Database, account: string, sealed: string): Promise<boolean> {
	return isChanged(db.prepare(statements.prepare).bind(account, sealed));
}

/** From now on it holds: the code of `step` was right. With it come the first recovery codes. */
export async function holdSecondFactor(
	db: D1Database,
	account: string,
	{ sealed, step }: { readonly sealed: string; readonly step: number },
	digests: readonly string[],
	now: number,
): Promise<boolean> {
	const held = await isChanged(db.prepare(statements.hold).bind(account, now, step, sealed));
	if (held) await replaceCodes(db, account, digests);
	return held;
}

export async function dropSecondFactor(db: D1Database, account: string): Promise<void> {
	await db.batch([db.prepare(statements.drop).bind(account), db.prepare(statements.dropCodes).bind(account)]);
}

export async function replaceCodes(
	db: D1Database,
	account: string,
	digests: readonly string[],
): Promise<void> {
	await db.batch([
		db.prepare(statements.dropCodes).bind(account),
		db.prepare(statements.addCodes).bind(account, JSON.stringify(digests)),
	]);
}

/** False where a code of this step, or of a later one, was taken. */
export function takeStep(db: D1Database, account: string, step: number): Promise<boolean> {
	return isChanged(db.prepare(statements.takeStep).bind(account, step));
}

/** False where it is none, or was used. */
export function takeRecoveryCode(db: D1Database, account: string, digest: string): Promise<boolean> {
	return isChanged(db.prepare(statements.takeCode).bind(account, digest));
}

export async function countRecoveryCodes(db: D1Database, account: string): Promise<number> {
	return (await db.prepare(statements.countCodes).bind(account).first<number>("n")) ?? 0;
}

/** `account` is whoever is signed in; nobody's is for signing in. */
export async function addChallenge(
	db: D1Database,
	digest: string,
	account: string | null,
	expiresAt: number,
): Promise<void> {
	await db.prepare(statements.challenge).bind(digest, account, expiresAt).run();
}

export function takeChallenge(
	db: D1Database,
	digest: string,
	account: string | null,
	now: number,
): Promise<boolean> {
	return isChanged(db.prepare(statements.takeChallenge).bind(digest, account, now));
}

/** False where somebody has it already. */
export function addPasskey(
	db: D1Database,
	{ id, account, publicKey, algorithm, uses }: Passkey,
	name: string,
	now: number,
): Promise<boolean> {
	return isChanged(
		db.prepare(statements.addPasskey).bind(id, account, name, publicKey, algorithm, uses, now),
	);
}

export async function passkeyBy(db: D1Database, id: string): Promise<Passkey | undefined> {
	return (await db.prepare(statements.passkey).bind(id).first<Passkey>()) ?? undefined;
}

/** False where it counts its uses and says that there were no more of them: then there is a copy of it. */
export function usePasskey(db: D1Database, id: string, uses: number, now: number): Promise<boolean> {
	return isChanged(db.prepare(statements.usePasskey).bind(id, uses, now));
}

export async function passkeysOf(db: D1Database, account: string): Promise<readonly ListedPasskey[]> {
	return (await db.prepare(statements.passkeys).bind(account).all<ListedPasskey>()).results;
}

export function removePasskey(db: D1Database, account: string, id: string): Promise<boolean> {
	return isChanged(db.prepare(statements.removePasskey).bind(account, id));
}
