// Who is on the site now.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { presentAt } from "../data/live.ts";
import type { Env } from "../platform/env.ts";
import { LiveQuery, type LiveView } from "../protocol/figure.schema.ts";
import { clockOf } from "./days.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery, siteUnknown } from "./request.ts";

export const liveRoutes = new Hono<{ Bindings: Env }>().get(
	"/:site/live",
	reads("analyst"),
	async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), LiveQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const clock = await clockOf(context.env, site);
		if (!clock) return context.json(siteUnknown, 404);
		const { now } = clock;
		const { here, cursor, visitors } = await asked(
			presentAt(databaseOf(context.env, site), site, now, parsed.value.since ?? 0),
		);
		const told = visitors.map(({ segments, shown, ...one }) => ({
			...one,
			segments: [...segments],
			shown: [...shown],
		}));
		return context.json({ now, cursor, here, visitors: told } satisfies z.infer<typeof LiveView>);
	},
);
