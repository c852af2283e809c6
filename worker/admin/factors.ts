// Somebody's second factor, its recovery codes, and their passkeys.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { accountBy } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import {
	addChallenge,
	addPasskey,
	dropSecondFactor,
	holdSecondFactor,
	passkeysOf,
	prepareSecondFactor,
	removePasskey,
	replaceCodes,
	takeChallenge,
} from "../data/factors.ts";
import { countGuess, forgetGuess } from "../data/guesses.ts";
import { callerOf } from "../platform/caller.ts";
import { digestOfToken, makeToken } from "../platform/chance.ts";
import { algorithms, challengeIn, isKey, readCreation } from "../platform/passkey.ts";
import { seal, unseal } from "../platform/sealing.ts";
import { base32Of, makeTotpSecret, stepOf } from "../platform/totp.ts";
import {
	PasskeyBody,
	type PasskeyChallenge,
	type Passkeys,
	type RecoveryCodes,
	type SecondFactorBegun,
	SecondFactorBody,
} from "../protocol/account.schema.ts";
import { type AdminContext, type AdminHono, sessionIn } from "./actor.ts";
import { acts, reads } from "./policy.ts";
import { recoveryDigest, tooManyGuesses } from "./proving.ts";
import { type Answer, asked, parse } from "./request.ts";

const codes = 10;
const codeBytes = 10;
const challengeMs = 5 * 60_000;

export const factorRoutes = new Hono<AdminHono>()
	/** A secret to be typed into an authenticator. It holds from the first right code on. */
	.post("/account/second-factor", reads("confirmed"), async (context) => {
		const { account, email } = sessionIn(context);
		const secret = makeTotpSecret();
		const sealed = await seal(context.env.ACCOUNT_KEYS, account, secret);
		if (!(await asked(prepareSecondFactor(accountsIn(context.env), account, sealed))))
			return context.json({ error: "second-factor-there" } satisfies Answer, 409);
		const written = base32Of(secret);
		const label = encodeURIComponent(`Witaj:${email}`);
		const uri = `otpauth://totp/${label}?secret=${written}&issuer=Witaj`;
		return context.json({ secret: written, uri } satisfies z.infer<typeof SecondFactorBegun>);
	})
	.put("/account/second-factor", acts("confirmed", "second-factor.added"), async (context) => {
		const parsed = await parse(context.req.raw, SecondFactorBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { account: id } = sessionIn(context);
		const db = accountsIn(context.env);
		const guess = [{ at: `code ${id}`, most: 10 }];
		const until = await asked(countGuess(db, guess, Date.now()));
		if (until !== undefined) return tooManyGuesses(context, until);
		const sealed = (await asked(accountBy(db, { id })))?.secondFactor ?? null;
		const secret = sealed && (await unseal(context.env.ACCOUNT_KEYS, id, sealed));
		const step = secret ? await stepOf(secret, parsed.value.code, Date.now()) : undefined;
		if (sealed === null || step === undefined)
			return context.json({ error: "code-refused" } satisfies Answer, 422);
		await asked(forgetGuess(db, guess));
		const made = makeCodes(id);
		if (!(await asked(holdSecondFactor(db, id, { sealed, step }, made.digests, Date.now()))))
			return context.json({ error: "second-factor-there" } satisfies Answer, 409);
		return context.json({ codes: made.codes } satisfies z.infer<typeof RecoveryCodes>);
	})
	.delete("/account/second-factor", acts("confirmed", "second-factor.removed"), async (context) => {
		await asked(dropSecondFactor(accountsIn(context.env), sessionIn(context).account));
		return context.json({ ok: true });
	})
	/** Those from before hold no longer. */
	.post("/account/recovery-codes", acts("confirmed", "recovery-codes.made"), async (context) => {
		const { account: id } = sessionIn(context);
		const db = accountsIn(context.env);
		if (((await asked(accountBy(db, { id })))?.secondFactorAt ?? null) === null)
			return context.json({ error: "second-factor-missing" } satisfies Answer, 409);
		const made = makeCodes(id);
		await asked(replaceCodes(db, id, made.digests));
		return context.json({ codes: made.codes } satisfies z.infer<typeof RecoveryCodes>);
	})
	.get("/account/passkeys", reads("account"), async (context) => {
		const passkeys = await asked(passkeysOf(accountsIn(context.env), sessionIn(context).account));
		return context.json({ passkeys: [...passkeys] } satisfies z.infer<typeof Passkeys>);
	})
	.post("/account/passkeys", acts("confirmed", "passkey.added"), async (context) => {
		const parsed = await parse(context.req.raw, PasskeyBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { account } = sessionIn(context);
		const { name, ...made } = parsed.value;
		const refused = () => context.json({ error: "passkey-refused" } satisfies Answer, 422);
		const challenge = challengeIn(made.clientData);
		if (!challenge) return refused();
		const db = accountsIn(context.env);
		const now = Date.now();
		if (!(await asked(takeChallenge(db, digestOfToken("challenge", challenge), account, now))))
			return refused();
		const { origin } = new URL(context.req.url);
		const read = await readCreation(made, { origin, challenge });
		if (!read || !(await isKey(made))) return refused();
		if (!(await asked(addPasskey(db, { ...read, ...made, account }, name, now))))
			return context.json({ error: "passkey-there" } satisfies Answer, 409);
		return context.json({ ok: true });
	})
	.delete("/account/passkeys/:passkey", acts("confirmed", "passkey.removed"), async (context) => {
		const { account } = sessionIn(context);
		return (await asked(removePasskey(accountsIn(context.env), account, context.req.param("passkey"))))
			? context.json({ ok: true })
			: context.json({ error: "passkey-unknown" } satisfies Answer, 404);
	})
	/** For making one, or for proving anew who is signed in. */
	.post("/account/passkeys/challenge", reads("account"), async (context) =>
		context.json(await makeChallenge(context, sessionIn(context).account)),
	)
	/** For signing in. */
	.post("/session/challenge", reads("anyone"), async (context) => {
		const guess = [{ at: `challenge ${callerOf(context.req.raw)}`, most: 100 }];
		const until = await asked(countGuess(accountsIn(context.env), guess, Date.now()));
		if (until !== undefined) return tooManyGuesses(context, until);
		return context.json(await makeChallenge(context, null));
	});

async function makeChallenge(
	context: AdminContext,
	account: string | null,
): Promise<z.infer<typeof PasskeyChallenge>> {
	const challenge = makeToken();
	const digest = digestOfToken("challenge", challenge);
	await asked(addChallenge(accountsIn(context.env), digest, account, Date.now() + challengeMs));
	return { challenge, host: new URL(context.req.url).hostname, algorithms };
}

/** 80 bits each, in groups that can be read aloud. */
function makeCodes(account: string): { readonly codes: string[]; readonly digests: readonly string[] } {
	const made = Array.from({ length: codes }, () => {
		const text = base32Of(crypto.getRandomValues(new Uint8Array(codeBytes)));
		return (text.match(/.{4}/g) ?? []).join("-");
	});
	return { codes: made, digests: made.map((code) => recoveryDigest(account, code)) };
}
