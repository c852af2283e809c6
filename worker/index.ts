// Wiring only: which part of the Worker answers what.

import { Hono } from "hono/tiny";
import { api } from "./admin/api.ts";
import { collect } from "./edge/collect.ts";
import { serveChunk, serveLoader } from "./edge/script.ts";
import type { Env } from "./platform/env.ts";
import { logFault } from "./platform/log.ts";

export { Cell } from "./cell/cell.ts";
export { Site } from "./site/site.ts";

/** What visitors' browsers reach, on our own host and under a route of the site's zone alike. */
function visitorRoutes(prefix: string) {
	return new Hono<{ Bindings: Env }>()
		.get("/w.js", (context) => {
			const edge = new URL(context.req.url).origin + prefix;
			return serveLoader(context.env, context.req.query("site") ?? "", edge);
		})
		.get("/w/:chunk", (context) => serveChunk(context.req.param("chunk")))
		.post("/v1/collect", (context) => collect(context.req.raw, context.env));
}

export const app = new Hono<{ Bindings: Env }>()
	.get("/healthz", (context) => context.json({ ok: true }))
	.route("/api", api)
	.route("/_w", visitorRoutes("/_w"))
	.route("/", visitorRoutes(""))
	.notFound((context) => context.json({ error: "not-found" }, 404))
	.onError((error, context) => {
		const headers = { "access-control-allow-origin": "*" };
		return context.json({ error: "fault", id: logFault(context.req.path, error) }, 500, headers);
	});

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
