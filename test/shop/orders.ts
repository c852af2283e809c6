// Cart, coupons and orders. The cart lives in a cookie, `slug:variant:quantity|…`, which shop.js writes too.

import { randomBytes } from "node:crypto";
import { findProduct, type Product, priceOf } from "./catalogue.ts";

export type Line = { product: Product; variant: number; quantity: number };
export type Sums = { goods: number; percent: number; discount: number; delivery: number; total: number };
export type Order = { id: string; lines: readonly Line[]; sums: Sums; coupon?: string };

const maxQuantity = 20;
const maxLines = 30;
const maxOrders = 10_000;
const freeFrom = 299_00;
const deliveryPrice = 19_90;

const coupons: ReadonlyMap<string, number> = new Map([
	["WITAJ10", 10],
	["RABAT20", 20],
]);

export function readCart(cookie: string | undefined): readonly Line[] {
	const lines: Line[] = [];
	for (const item of (cookie ?? "").split("|").slice(0, maxLines)) {
		const [slug = "", variant = "", quantity = ""] = item.split(":");
		const product = findProduct(slug);
		if (!product || !/^\d{1,2}$/.test(variant) || !/^\d{1,2}$/.test(quantity)) continue;
		setQuantity(lines, product, Number(variant), Number(quantity));
	}
	return lines;
}

export function writeCart(lines: readonly Line[]): string {
	return lines.map((line) => `${line.product.slug}:${line.variant}:${line.quantity}`).join("|");
}

/** What is sold out, and a quantity of nought, leaves the cart. */
function setQuantity(lines: Line[], product: Product, variant: number, quantity: number): void {
	const known = variant < (product.variants?.length ?? 1) ? variant : 0;
	const at = lines.findIndex((line) => line.product === product && line.variant === known);
	const line = { product, variant: known, quantity: Math.min(quantity, maxQuantity) };
	const isGone = quantity < 1 || product.isSoldOut === true;
	if (at >= 0) lines.splice(at, 1, ...(isGone ? [] : [line]));
	else if (!isGone) lines.push(line);
}

export function changeCart(lines: readonly Line[], form: URLSearchParams): readonly Line[] {
	const changed = [...lines];
	const product = findProduct(form.get("product") ?? "");
	const variant = Number.parseInt(form.get("variant") ?? "0", 10) || 0;
	const quantity = Number.parseInt(form.get("quantity") ?? "1", 10) || 0;
	if (!product || variant < 0) return lines;
	const before = lines.find((line) => line.product === product && line.variant === variant)?.quantity ?? 0;
	const action = form.get("action");
	if (action === "remove") setQuantity(changed, product, variant, 0);
	else setQuantity(changed, product, variant, action === "add" ? before + quantity : quantity);
	return changed;
}

export function countItems(lines: readonly Line[]): number {
	return lines.reduce((sum, line) => sum + line.quantity, 0);
}

export function findCoupon(code: string): { code: string; percent: number } | undefined {
	const known = code.trim().toUpperCase();
	const percent = coupons.get(known);
	return percent === undefined ? undefined : { code: known, percent };
}

export function sumUp(lines: readonly Line[], percent = 0): Sums {
	const goods = lines.reduce((sum, line) => sum + priceOf(line.product, line.variant) * line.quantity, 0);
	const discount = Math.round((goods * percent) / 100);
	const delivery = goods - discount >= freeFrom ? 0 : deliveryPrice;
	return { goods, percent, discount, delivery, total: goods - discount + delivery };
}

/** Each shop that is started keeps its own. */
export function createOrders() {
	const orders = new Map<string, Order>();
	return {
		place(lines: readonly Line[], coupon: { code: string; percent: number } | undefined): Order {
			const id = `ZK-${randomBytes(5).toString("hex").toUpperCase()}`;
			const order: Order = {
				id,
				lines,
				sums: sumUp(lines, coupon?.percent),
				...(coupon && { coupon: coupon.code }),
			};
			orders.set(id, order);
			const oldest = orders.keys().next().value;
			if (orders.size > maxOrders && oldest !== undefined) orders.delete(oldest);
			return order;
		},
		find: (id: string): Order | undefined => orders.get(id),
	};
}

export type Orders = ReturnType<typeof createOrders>;
