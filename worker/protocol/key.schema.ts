// Secret keys, with which a site's server speaks to us.

import * as z from "zod/mini";

/** `events`: tells what happened. `people`: reads and changes whom it concerns. `products`: what the shop sells. */
export const Scope = z.enum(["events", "people", "products"]);

export const SecretKeyBody = z.strictObject({
	/** Who is to have it, for whoever looks through the list. */
	name: z.string().check(z.minLength(1), z.maxLength(100)),
	scopes: z.array(Scope).check(
		z.minLength(1),
		z.refine((scopes) => new Set(scopes).size === scopes.length, { error: "a scope stands there twice" }),
	),
});

const known = {
	id: z.string(),
	name: z.string(),
	scopes: z.readonly(z.array(Scope)),
	createdAt: z.int(),
	/** Null while it holds. */
	revokedAt: z.nullable(z.int()),
};
/** `key` is shown this once: of it a digest alone is kept. */
export const SecretKeyMade = z.strictObject({ ...known, key: z.string() });
export const SecretKeys = z.strictObject({ keys: z.readonly(z.array(z.strictObject(known))) });
