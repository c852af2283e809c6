// The bindings of the two wrangler.toml, and the secrets beside them.

import type { Cell } from "../cell/cell.ts";
import type { Directory } from "../directory/directory.ts";
import type { Import } from "../import/import.ts";
import type { Site } from "../site/site.ts";

/** What both Workers have. */
export interface Env {
	readonly DB: D1Database;
	readonly CELL: DurableObjectNamespace<Cell>;
	readonly SITE: DurableObjectNamespace<Site>;
	readonly DIRECTORY: DurableObjectNamespace<Directory>;
	/** "1" on a developer's machine: the demo, its inspector and a clock that can be moved. */
	readonly LOCAL?: string;
}

/** The Worker that visitors reach: it alone can sign, and know what was signed. */
export interface EdgeEnv extends Env {
	/** The chunks that the script loads: dist/assets. */
	readonly ASSETS: Fetcher;
	readonly NEWCOMERS: RateLimit;
	/** How often a server, or whoever else speaks for a site, may call. */
	readonly CALLERS: RateLimit;
	/** JSON {region: number of cells}. */
	readonly CELLS: string;
	readonly DEFAULT_REGION: string;
	/** JSON {key id: secret}; the first signs, all of them verify. */
	readonly TOKEN_KEYS: string;
	/** The same for the check in public site keys: they stand in other people's pages, so they outlive token keys. */
	readonly SITE_KEYS: string;
	/**
	 * JSON {host, port, security: "tls" | "starttls" | "none", user, password, from: {name, address}}: the operator's mail
	 * server. Without it no message is sent.
	 */
	readonly SMTP?: string;
}

/** The Worker that the site's own people reach. */
export interface AdminEnv extends Env {
	readonly IMPORT: DurableObjectNamespace<Import>;
	readonly ADMIN_TOKEN: string;
}

/** Both in one, with the demo. */
export interface LocalEnv extends EdgeEnv, AdminEnv {
	/** Where the demo shop is. */
	readonly SHOP?: string;
}
