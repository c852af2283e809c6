// POST /demo/api/replay: made-up lives for the demo's cells. On a developer's machine alone, and with the operator's token.

import { Hono } from "hono/tiny";
import type { AdminEnv } from "../platform/env.ts";
import { isSame } from "../platform/key.ts";
import { demoCellOf } from "./cell.ts";
import type { Life } from "./lives.ts";

export const replay = new Hono<{ Bindings: AdminEnv }>().post("/api/replay/:site/:cell", async (context) => {
	const token = context.req.header("authorization")?.replace(/^Bearer /, "") ?? "";
	const { LOCAL, ADMIN_TOKEN } = context.env;
	if (LOCAL !== "1" || !ADMIN_TOKEN || !isSame(token, ADMIN_TOKEN))
		return context.json({ error: "not-found" }, 404);
	const { site, cell } = context.req.param();
	// Written by the seed, and read by nobody else's cell: the operator of this machine sends it to themselves.
	const lives = await context.req.json<readonly Life[]>();
	return context.json({ lived: await demoCellOf(context.env, site, cell).replay({ site, cell, lives }) });
});
