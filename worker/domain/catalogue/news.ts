// What of a product's changes concerns people who had an eye on it, as the event that they are told.

import { type Properties, productNews } from "../event.ts";
import type { Listing, ProductChange } from "./listing.ts";

/** `at` is epoch ms. */
export interface News {
	readonly name: (typeof productNews)[keyof typeof productNews];
	readonly at: number;
	readonly props: Properties & { readonly product_id: string };
}

/** Nothing of a change that is no good news. The price is in the product's currency; `drop_percent` is of what it cost until then. */
export function newsOf(
	{ product }: Pick<Listing, "product">,
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
	return { name: productNews.priceDropped, at, props: { ...props, price: to / 100, drop_percent } };
}
