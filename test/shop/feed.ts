// What the shop sells, as it tells price comparers: a feed for Google Merchant (RSS 2.0), in Polish. Ids are those that
// its pages tell of.

import { categoryOf, type Product, priceOf, products, skuOf } from "./catalogue.ts";
import { idOf } from "./commerce.ts";
import { html } from "./html.ts";

const amount = (grosze: number) => `${(grosze / 100).toFixed(2)} PLN`;

function renderItem(product: Product, variant: number, origin: string) {
	const label = product.variants?.[variant]?.label;
	const { slug, was, mark } = product;
	const price = priceOf(product, variant);
	// What stands crossed out in the shop is the lowest price of the 30 days before: of the first variant.
	const before = variant === 0 ? was : undefined;
	return html`<item>
<g:id>${idOf(product, variant)}</g:id>
${label !== undefined && html`<g:item_group_id>${skuOf(product)}</g:item_group_id><g:size>${label}</g:size>`}
<g:title>${product.name.pl}${label !== undefined && ` ${label}`}</g:title>
<g:description>${product.lead.pl}</g:description>
<g:link>${origin}/p/${slug}</g:link>
<g:image_link>${origin}/img/${slug}.svg</g:image_link>
<g:availability>${product.isSoldOut ? "out_of_stock" : "in_stock"}</g:availability>
<g:price>${amount(before ?? price)}</g:price>
${before !== undefined && html`<g:sale_price>${amount(price)}</g:sale_price><g:lowest_price>${amount(before)}</g:lowest_price>`}
<g:product_type>${categoryOf(product).name.pl}</g:product_type>
<g:brand>${product.brand}</g:brand>
<g:mpn>${skuOf(product)}</g:mpn>
<g:condition>new</g:condition>
${mark !== undefined && html`<g:custom_label_0>${mark}</g:custom_label_0>`}
</item>
`;
}

export function renderFeed(origin: string): string {
	const items = products.flatMap((product) =>
		[...(product.variants ?? [0]).keys()].map((variant) => renderItem(product, variant, origin)),
	);
	return html`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
<title>Witaj Ogród</title>
<link>${origin}/</link>
${items}</channel></rss>
`.markup;
}
