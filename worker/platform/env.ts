// The bindings of the four wrangler.toml, and the secrets beside them.

import type { Bulk } from "../bulk/bulk.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Cell } from "../cell/cell.ts";
import type { Content } from "../content/content.ts";
import type { Desk } from "../desk/desk.ts";
import type { Visitors } from "../desk/visitors.ts";
import type { Directory } from "../directory/directory.ts";
import type { Import } from "../import/import.ts";
import type { Removal } from "../removal/removal.ts";
import type { Site } from "../site/site.ts";

/** What all four Workers have. */
export interface DatabaseEnv {
	readonly DB: D1Database;
	/** "1" on a developer's machine: the demo, its inspector and a clock that can be moved. */
	readonly LOCAL?: string;
}

/** What those have that know people. */
export interface Env extends DatabaseEnv {
	readonly CELL: DurableObjectNamespace<Cell>;
	readonly SITE: DurableObjectNamespace<Site>;
	readonly DIRECTORY: DurableObjectNamespace<Directory>;
}

/** What those have that know products. */
export interface CatalogueEnv extends DatabaseEnv {
	readonly CATALOGUE: DurableObjectNamespace<Catalogue>;
}

/** The Worker that fills what visitors are shown. */
export interface ContentEnv extends CatalogueEnv {
	/** Where the demo shop is: the one address of a developer's own machine that may be asked for a feed. */
	readonly SHOP?: string;
}

/** The Worker of the live chat. */
export interface DeskEnv extends Env {
	readonly DESK: DurableObjectNamespace<Desk>;
	/** What was attached in conversations. */
	readonly FILES: R2Bucket;
	/** As in EdgeEnv, for transcripts. */
	readonly SMTP?: string;
}

/** The Worker that visitors reach: it alone can sign, and know what was signed. */
export interface EdgeEnv extends Env {
	/** The chunks that the script loads: dist/assets. */
	readonly ASSETS: Fetcher;
	/** Fills offers: asked only where there is something to fill. */
	readonly CONTENT: Service<typeof Content>;
	/** The live chat: forwarded to it is whatever is for it, with who it is. */
	readonly CHAT: Service<typeof Visitors>;
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
export interface AdminEnv extends Env, CatalogueEnv {
	/** Looks into templates, which only it can write out. */
	readonly CONTENT: Service<typeof Content>;
	readonly IMPORT: DurableObjectNamespace<Import>;
	readonly BULK: DurableObjectNamespace<Bulk>;
	readonly DESK: DurableObjectNamespace<Desk>;
	readonly REMOVAL: DurableObjectNamespace<Removal>;
	/** The operator's: of servers and scripts, with every right; and what sets the first account up. */
	readonly ADMIN_TOKEN: string;
	/** JSON {key id: secret}; the first seals what accounts keep (second factors), all of them open it. */
	readonly ACCOUNT_KEYS: string;
	/** As in EdgeEnv, for invitations and recovery. */
	readonly SMTP?: string;
}

/** All in one, with the demo. */
export interface LocalEnv extends EdgeEnv, AdminEnv, ContentEnv, DeskEnv {}
