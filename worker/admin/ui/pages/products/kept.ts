// The catalogue as the API tells of it.

import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/catalogue.schema.ts";

export type Listed = z.infer<typeof schema.ProductListed>;
export type ProductView = z.infer<typeof schema.ProductView>;
export type ProductList = z.infer<typeof schema.ProductList>;
export type CatalogueView = z.infer<typeof schema.CatalogueView>;
export type Run = NonNullable<CatalogueView["run"]>;
export type Tried = z.infer<typeof schema.FeedTried>;
export type Problems = z.infer<typeof schema.FeedProblems>;
export type Feed = NonNullable<CatalogueView["feed"]>;

const going: ReadonlySet<Run["status"]> = new Set(["fetching", "checking", "applying"]);
export const isGoing = (run: Run | null): boolean => run !== null && going.has(run.status);

/** A product with its variants, which stand next to each other in a list: a variant on its own is a product. */
export interface Grouped {
	readonly key: string;
	readonly main: Listed;
	readonly variants: readonly Listed[];
}

export function grouped(products: readonly Listed[]): readonly Grouped[] {
	const byKey = Map.groupBy(products, ({ id, group }) => (group === undefined ? `i ${id}` : `g ${group}`));
	return Array.from(byKey, ([key, all]): Grouped | undefined => {
		const [main] = all;
		return main && { key, main, variants: all.length > 1 ? all : [] };
	}).filter((one) => one !== undefined);
}

/** Steps of a price as a line needs them: it stays until the next. `until` is where the line ends. */
export function steps(
	prices: ProductView["prices"],
	until: number,
): { readonly at: readonly number[]; readonly values: readonly number[] } {
	const at: number[] = [];
	const values: number[] = [];
	for (const [i, { at: from, price }] of prices.entries()) {
		const last = prices[i + 1]?.at ?? Math.max(until, from + 2);
		at.push(from, last - 1);
		values.push(price, price);
	}
	return { at, values };
}

/** An address that a link may lead to: what a feed says is anybody's. */
export function linkIn(address: string | undefined): string | undefined {
	return address !== undefined && /^https?:\/\//i.test(address) ? address : undefined;
}
