// The way back to an account whose password is lost: a link by mail. Whether an address is known, no answer tells, and none
// takes longer for it.

import { Hono } from "hono/tiny";
import { accountBy } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { countGuess } from "../data/guesses.ts";
import { addRecovery, recover, recovering } from "../data/invitations.ts";
import { callerOf } from "../platform/caller.ts";
import { digestOfToken, makeToken } from "../platform/chance.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { hashPassword } from "../platform/password.ts";
import { RecoveredBody, RecoveryBody } from "../protocol/account.schema.ts";
import type { AdminHono } from "./actor.ts";
import { post, recoveryLetter } from "./letters.ts";
import { acts, doneBy, reads } from "./policy.ts";
import { tooManyGuesses } from "./proving.ts";
import { type Answer, asked, parse } from "./request.ts";

const lifeMs = 3_600_000;

export const recoveryRoutes = new Hono<AdminHono>()
	.post("/recovery", reads("anyone"), async (context) => {
		const parsed = await parse(context.req.raw, RecoveryBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { email, language } = parsed.value;
		const guesses = [
			{ at: `recovery ${email}`, most: 3 },
			{ at: `recovery from ${callerOf(context.req.raw)}`, most: 20 },
		];
		const until = await asked(countGuess(accountsIn(context.env), guesses, Date.now()));
		if (until !== undefined) return tooManyGuesses(context, until);
		const { origin } = new URL(context.req.url);
		context.executionCtx.waitUntil(send(context.env, email, language, origin));
		return context.json({ ok: true });
	})
	.put("/recovery", acts("anyone", "password.recovered"), async (context) => {
		const parsed = await parse(context.req.raw, RecoveredBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { token, password } = parsed.value;
		const db = accountsIn(context.env);
		const digest = digestOfToken("recovery", token);
		const account = await asked(recovering(db, digest, Date.now()));
		const unknown = () => context.json({ error: "link-unknown" } satisfies Answer, 404);
		if (account === undefined) return unknown();
		const hash = await hashPassword(password);
		if (!(await asked(recover(db, digest, account, hash, Date.now())))) return unknown();
		doneBy(context, account);
		return context.json({ ok: true });
	});

/** Behind the answer. */
async function send(env: AdminEnv, email: string, language: "pl" | "en", origin: string): Promise<void> {
	try {
		const db = accountsIn(env);
		const account = await accountBy(db, { email });
		if (!account) return;
		const token = makeToken();
		await addRecovery(db, digestOfToken("recovery", token), account.id, Date.now() + lifeMs);
		await post(env, account.email, recoveryLetter(language, `${origin}/admin/recovery#${token}`));
	} catch (error) {
		logFault("recovery", error);
	}
}
