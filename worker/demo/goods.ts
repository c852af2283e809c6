// PUT /demo/api/goods/:site: the demo shop's products, and what its made-up visitors did with them learned at once. On a
// developer's machine alone, and with the operator's token.

import { Hono } from "hono/tiny";
import type { Product } from "../domain/catalogue/product.ts";
import type { LocalEnv } from "../platform/env.ts";
import { isSame } from "../platform/key.ts";
import { catalogueOf } from "../platform/name.ts";

export const goods = new Hono<{ Bindings: LocalEnv }>().put("/api/goods/:site", async (context) => {
	const token = context.req.header("authorization")?.replace(/^Bearer /, "") ?? "";
	const { LOCAL, ADMIN_TOKEN } = context.env;
	if (LOCAL !== "1" || !ADMIN_TOKEN || !isSame(token, ADMIN_TOKEN))
		return context.json({ error: "not-found" }, 404);
	const site = context.req.param("site");
	// Written by the seed: the operator of this machine sends it to themselves.
	await catalogueOf(context.env, site).put(site, await context.req.json<readonly Product[]>());
	return context.json({ learned: (await catalogueOf(context.env, site).learn(site)).learned });
});
