// Proving who one is by a password and a second factor. Guesses are counted before they are looked at: a hash costs us more
// than it costs whoever asks for it.

import type { Context } from "hono";
import { type Account, accountBy } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { countGuess, forgetGuess, type Guess } from "../data/guesses.ts";
import { callerOf } from "../platform/caller.ts";
import { isPassword } from "../platform/password.ts";
import type { AdminContext } from "./actor.ts";
import { type Answer, asked } from "./request.ts";

export type Proof =
	| { readonly is: "proven"; readonly account: Account }
	| { readonly is: "refused"; readonly why: "sign-in-refused" | "code-required" | "code-refused" }
	| { readonly is: "limited"; readonly until: number };

/**
 * From one network at one account, and at all of them; then at one account from anywhere. What the first refuse is no guess
 * at the account: else whoever goes on asking from one place would keep its owner out of all others.
 */
function guessesOf(email: string, request: Request): readonly (readonly Guess[])[] {
	const from = callerOf(request);
	return [
		[
			{ at: `password ${email} ${from}`, most: 10 },
			{ at: `from ${from}`, most: 50 },
		],
		[{ at: `password ${email}`, most: 50 }],
	];
}

/** Who it is, by their password; where they have a second factor by that too. */
export async function prove(
	context: AdminContext,
	{ email, password }: { readonly email: string; readonly password: string },
): Promise<Proof> {
	const db = accountsIn(context.env);
	const guesses = guessesOf(email, context.req.raw);
	for (const step of guesses) {
		const until = await asked(countGuess(db, step, Date.now()));
		if (until !== undefined) return { is: "limited", until };
	}
	const account = await asked(accountBy(db, { email }));
	const isRight = await isPassword(password, account?.password ?? null);
	if (!account || !isRight) return { is: "refused", why: "sign-in-refused" };
	await asked(forgetGuess(db, guesses.flat()));
	return { is: "proven", account };
}

export function refusalOf(context: Context, proof: Exclude<Proof, { readonly is: "proven" }>): Response {
	if (proof.is === "refused") return context.json({ error: proof.why } satisfies Answer, 401);
	return tooManyGuesses(context, proof.until);
}

export function tooManyGuesses(context: Context, until: number): Response {
	const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1_000));
	return context.json({ error: "too-many-guesses" } satisfies Answer, 429, {
		"retry-after": String(seconds),
	});
}
