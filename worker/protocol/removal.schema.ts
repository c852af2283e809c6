// The deletion of a whole site.

import * as z from "zod/mini";

/** The site's name, as its settings have it: so that nobody deletes another than they mean. */
export const RemovalBody = z.strictObject({ name: z.string().check(z.maxLength(200)) });

/** Instants are epoch ms. */
export const RemovalView = z.strictObject({
	/**
	 * `none`; `closed`: visitors and servers are answered as if there were no such site, all of it is kept until `dueAt`, and
	 * it can be opened again; `removing`: it goes, and nothing brings it back.
	 */
	state: z.enum(["none", "closed", "removing"]),
	/** What the name has to be. */
	name: z.string(),
	askedAt: z.nullable(z.int()),
	dueAt: z.nullable(z.int()),
	/** Null for the operator, and where nobody did. */
	by: z.nullable(z.strictObject({ id: z.string(), name: z.string() })),
	/** How many steps are done. */
	done: z.int(),
	of: z.int(),
	/** What goes with it. */
	holds: z.strictObject({
		contacts: z.int(),
		events: z.int(),
		definitions: z.int(),
		imports: z.int(),
		members: z.int(),
		products: z.int(),
		codes: z.int(),
	}),
});
