// How often somebody guessed: counted before the guess is looked at, in the one place that all our machines share.

import { digestOfToken } from "../platform/chance.ts";

/** What is guessed at or where from, and how many guesses within a quarter of an hour are no attack. */
export interface Guess {
	readonly at: string;
	readonly most: number;
}

export const windowMs = 15 * 60_000;

const statements = {
	count: `INSERT INTO guesses (digest, count, expires_at) VALUES (?1, 1, ?2 + ${windowMs})
		ON CONFLICT (digest) DO UPDATE SET
			count = CASE WHEN expires_at <= ?2 THEN 1 ELSE count + 1 END,
			expires_at = CASE WHEN expires_at <= ?2 THEN excluded.expires_at ELSE expires_at END
		RETURNING count, expires_at AS expiresAt`,
	forget: "UPDATE guesses SET count = count - 1 WHERE digest = ?1 AND count > 0",
} as const;

/** Counts a guess at each of these. Nothing where it may be looked at; else from when on one may be again. */
export async function countGuess(
	db: D1Database,
	guesses: readonly Guess[],
	now: number,
): Promise<number | undefined> {
	const counted = await db.batch<{ readonly count: number; readonly expiresAt: number }>(
		guesses.map(({ at }) => db.prepare(statements.count).bind(digestOfToken("guess", at), now)),
	);
	const waits = guesses.flatMap(({ most }, i) =>
		(counted[i]?.results ?? []).flatMap(({ count, expiresAt }) => (count > most ? [expiresAt] : [])),
	);
	return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** It was right, and so no guess. */
export async function forgetGuess(db: D1Database, guesses: readonly Guess[]): Promise<void> {
	await db.batch(guesses.map(({ at }) => db.prepare(statements.forget).bind(digestOfToken("guess", at))));
}
