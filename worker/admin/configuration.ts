// What a site's people set up leaves as one file, beside what is known of its visitors.

import { Hono } from "hono/tiny";
import { namedOf } from "../data/attributes.ts";
import { databaseOf } from "../data/database.ts";
import { entriesOf } from "../data/faq.ts";
import { definitionsOf, settingsOf } from "../data/sites.ts";
import type { AdminHono } from "./actor.ts";
import { reads } from "./policy.ts";
import { asked, siteUnknown } from "./request.ts";

export const configurationRoutes = new Hono<AdminHono>().get(
	"/:site/configuration",
	reads("marketer"),
	async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const db = databaseOf(env, site);
		const [written, definitions, named, entries] = await asked(
			Promise.all([settingsOf(env, site), definitionsOf(env, site), namedOf(db, site), entriesOf(db, site)]),
		);
		if (!written) return context.json(siteUnknown, 404);
		const all = {
			settings: written.settings,
			definitions,
			attributes: named.map(({ version: _, ...one }) => one),
			faq: entries.map(({ texts }) => JSON.parse(texts)),
		};
		return context.body(JSON.stringify(all, undefined, "\t"), 200, {
			"content-type": "application/json; charset=utf-8",
			"content-disposition": `attachment; filename="${site}-configuration.json"`,
			"cache-control": "no-store",
		});
	},
);
