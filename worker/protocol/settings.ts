// What the loader knows of its site before it asks anything: inlined into the script, public.

import type { PublicChat } from "./chat.ts";

export interface PublicSettings {
	/** The site's public key. */
	readonly site: string;
	/** Origin of the edge, without a trailing slash. */
	readonly edge: string;
	/** Nothing is stored and no id is sent until the visitor has agreed. */
	readonly asks?: true;
	/** What the addresses of the chunks begin with, relative to the edge: it carries a hash of all of them. */
	readonly chunks: string;
	/** Chunks that are loaded with each page, and told of each page view: of `collect` and of `chat`. */
	readonly also?: readonly string[];
	/** There where the site has a live chat. */
	readonly chat?: PublicChat;
	/** What is understood of the site's pages by itself; absent where nothing is. */
	readonly collect?: Collect;
}

export interface Collect {
	/** Google's e-commerce events, as `dataLayer` and `gtag` carry them. */
	readonly dataLayer?: boolean;
	/** schema.org's Product, in JSON-LD or Microdata. */
	readonly schema?: boolean;
	/** CSS selectors of forms of the site. */
	readonly forms?: readonly string[];
	/** Who is asked about consent beside our own API: Google's Consent Mode, the TCF's API. The strictest holds. */
	readonly consent?: readonly ("google" | "tcf")[];
}
