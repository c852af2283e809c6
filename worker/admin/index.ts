// Wiring only: the Worker that the site's own people reach. Visitors' objects are the other Worker's (../index.ts); this
// one is bound to them, and to the same database. Imports, bulk acts and removals of sites are its own.

import { Hono } from "hono/tiny";
import type { AdminEnv } from "../platform/env.ts";
import { api } from "./api.ts";
import { tellNews } from "./news.ts";
import { screen } from "./screen.ts";
import { countSizes } from "./sizes.ts";

export { Bulk } from "../bulk/bulk.ts";
export { Import } from "../import/import.ts";
export { Removal } from "../removal/removal.ts";

export const admin = new Hono<{ Bindings: AdminEnv }>()
	.route("/api", api)
	.route("/admin", screen)
	.get("/", (context) => context.redirect("/admin"))
	.notFound((context) => context.json({ error: "not-found" }, 404));

/** By the platform's clock: the crons of wrangler.toml. */
export const scheduled: ExportedHandlerScheduledHandler<AdminEnv> = ({ cron, scheduledTime }, env) =>
	cron === "* * * * *" ? tellNews(env, scheduledTime) : countSizes(env, scheduledTime);

export default { fetch: admin.fetch, scheduled } satisfies ExportedHandler<AdminEnv>;
