// Wiring only: the Worker that fills what visitors are shown, and holds the catalogues. It has no address of its own.

import type { ContentEnv } from "../platform/env.ts";

export { Catalogue } from "../catalogue/catalogue.ts";
export { Content } from "./content.ts";

export default {
	fetch: () => Response.json({ error: "not-found" }, { status: 404 }),
} satisfies ExportedHandler<ContentEnv>;
