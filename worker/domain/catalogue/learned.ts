// Products that a catalogue learns from what pages tell (Segment's Product Viewed). Anybody can send such an event, so a
// product is believed only when several visitors said the same of it, and it leads nowhere but to the site itself.

import type { Scalar } from "../event.ts";
import { own } from "../keyed.ts";
import { type Product, productOf } from "./product.ts";

/** What pages told of one product, alike to so many different visitors; they are counted where they are known. */
export interface Saying {
	readonly props: Readonly<Record<string, Scalar>>;
	readonly visitors: number;
}

export const fewestVisitors = 3;

/** Google's names of what Segment's properties are. */
const fields = {
	id: "product_id",
	title: "name",
	link: "url",
	image_link: "image_url",
	brand: "brand",
	product_type: "category",
	price: "price",
} as const;

/** `origins` are the site's own: one that names none learns nothing. `currency` is the site's. */
export function learned(
	{ props, visitors }: Saying,
	origins: readonly string[],
	currency: string,
): Product | undefined {
	if (visitors < fewestVisitors) return undefined;
	const said = Object.entries(fields).map(([field, name]) => [field, String(own(props, name) ?? "")]);
	const read = productOf(Object.fromEntries(said), String(own(props, "currency") ?? currency));
	if (read.is === "refused" || !isOn(origins, read.product.url)) return undefined;
	const { image, ...product } = read.product;
	return image !== undefined && isOn(origins, image) ? { ...product, image } : product;
}

function isOn(origins: readonly string[], address: string): boolean {
	const [origin] = /^https?:\/\/[^/?#@\\]+(?=[/?#]|$)/i.exec(address) ?? [];
	return origin !== undefined && origins.includes(origin.toLowerCase());
}
