// The deletion of a whole site: asked for by an owner who has just proven who they are and typed the site's name, put off
// for a week in which it can be undone, and then for good.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { accountNames, siteNames } from "../data/accounts.ts";
import { accountsIn, databaseOf } from "../data/database.ts";
import { heldBy, removalIn } from "../data/removal.ts";
import { catalogueOf, removalOf, siteOf } from "../platform/name.ts";
import { RemovalBody, type RemovalView } from "../protocol/removal.schema.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { acts, nothingDone, reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

export const removalRoutes = new Hono<AdminHono>()
	.get("/:site/removal", reads("owner"), async (context) => {
		const view = await viewOf(context, context.req.param("site"));
		return view ? context.json(view) : context.json(siteUnknown, 404);
	})
	/** Asked again, it is the same removal. */
	.post("/:site/removal", acts("owner", "site.closed", { isConfirmed: true }), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, RemovalBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const name = await nameOf(context, site);
		if (name === undefined) return context.json(siteUnknown, 404);
		if (parsed.value.name.trim() !== name.trim())
			return context.json({ error: "name-differs" } satisfies Answer, 422);
		if (await removalOf(env, site).progress()) nothingDone(context);
		const actor = context.get("actor");
		const account = actor.is === "account" ? actor.session.account : null;
		await removalOf(env, site).begin({ site, account, askedAt: Date.now() });
		return context.json(await viewOf(context, site));
	})
	.delete("/:site/removal", acts("owner", "site.kept"), async (context) => {
		const site = context.req.param("site");
		if (!(await removalOf(context.env, site).progress())) nothingDone(context);
		return (await removalOf(context.env, site).undo())
			? context.json({ ok: true })
			: context.json({ error: "final" } satisfies Answer, 409);
	});

async function nameOf({ env }: AdminContext, site: string): Promise<string | undefined> {
	const [known] = await asked(siteNames(accountsIn(env), [site]));
	return known?.name;
}

async function viewOf(context: AdminContext, site: string): Promise<z.infer<typeof RemovalView> | undefined> {
	const { env } = context;
	const db = databaseOf(env, site);
	const name = await nameOf(context, site);
	if (name === undefined) return undefined;
	const [removal, progress] = await Promise.all([
		asked(removalIn(db, site)),
		removalOf(env, site).progress(),
	]);
	const state = !removal ? "none" : removal.begunAt === null ? "closed" : "removing";
	// What is going is not asked what it has: it would come to be again.
	const isGoing = state === "removing";
	const [held, goods, pools] = await Promise.all([
		asked(heldBy(db, site)),
		isGoing ? undefined : catalogueOf(env, site).counts(),
		isGoing ? [] : siteOf(env, site).coupons(),
	]);
	const { account = null } = removal ?? {};
	const names = account === null ? undefined : await asked(accountNames(accountsIn(env), [account]));
	return {
		state,
		name,
		askedAt: removal?.askedAt ?? null,
		dueAt: removal?.dueAt ?? null,
		by: account === null ? null : { id: account, name: names?.get(account) ?? account },
		done: progress?.done ?? 0,
		of: progress?.of ?? 0,
		holds: {
			...held,
			products: goods?.offered ?? 0,
			codes: pools.reduce((sum, { codes }) => sum + codes, 0),
		},
	};
}
