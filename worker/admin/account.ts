// Somebody's own account: their name, their password, and where they are signed in.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { accountBy, renameAccount } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { countRecoveryCodes } from "../data/factors.ts";
import { changePassword, endOtherSessions, endSession, sessionsOf } from "../data/sessions.ts";
import { hashPassword } from "../platform/password.ts";
import {
	AccountBody,
	type AccountView,
	PasswordBody,
	type Sessions,
	type SessionsEnded,
} from "../protocol/account.schema.ts";
import { type AdminHono, sessionIn } from "./actor.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, asked, parse } from "./request.ts";

export const accountRoutes = new Hono<AdminHono>()
	.get("/account", reads("account"), async (context) => {
		const { account: id } = sessionIn(context);
		const db = accountsIn(context.env);
		const known = await asked(accountBy(db, { id }));
		if (!known) throw new Error("whoever is signed in has an account");
		const { email, name, password, secondFactorAt, provenAt } = known;
		return context.json({
			id,
			email,
			name,
			hasPassword: password !== null,
			hasSecondFactor: secondFactorAt !== null,
			recoveryCodes: await asked(countRecoveryCodes(db, id)),
			isProven: provenAt !== null,
		} satisfies z.infer<typeof AccountView>);
	})
	.patch("/account", acts("account", "account.changed"), async (context) => {
		const parsed = await parse(context.req.raw, AccountBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { account } = sessionIn(context);
		await asked(renameAccount(accountsIn(context.env), account, parsed.value.name));
		return context.json({ ok: true });
	})
	/** Every other session ends. */
	.put("/account/password", acts("confirmed", "password.changed"), async (context) => {
		const parsed = await parse(context.req.raw, PasswordBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { account, id } = sessionIn(context);
		const hash = await hashPassword(parsed.value.password);
		await asked(changePassword(accountsIn(context.env), account, hash, id));
		return context.json({ ok: true });
	})
	.get("/account/sessions", reads("account"), async (context) => {
		const { account, id } = sessionIn(context);
		const all = await asked(sessionsOf(accountsIn(context.env), account, Date.now()));
		const sessions = all.map((one) => ({ ...one, isThis: one.id === id }));
		return context.json({ sessions } satisfies z.infer<typeof Sessions>);
	})
	.delete("/account/sessions", acts("account", "session.ended"), async (context) => {
		const { account, id } = sessionIn(context);
		const ended = await asked(endOtherSessions(accountsIn(context.env), account, id));
		about(context, { ended });
		return context.json({ ended } satisfies z.infer<typeof SessionsEnded>);
	})
	.delete("/account/sessions/:session", acts("account", "session.ended"), async (context) => {
		const { account } = sessionIn(context);
		return (await asked(endSession(accountsIn(context.env), account, context.req.param("session"))))
			? context.json({ ok: true })
			: context.json({ error: "session-unknown" } satisfies Answer, 404);
	});
