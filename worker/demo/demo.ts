// The demo: on a developer's machine alone.

import { Hono } from "hono";
import type { Env } from "../platform/env.ts";

export const demo = new Hono<{ Bindings: Env }>().use((context, next) =>
	context.env.LOCAL === "1" ? next() : Promise.resolve(context.json({ error: "not-found" }, 404)),
);
