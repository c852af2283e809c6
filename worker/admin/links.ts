// A person's own link to a page of the site: for the card, and for the merge field of whatever mailer the site uses.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { cellOfPerson } from "../data/people.ts";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { type PersonalLink, PersonalLinkBody } from "../protocol/admin.schema.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

const dayMs = 86_400_000;

export const linkRoutes = new Hono<{ Bindings: Env }>().post(
	"/:site/people/:person/link",
	async (context) => {
		const { env } = context;
		const { site, person } = context.req.param();
		const parsed = await parse(context.req.raw, PersonalLinkBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const settings = await siteOf(env, site).settings();
		if (!settings) return context.json(siteUnknown, 404);
		const { url, days } = parsed.value;
		const { origins } = settings;
		// Whoever gets the link can act on it: it leads to pages of the site alone.
		if (origins.length > 0 && !origins.includes(new URL(url).origin))
			return context.json({ error: "origin-refused" } satisfies Answer, 422);
		const cell = await asked(cellOfPerson(databaseOf(env, site), site, person));
		if (cell === undefined) return context.json({ error: "person-unknown" } satisfies Answer, 404);
		const issuedAt = Date.now();
		const expiresAt = issuedAt + days * dayMs;
		const link = await siteOf(env, site).personalLink(site, { cell, id: person }, url, {
			issuedAt,
			expiresAt,
		});
		return context.json({ url: link, expiresAt } satisfies z.infer<typeof PersonalLink>);
	},
);
