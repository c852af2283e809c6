// Letting colleagues in: by a link that works once, sent by mail where there is a mail server, and always to be copied. It
// stands behind the # of an address, so that no server and no log on the way sees it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { accountBy } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { countGuess } from "../data/guesses.ts";
import {
	acceptInvitation,
	addInvitation,
	findInvitation,
	invitationsOf,
	revokeInvitation,
} from "../data/invitations.ts";
import { settingsOf } from "../data/sites.ts";
import { digestOfToken, makeToken } from "../platform/chance.ts";
import { uuidv7 } from "../platform/id.ts";
import { logFault } from "../platform/log.ts";
import { hashPassword } from "../platform/password.ts";
import {
	AcceptanceBody,
	InvitationAsked,
	InvitationBody,
	type InvitationMade,
	type Invitations,
	type InvitationView,
} from "../protocol/account.schema.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { invitationLetter, post } from "./letters.ts";
import { about, acts, doneAt, doneBy, reads } from "./policy.ts";
import { tooManyGuesses } from "./proving.ts";
import { type Answer, asked, parse, refused, siteUnknown } from "./request.ts";
import { signIn } from "./sign-in.ts";

const lifeMs = 7 * 86_400_000;
const linkUnknown: Answer = { error: "link-unknown" };

export const invitationRoutes = new Hono<AdminHono>()
	.get("/sites/:site/invitations", reads("owner"), async (context) => {
		const all = await asked(invitationsOf(accountsIn(context.env), context.req.param("site"), Date.now()));
		return context.json({ invitations: [...all] } satisfies z.infer<typeof Invitations>);
	})
	.post("/sites/:site/invitations", acts("owner", "invitation.made"), async (context) => {
		const parsed = await parse(context.req.raw, InvitationBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { email, role, language } = parsed.value;
		const site = context.req.param("site");
		const known = await asked(settingsOf(context.env, site));
		if (!known) return context.json(siteUnknown, 404);
		const madeAt = Date.now();
		const most = [{ at: `invitations of ${site}`, most: 50 }];
		const until = await asked(countGuess(accountsIn(context.env), most, madeAt));
		if (until !== undefined) return tooManyGuesses(context, until);
		const invitation = { id: uuidv7(madeAt), email, role, madeAt, expiresAt: madeAt + lifeMs };
		const token = makeToken();
		const digest = digestOfToken("invitation", token);
		await asked(addInvitation(accountsIn(context.env), digest, site, invitation));
		const url = `${new URL(context.req.url).origin}/admin/invitation#${token}`;
		const letter = invitationLetter(language, known.settings.name, url);
		about(context, { invitation: invitation.id, role });
		return context.json({
			id: invitation.id,
			url,
			expiresAt: invitation.expiresAt,
			isMailed: await isMailed(context, email, letter),
		} satisfies z.infer<typeof InvitationMade>);
	})
	.delete("/sites/:site/invitations/:invitation", acts("owner", "invitation.revoked"), async (context) => {
		const { site, invitation } = context.req.param();
		return (await asked(revokeInvitation(accountsIn(context.env), site, invitation)))
			? context.json({ ok: true })
			: context.json({ error: "invitation-unknown" } satisfies Answer, 404);
	})
	/** What a link leads to, before it is accepted. */
	.post("/invitation", reads("anyone"), async (context) => {
		const parsed = await parse(context.req.raw, InvitationAsked);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const digest = digestOfToken("invitation", parsed.value.token);
		const found = await asked(findInvitation(accountsIn(context.env), digest, Date.now()));
		if (!found) return context.json(linkUnknown, 404);
		const { site, siteName, role, email, hasAccount } = found;
		return context.json({
			site: { id: site, name: siteName },
			role,
			email,
			hasAccount,
		} satisfies z.infer<typeof InvitationView>);
	})
	/** By whoever is signed in, whatever their address; else by a new account, which is then signed in. */
	.post("/invitation/acceptance", acts("anyone", "invitation.accepted"), async (context) => {
		const parsed = await parse(context.req.raw, AcceptanceBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { token, name, password } = parsed.value;
		const db = accountsIn(context.env);
		const digest = digestOfToken("invitation", token);
		const now = Date.now();
		const found = await asked(findInvitation(db, digest, now));
		if (!found) return context.json(linkUnknown, 404);
		about(context, { invitation: found.id, role: found.role });
		doneAt(context, found.site);
		const actor = context.get("actor");
		if (actor.is === "account") {
			if (!(await asked(acceptInvitation(db, digest, actor.session.account, now))))
				return context.json(linkUnknown, 404);
			return context.json({ ok: true });
		}
		if (found.hasAccount) return context.json({ error: "account-there" } satisfies Answer, 409);
		if (name === undefined || password === undefined) {
			const missing = { name, password };
			const problems = Object.entries(missing).flatMap(([at, said]) =>
				said === undefined ? [{ at, why: "required" }] : [],
			);
			return context.json(refused("malformed", problems).answer, 422);
		}
		const made = { id: uuidv7(now), name, password: await hashPassword(password) };
		if (!(await asked(acceptInvitation(db, digest, made, now)))) return context.json(linkUnknown, 404);
		const account = await asked(accountBy(db, { id: made.id }));
		if (!account) throw new Error("what was made is there");
		doneBy(context, account.id);
		return signIn(context, account);
	});

/** Where the mail server fails, the link is still to be copied. */
async function isMailed(
	context: AdminContext,
	email: string,
	letter: ReturnType<typeof invitationLetter>,
): Promise<boolean> {
	try {
		return (await post(context.env, email, letter)) === "sent";
	} catch (error) {
		logFault("invitation", error);
		return false;
	}
}
