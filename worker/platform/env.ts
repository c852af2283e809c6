// The bindings of wrangler.toml, and the secrets beside them.

import type { Cell } from "../cell/cell.ts";
import type { Site } from "../site/site.ts";

export interface Env {
	readonly DB: D1Database;
	readonly CELL: DurableObjectNamespace<Cell>;
	readonly SITE: DurableObjectNamespace<Site>;
	readonly NEWCOMERS: RateLimit;
	/** JSON {region: number of cells}. */
	readonly CELLS: string;
	readonly DEFAULT_REGION: string;
	/** JSON {key id: secret}; the first signs, all of them verify. */
	readonly TOKEN_KEYS: string;
	/** The same for the check in public site keys: they stand in other people's pages, so they outlive token keys. */
	readonly SITE_KEYS: string;
	readonly ADMIN_TOKEN: string;
	/** "1" on a developer's machine: the demo, its inspector and a clock that can be moved. */
	readonly LOCAL?: string;
	/** Where the demo shop is, beside LOCAL. */
	readonly SHOP?: string;
}
