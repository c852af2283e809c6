// Witaj as a developer's machine runs it: all Workers of a deployment in one, at one address, and the demo. A deployment
// is index.ts of the folder above, of the admin's and of the content's, and carries nothing of this.

import { Hono } from "hono/tiny";
import { admin, scheduled } from "../admin/index.ts";
import { app } from "../index.ts";
import type { LocalEnv } from "../platform/env.ts";
import { demo } from "./demo.ts";
import { goods } from "./goods.ts";
import { replay } from "./replay.ts";

export { Bulk, Import, Removal } from "../admin/index.ts";
export { Catalogue, Content } from "../content/index.ts";
export { Desk, Visitors } from "../desk/index.ts";
export { Directory, Site } from "../index.ts";
export { Cell } from "./cell.ts";

const stage = new Hono<{ Bindings: LocalEnv }>()
	.route("/demo", replay)
	.route("/demo", goods)
	.route("/demo", demo);

export default {
	fetch: (request, env, context) => {
		const [, part] = /^\/(demo|api|admin)(?:\/|$)/.exec(new URL(request.url).pathname) ?? [];
		const answering = part === "demo" ? stage : part ? admin : app;
		return answering.fetch(request, env, context);
	},
	scheduled,
} satisfies ExportedHandler<LocalEnv>;
