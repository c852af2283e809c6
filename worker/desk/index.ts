// Wiring only: the Worker of the live chat. Nobody reaches it but the other Workers, over bindings.

import type { DeskEnv } from "../platform/env.ts";

export { Desk } from "./desk.ts";
export { Visitors } from "./visitors.ts";

export default {
	fetch: () => Response.json({ error: "not-found" }, { status: 404 }),
} satisfies ExportedHandler<DeskEnv>;
