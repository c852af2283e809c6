// What the shop's own server tells of its products with a secret key, which whoever asks has looked at.

import type * as z from "zod/mini";
import type { CatalogueEnv } from "../platform/env.ts";
import { catalogueOf } from "../platform/name.ts";
import { type ProductsKept, ProductsTold } from "../protocol/catalogue.schema.ts";

export interface ProductsAnswer {
	readonly status: 200 | 422;
	/** Where it is refused: in which member of the body. */
	readonly answer: z.infer<typeof ProductsKept> | { readonly error: "malformed"; readonly at: string };
}

export async function tellProducts(env: CatalogueEnv, site: string, said: unknown): Promise<ProductsAnswer> {
	const parsed = ProductsTold.safeParse(said);
	if (!parsed.success)
		return { status: 422, answer: { error: "malformed", at: parsed.error.issues[0]?.path.join(".") ?? "" } };
	const { products, changes, removed } = parsed.data;
	const catalogue = catalogueOf(env, site);
	return {
		status: 200,
		answer: {
			...(products && { products: [...(await catalogue.put(site, products))] }),
			...(changes && { changes: [...(await catalogue.change(site, changes))] }),
			...(removed && { gone: await catalogue.remove(removed) }),
		},
	};
}
