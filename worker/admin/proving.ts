// Proving who one is: by a password, and a code where the account has a second factor; or by a passkey, which is both.
// Guesses are counted before they are looked at: a hash costs us more than it costs whoever asks for it.

import type { Context } from "hono";
import type * as z from "zod/mini";
import { type Account, accountBy } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { passkeyBy, takeChallenge, takeRecoveryCode, takeStep, usePasskey } from "../data/factors.ts";
import { countGuess, forgetGuess, type Guess } from "../data/guesses.ts";
import { callerOf } from "../platform/caller.ts";
import { digestOfToken } from "../platform/chance.ts";
import { challengeIn, readAssertion } from "../platform/passkey.ts";
import { isPassword } from "../platform/password.ts";
import { unseal } from "../platform/sealing.ts";
import { stepOf } from "../platform/totp.ts";
import type { PasskeyAssertion } from "../protocol/account.schema.ts";
import type { AdminContext } from "./actor.ts";
import { type Answer, asked } from "./request.ts";

export type Proof =
	| { readonly is: "proven"; readonly account: Account }
	| { readonly is: "refused"; readonly why: "sign-in-refused" | "code-required" | "code-refused" }
	| { readonly is: "limited"; readonly until: number };

const refusedProof: Proof = { is: "refused", why: "sign-in-refused" };

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

export async function prove(
	context: AdminContext,
	said: { readonly email: string; readonly password: string; readonly code?: string },
): Promise<Proof> {
	const { email, password, code } = said;
	const db = accountsIn(context.env);
	const guesses = guessesOf(email, context.req.raw);
	for (const step of guesses) {
		const until = await asked(countGuess(db, step, Date.now()));
		if (until !== undefined) return { is: "limited", until };
	}
	const account = await asked(accountBy(db, { email }));
	const isRight = await isPassword(password, account?.password ?? null);
	if (!account || !isRight) return refusedProof;
	await asked(forgetGuess(db, guesses.flat()));
	return account.secondFactorAt === null ? { is: "proven", account } : proveByCode(context, account, code);
}

async function proveByCode(
	context: AdminContext,
	account: Account,
	code: string | undefined,
): Promise<Proof> {
	if (code === undefined) return { is: "refused", why: "code-required" };
	const db = accountsIn(context.env);
	const guess = [{ at: `code ${account.id}`, most: 10 }];
	const until = await asked(countGuess(db, guess, Date.now()));
	if (until !== undefined) return { is: "limited", until };
	if (!(await isCode(context, account, code))) return { is: "refused", why: "code-refused" };
	await asked(forgetGuess(db, guess));
	return { is: "proven", account };
}

/** Each is taken once: of the authenticator's codes none that is not later than the last one. */
async function isCode({ env }: AdminContext, account: Account, code: string): Promise<boolean> {
	const db = accountsIn(env);
	if (!/^\d{6}$/.test(code)) return asked(takeRecoveryCode(db, account.id, recoveryDigest(account.id, code)));
	if (account.secondFactor === null) return false;
	const secret = await unseal(env.ACCOUNT_KEYS, account.id, account.secondFactor);
	const step = await stepOf(secret, code, Date.now());
	return step !== undefined && (await asked(takeStep(db, account.id, step)));
}

/** However it was typed. */
export function recoveryDigest(account: string, code: string): string {
	return digestOfToken("code", `${account} ${code.toUpperCase().replace(/[^A-Z0-9]/g, "")}`);
}

/** `whose`: whoever is signed in, where somebody is; another's passkey proves nothing of them. */
export async function proveByPasskey(
	context: AdminContext,
	assertion: z.infer<typeof PasskeyAssertion>,
	whose: string | null,
): Promise<Proof> {
	const db = accountsIn(context.env);
	const now = Date.now();
	const challenge = challengeIn(assertion.clientData);
	if (!challenge) return refusedProof;
	if (!(await asked(takeChallenge(db, digestOfToken("challenge", challenge), whose, now))))
		return refusedProof;
	const passkey = await asked(passkeyBy(db, assertion.id));
	if (!passkey || (whose !== null && passkey.account !== whose)) return refusedProof;
	const { origin } = new URL(context.req.url);
	const uses = await readAssertion(assertion, passkey, { origin, challenge });
	if (uses === undefined || !(await asked(usePasskey(db, passkey.id, uses, now)))) return refusedProof;
	const account = await asked(accountBy(db, { id: passkey.account }));
	return account ? { is: "proven", account } : refusedProof;
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
