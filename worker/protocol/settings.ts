// What the loader knows of its site before it asks anything: inlined into the script, public.

export interface PublicSettings {
	/** The site's public key. */
	readonly site: string;
	/** Origin of the edge, without a trailing slash. */
	readonly edge: string;
	/** `ask`: nothing is stored and no id is sent until the visitor has agreed. */
	readonly consent: "ask" | "not-needed";
	/** Address of the chunk that draws pop-ups, relative to the edge; its name carries its hash. */
	readonly popup: string;
}
