// The language of conditions, as a screen makes its builder of it.

import { Hono } from "hono/tiny";
import { builder } from "../domain/words/builder.ts";
import type { AdminEnv } from "../platform/env.ts";

export const fieldRoutes = new Hono<{ Bindings: AdminEnv }>().get("/fields", (context) =>
	context.json(builder(), 200, { "cache-control": "private, max-age=300" }),
);
