// The language of conditions, as a screen makes its builder of it.

import { Hono } from "hono/tiny";
import { builder } from "../domain/words/builder.ts";
import type { AdminHono } from "./actor.ts";
import { reads } from "./policy.ts";

export const fieldRoutes = new Hono<AdminHono>().get("/fields", reads("someone"), (context) =>
	context.json(builder()),
);
