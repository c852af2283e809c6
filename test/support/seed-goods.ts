// The demo shop's products in its catalogue, and what the made-up people did with them learned.

import type { Product } from "../../worker/domain/catalogue/product.ts";
import { categoryOf, products, skuOf } from "../shop/catalogue.ts";
import { idOf } from "../shop/commerce.ts";
import { localSecrets } from "./edge.ts";

/** As a feed of the shop would have them. Categories are by name and by address: pages say the one, the made-up past the other. */
export function goodsOf(shop: string): readonly Product[] {
	return products.flatMap((product) => {
		const { name, slug, category, brand, price, was, variants, isSoldOut } = product;
		return (variants ?? [{ label: undefined, price }]).map((variant, n): Product => {
			const isReduced = was !== undefined && n === 0;
			return {
				id: idOf(product, n),
				...(variants && { group: skuOf(product) }),
				name: variant.label === undefined ? name.pl : `${name.pl}, ${variant.label}`,
				url: `${shop}/p/${slug}`,
				image: `${shop}/img/${slug}.svg`,
				currency: "PLN",
				price: isReduced ? was : variant.price,
				// The price that the shop strikes out is the lowest of the 30 days before.
				...(isReduced && { sale: { price: variant.price }, lowest: was }),
				availability: isSoldOut ? "out-of-stock" : "in-stock",
				brand,
				categories: [categoryOf(product).name.pl, category],
				labels: {},
			};
		});
	});
}

export async function seedGoods(edge: string, shop: string): Promise<void> {
	const response = await fetch(`${edge}/demo/api/goods/demo`, {
		method: "PUT",
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		body: JSON.stringify(goodsOf(shop)),
	});
	if (!response.ok) throw new Error(`goods: ${response.status} ${await response.text()}`);
}
