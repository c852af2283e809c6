// The sites of whoever asks, and who works at each.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { join, membersOf, removeMember, setRole, siteNames, type TeamChange } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import { makeSite } from "../data/definitions.ts";
import { fold } from "../domain/text.ts";
import { MemberBody, type MySites, SiteBody, type SiteMade, type Team } from "../protocol/account.schema.ts";
import { SiteSettings } from "../protocol/site.schema.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { acts, doneAt, reads } from "./policy.ts";
import { publishFirst } from "./publishing.ts";
import { type Answer, asked, parse } from "./request.ts";
import { sitesOf } from "./sign-in.ts";
import { byOf } from "./who.ts";

export const teamRoutes = new Hono<AdminHono>()
	.get("/sites", reads("someone"), async (context) => {
		const actor = context.get("actor");
		if (actor.is === "account")
			return context.json({ sites: await sitesOf(context, actor.session.sites) } satisfies Mine);
		const all = await asked(siteNames(accountsIn(context.env), undefined));
		return context.json({ sites: all.map((one) => ({ ...one, role: "owner" })) } satisfies Mine);
	})
	.post("/sites", acts("founder", "site.made"), async (context) => {
		const parsed = await parse(context.req.raw, SiteBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { name } = parsed.value;
		const id = siteId(name);
		const settings = SiteSettings.parse({ name, origins: [], consent: "ask" });
		const actor = context.get("actor");
		const owner = actor.is === "account" ? actor.session.account : undefined;
		await asked(makeSite(context.env, id, settings, byOf(context)));
		if (owner) await asked(join(accountsIn(context.env), id, owner, "owner", Date.now()));
		await publishFirst(context.env, id, byOf(context));
		doneAt(context, id);
		return context.json({ id } satisfies z.infer<typeof SiteMade>);
	})
	.get("/sites/:site/team", reads("analyst"), async (context) => {
		const members = await asked(membersOf(accountsIn(context.env), context.req.param("site")));
		return context.json({ members: [...members] } satisfies z.infer<typeof Team>);
	})
	.put("/sites/:site/team/:account", acts("owner", "member.changed"), async (context) => {
		const parsed = await parse(context.req.raw, MemberBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { site, account } = context.req.param();
		const change = setRole(accountsIn(context.env), site, account, parsed.value.role);
		return changed(context, await asked(change));
	})
	.delete("/sites/:site/team/:account", acts("owner", "member.removed"), async (context) => {
		const { site, account } = context.req.param();
		return changed(context, await asked(removeMember(accountsIn(context.env), site, account)));
	});

type Mine = z.infer<typeof MySites>;

function changed(context: AdminContext, change: TeamChange): Response {
	if (change === "done") return context.json({ ok: true });
	return context.json({ error: change } satisfies Answer, change === "member-unknown" ? 404 : 409);
}

/** Named after the site for whoever reads addresses, and after nothing that somebody else could have taken. */
function siteId(name: string): string {
	const slug = fold(name)
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-|-$/g, "")
		.slice(0, 40);
	const chance = crypto.getRandomValues(new Uint8Array(5));
	const end = Array.from(chance, (byte) => (byte % 36).toString(36)).join("");
	return slug === "" ? end : `${slug}-${end}`;
}
