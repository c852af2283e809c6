// Wiring only: which part of the Worker that visitors reach answers what. What only the admin needs is in a Worker of its
// own (admin/index.ts), for visitors wait for each byte of this one at a cold start.

import { Hono } from "hono/tiny";
import { chat } from "./edge/chat.ts";
import { collect } from "./edge/collect.ts";
import { frame } from "./edge/frame.ts";
import { confirm, showConfirmation, showUnsubscribing, unsubscribe } from "./edge/links.ts";
import { me } from "./edge/me.ts";
import { serveChunk, serveLoader } from "./edge/script.ts";
import { segmentRoutes } from "./edge/segment-api.ts";
import { serverRoutes } from "./edge/server-api.ts";
import type { EdgeEnv } from "./platform/env.ts";
import { logFault } from "./platform/log.ts";

export { Cell } from "./cell/cell.ts";
export { Directory } from "./directory/directory.ts";
export { Site } from "./site/site.ts";

/** What visitors' browsers reach, on our own host and under a route of the site's zone alike. */
function visitorRoutes(prefix: string) {
	return new Hono<{ Bindings: EdgeEnv }>()
		.get("/w.js", (context) => {
			const edge = new URL(context.req.url).origin + prefix;
			return serveLoader(context.env, context.req.query("site") ?? "", edge);
		})
		.get("/w/:chunk", ({ req, env }) => serveChunk(env, req.raw, req.param("chunk")))
		.post("/v1/collect", (context) => collect(context.req.raw, context.env))
		.all("/v1/chat/*", (context) => chat(context.req.raw, context.env, prefix))
		.get("/v1/frame", (context) => frame(context.req.raw, context.env))
		.get("/c/:token", ({ req, env }) => showConfirmation(req.raw, env, req.param("token")))
		.post("/c/:token", ({ req, env }) => confirm(req.raw, env, req.param("token")))
		.get("/u/:token", ({ req, env }) => showUnsubscribing(req.raw, env, req.param("token")))
		.post("/u/:token", ({ req, env }) => unsubscribe(req.raw, env, req.param("token")))
		.get("/me", (context) => me(context.req.raw, context.env))
		.post("/me", (context) => me(context.req.raw, context.env))
		.post("/v1/me", (context) => me(context.req.raw, context.env))
		.route("/", segmentRoutes);
}

export const app = new Hono<{ Bindings: EdgeEnv }>()
	.get("/healthz", (context) => context.json({ ok: true }))
	.route("/_w", visitorRoutes("/_w"))
	.route("/", visitorRoutes(""))
	.route("/", serverRoutes)
	.notFound((context) => context.json({ error: "not-found" }, 404))
	.onError((error, context) => {
		const headers = { "access-control-allow-origin": "*" };
		return context.json({ error: "fault", id: logFault(context.req.path, error) }, 500, headers);
	});

export default { fetch: app.fetch } satisfies ExportedHandler<EdgeEnv>;
