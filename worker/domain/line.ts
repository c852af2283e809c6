// The lines of an order as events tell of them: each product once, bounded, in whole hundredths.

import type { Properties } from "./event.ts";
import { own, put } from "./keyed.ts";
import { hundredths } from "./money.ts";
import type { Line } from "./order.ts";
import { idOfProduct, productsIn } from "./products.ts";

/** Of an order its first products; of a text and an id characters; of a product pieces and units of the currency. */
export const lineLimits = { products: 30, text: 100, quantity: 1e6, price: 1e9 } as const;

const most = lineLimits.quantity * 100;

/**
 * The products that an event lists, by their ids; none where it lists none that count. Without a quantity it is one piece,
 * and what is not above 0, or too much, is no line. A price below 0 or too high is unknown.
 */
export function linesOf(props: Properties): Readonly<Record<string, Line>> | undefined {
	const lines: Record<string, Line> = {};
	let count = 0;
	for (const product of productsIn(own(props, "products")) ?? []) {
		const id = idOfProduct(product, lineLimits.text);
		const said = own(product, "quantity") ?? 1;
		const quantity = hundredths(said);
		if (id === undefined || quantity <= 0 || quantity > most) continue;
		const known = own(lines, id);
		if (known) put(lines, id, { ...known, quantity: Math.min(known.quantity + quantity, most) });
		else if (count++ < lineLimits.products) put(lines, id, lineOf(product, props, quantity));
	}
	return count > 0 ? lines : undefined;
}

function lineOf(product: Properties, order: Properties, quantity: number): Line {
	const line: Record<string, string> = {};
	for (const name of ["name", "category", "brand", "coupon"] as const) {
		const text = own(product, name) ?? (name === "coupon" ? own(order, name) : undefined);
		if (typeof text === "string" && text !== "" && text.length <= lineLimits.text) line[name] = text;
	}
	const price = own(product, "price");
	const isKnown = typeof price === "number" && price >= 0 && price < lineLimits.price;
	return { quantity, ...(isKnown && { price: hundredths(price) }), ...line };
}

/** What a refund of these lines takes back: of each product how much, and what that comes to. */
export function givenBack(lines: Readonly<Record<string, Line>>): {
	readonly hundredths: number;
	readonly lines: Readonly<Record<string, number>>;
} {
	const back: Record<string, number> = {};
	let sum = 0;
	for (const [id, { quantity, price = 0 }] of Object.entries(lines)) {
		put(back, id, quantity);
		sum += worthOf(price, quantity);
	}
	return { hundredths: sum, lines: back };
}

/** Price times quantity, all in whole hundredths, halves upwards. */
export function worthOf(price: number, quantity: number): number {
	return Math.floor((price * quantity) / 100 + 0.5);
}
