// The authenticated API: a site's settings, its drafts, publishing, and questions about conditions and people. Reached with the
// operator's token.

import { Hono } from "hono/tiny";
import type { AdminEnv } from "../platform/env.ts";
import { isSame } from "../platform/key.ts";
import { Id } from "../protocol/site.schema.ts";
import { actRoutes } from "./acts.ts";
import { bulkRoutes } from "./bulk.ts";
import { cardRoutes } from "./cards.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { conditionRoutes } from "./conditions.ts";
import { definitionRoutes } from "./definitions.ts";
import { erasureRoutes } from "./erasure.ts";
import { explainRoutes } from "./explain.ts";
import { exportRoutes } from "./exports.ts";
import { importRoutes } from "./imports.ts";
import { linkRoutes } from "./links.ts";
import { listingRoutes } from "./listing.ts";
import { describeApi } from "./openapi.ts";
import { pastRoutes } from "./past.ts";
import { peopleRoutes } from "./people.ts";
import { poolRoutes } from "./pools.ts";
import { previewRoutes } from "./previews.ts";
import { qualifyingRoutes } from "./qualifying.ts";
import { reportRoutes } from "./reports.ts";
import { type Answer, answerFault } from "./request.ts";
import { secretKeyRoutes } from "./secret-keys.ts";
import { suggestionRoutes } from "./suggestions.ts";
import { viewRoutes } from "./views.ts";

export const api = new Hono<{ Bindings: AdminEnv }>();

api.onError((error, context) => answerFault(error, context.req.path));

api.use(async (context, next) => {
	const token = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
	if (!token || !context.env.ADMIN_TOKEN || !isSame(token, context.env.ADMIN_TOKEN)) {
		return context.json({ error: "unauthorised" } satisfies Answer, 401);
	}
	return next();
});

api.get("/openapi.json", (context) => context.json(describeApi()));

api.use("/sites/:site/*", async (context, next) => {
	return Id.safeParse(context.req.param("site")).success
		? next()
		: context.json({ error: "site-malformed" } satisfies Answer, 400);
});

api.route("/sites", definitionRoutes);
api.route("/sites", conditionRoutes);
api.route("/sites", listingRoutes);
api.route("/sites", explainRoutes);
api.route("/sites", poolRoutes);
api.route("/sites", actRoutes);
api.route("/sites", linkRoutes);
api.route("/sites", cardRoutes);
api.route("/sites", erasureRoutes);
api.route("/sites", peopleRoutes);
api.route("/sites", previewRoutes);
api.route("/sites", pastRoutes);
api.route("/sites", reportRoutes);
api.route("/sites", secretKeyRoutes);
api.route("/sites", importRoutes);
api.route("/sites", catalogueRoutes);
api.route("/sites", viewRoutes);
api.route("/sites", qualifyingRoutes);
api.route("/sites", bulkRoutes);
api.route("/sites", suggestionRoutes);
api.route("/sites", exportRoutes());
