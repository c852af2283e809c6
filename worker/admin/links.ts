// A person's own links: to a page of the site, for the card and for the merge field of whatever mailer the site uses; to
// our page where they take a consent back; and by message, to the one where they say that an address is theirs.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import type { Env } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import {
	ConfirmationBody,
	type Done,
	type PersonalLink,
	PersonalLinkBody,
	type Unsubscribing,
	UnsubscribingBody,
} from "../protocol/admin.schema.ts";
import { acts } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

const dayMs = 86_400_000;
/** Mail is kept for years, and whoever finds it has the right to leave. */
const unsubscribableDays = 3_650;
const personUnknown: Answer = { error: "person-unknown" };

export const linkRoutes = new Hono<{ Bindings: Env }>()
	.post("/:site/people/:person/link", acts("agent", "link.made"), async (context) => {
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
		const whose = await find(env, site, person);
		if (!whose) return context.json(personUnknown, 404);
		const span = spanOf(days);
		const [link = ""] = await siteOf(env, site).personalLinks(site, [whose], url, span);
		return context.json({ url: link, expiresAt: span.expiresAt } satisfies z.infer<typeof PersonalLink>);
	})
	.post("/:site/people/:person/confirmation", acts("agent", "confirmation.sent"), async (context) => {
		const { env } = context;
		const { site, person } = context.req.param();
		const parsed = await parse(context.req.raw, ConfirmationBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const whose = await find(env, site, person);
		if (!whose) return context.json(personUnknown, 404);
		const answer = await cellOf(env, site, whose.cell).ask({
			site,
			cell: whose.cell,
			person: whose.id,
			...parsed.value,
		});
		if (answer === "asked") return context.json({ ok: true } satisfies z.infer<typeof Done>);
		return context.json({ error: answer } satisfies Answer, answer === "person-unknown" ? 404 : 422);
	})
	.post("/:site/people/:person/unsubscribing", acts("agent", "unsubscribing.made"), async (context) => {
		const { env } = context;
		const { site, person } = context.req.param();
		const parsed = await parse(context.req.raw, UnsubscribingBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const whose = await find(env, site, person);
		if (!whose) return context.json(personUnknown, 404);
		const span = spanOf(unsubscribableDays);
		const path = await siteOf(env, site).unsubscribingPath(site, whose, parsed.value, span);
		return context.json({ path, expiresAt: span.expiresAt } satisfies z.infer<typeof Unsubscribing>);
	});

async function find(env: Env, site: string, id: string) {
	const known = (await asked(whereabouts(databaseOf(env, site), site, [id]))).get(id);
	return known && { cell: known.cell, id: known.person };
}

function spanOf(days: number): { readonly issuedAt: number; readonly expiresAt: number } {
	const issuedAt = Date.now();
	return { issuedAt, expiresAt: issuedAt + days * dayMs };
}
