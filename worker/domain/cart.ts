// The cart as it is now. Only snapshots make one: "Cart Updated" says all that lies in it, so the latest is the truth
// whatever the order of arrival. "Product Added" and "Product Removed" tell of single changes, which add up to a cart only
// in the right order and with none missing: a source that knows nothing else sends no cart. Nothing here reads them.

import { lastCompletedAt } from "./completed.ts";
import { type Event, isLater, type Properties, type Scalar } from "./event.ts";
import { own } from "./keyed.ts";
import { linesOf } from "./line.ts";
import { hundredths } from "./money.ts";
import type { Orders } from "./order.ts";
import { idOfProduct, productsIn } from "./products.ts";

/** A snapshot, with the instant (epoch ms) and id of the event that said it. Plain JSON. */
export interface Cart {
	readonly at: number;
	readonly id: string;
	/** What it is worth, in whole hundredths of the site's currency. */
	readonly hundredths: number;
	/** How many pieces. */
	readonly items: number;
	/** Product ids, as they were said: whoever compares them folds them. */
	readonly products: readonly string[];
}

export const cartUpdated = "Cart Updated";

export const cartLimits = { products: 100, productId: 200 } as const;

/** The later of the cart and what the event says of it; the same object where that is the cart. */
export function recordCart(cart: Cart | undefined, event: Event): Cart | undefined {
	if (event.name !== cartUpdated || (cart && !isLater(event, cart))) return cart;
	const { at, id, props } = event;
	const products = productsOf(own(props, "products"));
	const said = own(props, "items");
	// Not by the products where a count is said: three pieces of one product are one id.
	const items =
		typeof said === "number" && Number.isFinite(said) ? Math.floor(said) : piecesOf(props, products);
	return { at, id, hundredths: hundredths(own(props, "value")), items: Math.max(items, 0), products };
}

/** The cart of two parts: the latest. Commutative, associative and idempotent. */
export function joinCart(a: Cart | undefined, b: Cart | undefined): Cart | undefined {
	if (!a || !b) return a ?? b;
	return isLater(b, a) ? b : a;
}

/**
 * The cart, or none where it is empty: nothing in it, or an order completed at its instant or since, even one that was
 * taken back later. An order's first completion decides: a thank-you page restored with its tab a week later does not
 * empty the cart that was filled since. Both are of all parts.
 */
export function cartNow(cart: Cart | undefined, orders: Orders): Cart | undefined {
	if (!cart || cart.items === 0) return undefined;
	const orderedAt = lastCompletedAt(orders);
	return orderedAt !== undefined && orderedAt >= cart.at ? undefined : cart;
}

/** A list of products, or ids joined by "|": each once, in the order said; empty and overlong ids are none. */
function productsOf(said: Scalar | undefined): readonly string[] {
	if (typeof said !== "string") return [];
	const ids =
		productsIn(said)?.flatMap((product) => idOfProduct(product, cartLimits.productId) ?? []) ??
		said.split("|").filter((id) => id !== "" && id.length <= cartLimits.productId);
	return [...new Set(ids)].slice(0, cartLimits.products);
}

/** Where nobody says how many, as many as the list says, else one of each. */
function piecesOf(props: Properties, products: readonly string[]): number {
	const listed = linesOf(props);
	if (!listed) return products.length;
	return Math.floor(Object.values(listed).reduce((sum, { quantity }) => sum + quantity, 0) / 100);
}
