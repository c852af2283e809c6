// Coupon pools: their codes come from the marketer's list, as many at a time as a request holds.

import { Hono } from "hono/tiny";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { CodesBody } from "../protocol/admin.schema.ts";
import { Id } from "../protocol/site.schema.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, parse } from "./request.ts";

export const poolRoutes = new Hono<{ Bindings: Env }>()
	.get("/:site/pools", reads("analyst"), async (context) =>
		context.json({ pools: [...(await siteOf(context.env, context.req.param("site")).coupons())] }),
	)
	/** Codes that the pool had before are no fault: a list may be sent again. */
	.post("/:site/pools/:pool/codes", acts("marketer", "codes.added"), async (context) => {
		const { site, pool } = context.req.param();
		if (!Id.safeParse(pool).success) return context.json({ error: "pool-malformed" } satisfies Answer, 400);
		const parsed = await parse(context.req.raw, CodesBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const added = await siteOf(context.env, site).addCoupons(pool, parsed.value.codes);
		about(context, { added });
		return context.json({ added });
	});
