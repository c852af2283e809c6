// What the shop tells of its trade, in Segment's names, as any shop may by `witaj("track", …)`. The server writes it into
// the page as data, and shop.js says it.

import { categoryOf, type Product, priceOf, skuOf } from "./catalogue.ts";
import { type Html, renderData } from "./html.ts";
import type { Line, Order, Sums } from "./orders.ts";

/** Amounts in units of the currency. The same in both languages, so that what is sold in each adds up. */
type Item = Readonly<Record<string, string | number>>;
export type Told = { name: string; props: Readonly<Record<string, string | number | readonly Item[]>> };

const currency = "PLN";

function amount(grosze: number): number {
	return grosze / 100;
}

/** As the catalogue has it: of variants the first has the product's own. */
export function idOf(product: Product, variant: number): string {
	return variant === 0 ? skuOf(product) : `${skuOf(product)}-${variant + 1}`;
}

function itemOf(product: Product, variant: number): Item {
	const label = product.variants?.[variant]?.label;
	return {
		product_id: idOf(product, variant),
		sku: skuOf(product),
		name: product.name.pl,
		category: categoryOf(product).name.pl,
		brand: product.brand,
		price: amount(priceOf(product, variant)),
		...(label !== undefined && { variant: label }),
	};
}

function itemsOf(lines: readonly Line[]): readonly Item[] {
	return lines.map(({ product, variant, quantity }) => ({ ...itemOf(product, variant), quantity }));
}

function worthOf({ goods, discount, delivery, total }: Sums) {
	return {
		revenue: amount(goods - discount),
		discount: amount(discount),
		shipping: amount(delivery),
		total: amount(total),
	};
}

export function productViewed(product: Product): Told {
	return { name: "Product Viewed", props: { ...itemOf(product, 0), currency } };
}

export function cartViewed(lines: readonly Line[], sums: Sums): Told {
	return { name: "Cart Viewed", props: { value: amount(sums.goods), currency, products: itemsOf(lines) } };
}

export function checkoutStarted(lines: readonly Line[], sums: Sums): Told {
	return { name: "Checkout Started", props: { ...worthOf(sums), currency, products: itemsOf(lines) } };
}

export function orderCompleted({ id, lines, sums, coupon }: Order): Told {
	const props = { order_id: id, ...worthOf(sums), currency, products: itemsOf(lines) };
	return { name: "Order Completed", props: { ...props, ...(coupon && { coupon }) } };
}

/** For shop.js: what happens on this page, and whatever may lie in the cart on it, by the cart's own `slug:variant`. */
export function renderCommerce(
	told: readonly Told[],
	lines: readonly Line[],
	offered: Product | undefined,
): Html {
	const items: Record<string, Item> = {};
	for (const { product, variant } of lines) items[`${product.slug}:${variant}`] = itemOf(product, variant);
	for (const variant of offered ? [...(offered.variants ?? [0]).keys()] : [])
		if (offered) items[`${offered.slug}:${variant}`] = itemOf(offered, variant);
	return renderData("commerce", { told, items, currency });
}
