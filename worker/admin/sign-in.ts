// Signing in and out, and the very first account.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { type Account, addFirstAccount, areThereAccounts, siteNames } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { beginSession, confirmSession, endSession, findSession } from "../data/sessions.ts";
import type { Role } from "../domain/role.ts";
import { agentOf } from "../platform/agent.ts";
import { digestOfToken, makeToken } from "../platform/chance.ts";
import { uuidv7 } from "../platform/id.ts";
import { hashPassword } from "../platform/password.ts";
import { placeOf } from "../platform/place.ts";
import { ConfirmBody, SetupBody, SignInBody, type Whoami } from "../protocol/account.schema.ts";
import {
	type AdminContext,
	type AdminHono,
	sessionIn,
	sessionMs,
	sessionToken,
	setSessionCookie,
} from "./actor.ts";
import { about, acts, confirmedMs, doneBy, reads } from "./policy.ts";
import { prove, proveByPasskey, refusalOf } from "./proving.ts";
import { type Answer, asked, parse } from "./request.ts";

type Me = z.infer<typeof Whoami>;

export const signInRoutes = new Hono<AdminHono>()
	/** Who is asking, and where they may work: the screen's first question. */
	.get("/session", reads("anyone"), async (context) => {
		const actor = context.get("actor");
		if (actor.is === "account") return context.json(await me(context, actor.session));
		const needsSetup = !(await asked(areThereAccounts(accountsIn(context.env))));
		return context.json({ account: null, sites: [], needsSetup, confirmedUntil: null } satisfies Me);
	})
	.post("/session", acts("anyone", "session.begun"), async (context) => {
		const parsed = await parse(context.req.raw, SignInBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const said = parsed.value;
		const proof = await ("passkey" in said
			? proveByPasskey(context, said.passkey, null)
			: prove(context, said));
		if (proof.is !== "proven") return refusalOf(context, proof);
		return signIn(context, proof.account);
	})
	.delete("/session", acts("account", "session.ended"), async (context) => {
		const { account, id } = sessionIn(context);
		await asked(endSession(accountsIn(context.env), account, id));
		setSessionCookie(context, undefined);
		return context.json({ ok: true });
	})
	.post("/session/confirmation", acts("account", "session.confirmed"), async (context) => {
		const parsed = await parse(context.req.raw, ConfirmBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const session = sessionIn(context);
		const said = parsed.value;
		const proof = await ("passkey" in said
			? proveByPasskey(context, said.passkey, session.account)
			: prove(context, { email: session.email, ...said }));
		if (proof.is !== "proven") return refusalOf(context, proof);
		const confirmedAt = Date.now();
		await asked(confirmSession(accountsIn(context.env), session.id, confirmedAt));
		return context.json(await me(context, { ...session, confirmedAt }));
	})
	/** The operator's token is the secret that sets up: no stranger wins the race for a new deployment. */
	.post("/setup", acts("operator", "account.created"), async (context) => {
		const parsed = await parse(context.req.raw, SetupBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { email, name, password } = parsed.value;
		const db = accountsIn(context.env);
		if (await asked(areThereAccounts(db)))
			return context.json({ error: "set-up-already" } satisfies Answer, 409);
		const now = Date.now();
		const made = { id: uuidv7(now), email, name, password: await hashPassword(password) };
		if (!(await asked(addFirstAccount(db, made, now))))
			return context.json({ error: "set-up-already" } satisfies Answer, 409);
		about(context, { account: made.id });
		return context.json({ ok: true });
	});

/** Begins a session and answers with who it is. Whichever there was in this browser ends. */
export async function signIn(
	context: AdminContext,
	{ id: account, password }: Pick<Account, "id" | "password">,
): Promise<Response> {
	const db = accountsIn(context.env);
	const now = Date.now();
	const before = sessionToken(context);
	const token = makeToken();
	const digest = digestOfToken("session", token);
	const begun = {
		digest,
		id: uuidv7(now),
		account,
		password,
		expiresAt: now + sessionMs,
		...whereabouts(context),
	};
	if (!(await asked(beginSession(db, begun, now))))
		return context.json({ error: "sign-in-refused" } satisfies Answer, 401);
	const old = before ? await asked(findSession(db, digestOfToken("session", before), now)) : undefined;
	if (old) await asked(endSession(db, old.account, old.id));
	const session = await asked(findSession(db, digest, now));
	if (!session) throw new Error("what was begun is there");
	setSessionCookie(context, token);
	doneBy(context, account);
	return context.json(await me(context, session));
}

/** What tells sessions apart for whoever looks through theirs. */
function whereabouts(context: AdminContext) {
	const agent = agentOf(context.req.header("user-agent") ?? "");
	const { country, city } = placeOf(context.req.raw);
	return {
		agent: [agent.browser, agent.system].filter(Boolean).join(", "),
		place: [city, country].filter(Boolean).join(", "),
	};
}

async function me(
	context: AdminContext,
	session: {
		readonly account: string;
		readonly email: string;
		readonly name: string;
		readonly confirmedAt: number;
		readonly sites: Readonly<Record<string, Role>>;
	},
): Promise<Me> {
	const { account: id, email, name, sites, confirmedAt } = session;
	return {
		account: { id, email, name },
		sites: await sitesOf(context, sites),
		needsSetup: false,
		confirmedUntil: confirmedAt + confirmedMs,
	};
}

/** Named, and with the role in each. */
export async function sitesOf(
	context: AdminContext,
	sites: Readonly<Record<string, Role>>,
): Promise<Me["sites"]> {
	const named = await asked(siteNames(accountsIn(context.env), Object.keys(sites)));
	return named.flatMap(({ id, name }) => {
		const role = sites[id];
		return role ? [{ id, name, role }] : [];
	});
}
