// What an event teaches the recommender: which products it is about, and in which way.

import { cartUpdated } from "../cart.ts";
import { productLimits } from "../catalogue/product.ts";
import type { Properties } from "../event.ts";
import { own } from "../keyed.ts";
import { idOf, orderNames } from "../order.ts";
import { idOfProduct, productsIn } from "../products.ts";
import type { Lesson } from "./learned.ts";

/** Of one event: what is in a longer cart or order is not learned. */
const mostProducts = 20;

/** The event, with what is known of its person's orders: when they bought what, in which order. */
export interface Told {
	readonly name: string;
	readonly at: number;
	readonly props: Properties;
	readonly bought: readonly (readonly [product: string, at: number, order: string])[];
}

/** Nothing where it is about no product. */
export function lessonIn({ name, at, props, bought }: Told): Lesson["is"] | undefined {
	if (name === orderNames.completed) {
		const order = idOf(own(props, "order_id"));
		const products = listed(props);
		if (order === undefined || products.length === 0) return undefined;
		const before = products.flatMap((product) => {
			const earlier = bought.filter(([one, then, id]) => one === product && id !== order && then < at);
			return earlier.length === 0 ? [] : [[product, Math.max(...earlier.map(([, then]) => then))] as const];
		});
		return { what: "bought", order, products, before };
	}
	const product = idOfProduct(props, productLimits.id);
	const products = name === cartUpdated ? listed(props) : product === undefined ? [] : [product];
	if (products.length === 0) return undefined;
	return { what: name === "Product Viewed" ? "viewed" : "in-cart", products };
}

/** A list of products, or ids joined by "|". */
function listed(props: Properties): readonly string[] {
	const said = own(props, "products");
	const ids =
		productsIn(said)?.flatMap((product) => idOfProduct(product, productLimits.id) ?? []) ??
		(typeof said === "string" ? said.split("|") : []);
	return [...new Set(ids)].filter((id) => id !== "" && id.length <= productLimits.id).slice(0, mostProducts);
}
