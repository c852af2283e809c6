// What the edge asks over its binding: to fill offers with what only this Worker has.

import { WorkerEntrypoint } from "cloudflare:workers";
import type { ContentEnv } from "../platform/env.ts";
import type { FillAnswer, FillCall } from "./call.ts";
import { withoutEmpty } from "./empty.ts";
import { type ProductsAnswer, tellProducts } from "./products.ts";

export class Content extends WorkerEntrypoint<ContentEnv> {
	/** What the shop's own server says of its products, as its body has it. */
	async tellProducts(site: string, said: unknown): Promise<ProductsAnswer> {
		return tellProducts(this.env, site, said);
	}

	async fill({ offers }: FillCall): Promise<FillAnswer> {
		return offers.map(withoutEmpty);
	}
}
