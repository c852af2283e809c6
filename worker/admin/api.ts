// The authenticated API: a site's settings, its drafts, publishing, and questions about conditions and people. Who may do what
// is declared beside each route (see policy.ts).

import { Hono } from "hono/tiny";
import { accountRoutes } from "./account.ts";
import type { AdminHono } from "./actor.ts";
import { actRoutes } from "./acts.ts";
import { auditRoutes } from "./audit.ts";
import { bulkRoutes } from "./bulk.ts";
import { cardRoutes } from "./cards.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { conditionRoutes } from "./conditions.ts";
import { definitionRoutes } from "./definitions.ts";
import { draftRoutes } from "./drafts.ts";
import { erasureRoutes } from "./erasure.ts";
import { explainRoutes } from "./explain.ts";
import { exportRoutes } from "./exports.ts";
import { factorRoutes } from "./factors.ts";
import { fieldRoutes } from "./fields.ts";
import { figureRoutes } from "./figures.ts";
import { importRoutes } from "./imports.ts";
import { invitationRoutes } from "./invitations.ts";
import { linkRoutes } from "./links.ts";
import { listingRoutes } from "./listing.ts";
import { liveRoutes } from "./live.ts";
import { describeApi } from "./openapi.ts";
import { pastRoutes } from "./past.ts";
import { peopleRoutes } from "./people.ts";
import { onlyDeclared, reads } from "./policy.ts";
import { poolRoutes } from "./pools.ts";
import { previewRoutes } from "./previews.ts";
import { publishingRoutes } from "./publishing.ts";
import { qualifyingRoutes } from "./qualifying.ts";
import { recoveryRoutes } from "./recovery.ts";
import { reportRoutes } from "./reports.ts";
import { answerFault } from "./request.ts";
import { revisionRoutes } from "./revisions.ts";
import { secretKeyRoutes } from "./secret-keys.ts";
import { settingsRoutes } from "./settings.ts";
import { signInRoutes } from "./sign-in.ts";
import { suggestionRoutes } from "./suggestions.ts";
import { teamRoutes } from "./team.ts";
import { todayRoutes } from "./today.ts";
import { viewRoutes } from "./views.ts";

export const api = new Hono<AdminHono>();

api.onError((error, context) => answerFault(error, context.req.path));

api.use(onlyDeclared);

api.get("/openapi.json", reads("someone"), (context) => context.json(describeApi()));

api.route("/", signInRoutes);
api.route("/", accountRoutes);
api.route("/", factorRoutes);
api.route("/", teamRoutes);
api.route("/", invitationRoutes);
api.route("/", recoveryRoutes);
api.route("/", auditRoutes);
api.route("/", fieldRoutes);
api.route("/sites", settingsRoutes);
api.route("/sites", definitionRoutes);
api.route("/sites", draftRoutes);
api.route("/sites", revisionRoutes);
api.route("/sites", publishingRoutes);
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
api.route("/sites", figureRoutes);
api.route("/sites", todayRoutes);
api.route("/sites", liveRoutes);
api.route("/sites", secretKeyRoutes);
api.route("/sites", importRoutes);
api.route("/sites", catalogueRoutes);
api.route("/sites", viewRoutes);
api.route("/sites", qualifyingRoutes);
api.route("/sites", bulkRoutes);
api.route("/sites", suggestionRoutes);
api.route("/sites", exportRoutes());
