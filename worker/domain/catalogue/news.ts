// What of a product's changes concerns people who had an eye on it, as the event that they are told.

import { type Properties, productNews } from "../event.ts";
import type { Listing, ProductChange } from "./listing.ts";
import { shownPrice } from "./prices.ts";

/** `at` is epoch ms. */
export interface News {
	readonly name: (typeof productNews)[keyof typeof productNews];
	readonly at: number;
	readonly props: Properties & { readonly product_id: string };
}

/**
 * Nothing of a change that is no good news. Prices are in the product's currency; `drop_percent` is of what it cost until
 * then, `lowest_price` what has to be said beside it where anybody is told of it (see prices.ts): absent where not known.
 */
export function newsOf(
	{ product, history }: Pick<Listing, "product" | "history">,
	{ kind, at, from, to }: ProductChange,
): News | undefined {
	const { id, name, url, image, brand, categories, currency } = product;
	const category = categories.at(-1);
	const props = {
		product_id: id,
		name,
		url,
		...(image !== undefined && { image_url: image }),
		...(brand !== undefined && { brand }),
		...(category !== undefined && { category }),
		currency,
	};
	if (kind === "back-in-stock") return { name: productNews.backInStock, at, props };
	if (kind !== "price-dropped" || from === undefined || to === undefined) return undefined;
	const drop_percent = Math.floor((100 * (from - to)) / from);
	// Of a price that has moved on since, the history tells something else.
	const isStill = history.changes.at(-1)?.[1] === to;
	const lowest = isStill ? shownPrice(history, to, at, product.lowest).before : undefined;
	return {
		name: productNews.priceDropped,
		at,
		props: {
			...props,
			price: to / 100,
			drop_percent,
			...(lowest !== undefined && { lowest_price: lowest / 100 }),
		},
	};
}
