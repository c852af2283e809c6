// The Worker as a developer's machine runs it: the product and the demo. A deployment is index.ts of the folder above,
// and carries nothing of this.

import { Hono } from "hono/tiny";
import { app } from "../index.ts";
import type { Env } from "../platform/env.ts";
import { demo } from "./demo.ts";
import { replay } from "./replay.ts";

export { Cell, Site } from "../index.ts";

const stage = new Hono<{ Bindings: Env }>().route("/demo", replay).route("/demo", demo);

export default {
	fetch: (request, env, context) => {
		const isDemo = /^\/demo(\/|$)/.test(new URL(request.url).pathname);
		return (isDemo ? stage : app).fetch(request, env, context);
	},
} satisfies ExportedHandler<Env>;
