import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cart, cartNow, joinCart, recordCart } from "../../worker/domain/cart.ts";
import { type Event, isLater, type Scalar } from "../../worker/domain/event.ts";
import { type Orders, recordOrder } from "../../worker/domain/order.ts";

function updated(at: number, props: Readonly<Record<string, Scalar>>, id = `${at}`): Event {
	return { id, name: "Cart Updated", at, props };
}
function cartOf(events: readonly Event[]): Cart | undefined {
	return events.reduce<Cart | undefined>(recordCart, undefined);
}
function ordered(at: number, name = "Order Completed", orders: Orders = {}): Orders {
	return recordOrder(orders, { id: `${name} ${at}`, name, at, props: { order_id: "A", revenue: 5 } });
}

const snapshot = fc.record({
	at: fc.integer({ min: 0, max: 6 }),
	value: fc.constantFrom<Scalar[]>(0, 12.5, "x", 1e13),
	items: fc.constantFrom<Scalar[]>(0, 1, 2.5, -1, "3"),
	products: fc.constantFrom<Scalar[]>("", "a|b", "|a||a|", 5),
});
const snapshots = fc
	.array(snapshot, { maxLength: 12 })
	.map((list) => list.map(({ at, ...props }, i) => updated(at, props, `${(i * 7) % 10}-${i}`)));

test("the latest snapshot is the cart, in any order of arrival and over all parts", () => {
	const arrivals = snapshots.chain((list) =>
		fc.tuple(
			fc.constant(list),
			fc.shuffledSubarray(list, { minLength: list.length }),
			fc.integer({ min: 0, max: list.length }),
		),
	);
	fc.assert(
		fc.property(arrivals, ([list, other, cut]) => {
			const cart = cartOf(list);
			expect(cartOf(other)).toEqual(cart);
			expect(joinCart(cartOf(other.slice(0, cut)), cartOf(other.slice(cut)))).toEqual(cart);
			const last = list.toSorted((a, b) => (isLater(a, b) ? -1 : 1))[0];
			expect(cart?.id).toBe(last?.id);
		}),
	);
});

test("carts of several parts are one: whichever is joined first, and however often", () => {
	const cart = snapshots.map(cartOf);
	fc.assert(
		fc.property(cart, cart, cart, (a, b, c) => {
			// One id is one event: those of different lists are told apart here.
			const [x, y, z] = [a, b, c].map((one, i) => one && { ...one, id: `${one.id} ${i}` });
			expect(joinCart(x, y)).toEqual(joinCart(y, x));
			expect(joinCart(joinCart(x, y), z)).toEqual(joinCart(x, joinCart(y, z)));
			expect(joinCart(x, x)).toBe(x);
		}),
	);
});

test("a snapshot says what the cart is worth, how many pieces and which products", () => {
	const props = { value: 59.9, items: 3, products: "Kubek-1|T-SHIRT|Kubek-1" };
	const cart = { at: 7, id: "7", hundredths: 5990, items: 3, products: ["Kubek-1", "T-SHIRT"] };
	expect(cartOf([updated(7, props)])).toEqual(cart);
	expect(cartOf([updated(7, { products: "a|b" })])).toMatchObject({ hundredths: 0, items: 2 });
});

test("an event that is no later, or of another name, leaves the same cart", () => {
	const cart = cartOf([updated(7, { items: 1 })]);
	expect(recordCart(cart, updated(6, { items: 9 }))).toBe(cart);
	expect(recordCart(cart, updated(7, { items: 9 }))).toBe(cart);
	for (const name of ["Product Added", "Product Removed", "Cart Viewed"])
		expect(recordCart(cart, { ...updated(9, { items: 9 }), name })).toBe(cart);
});

test("of a cart's products 100 are kept, and no overlong id", () => {
	const products = Array.from({ length: 150 }, (_, i) => `p${i}`).join("|");
	const cart = cartOf([updated(1, { items: 150, products: `${"x".repeat(201)}|${products}` })]);
	expect(cart?.products).toHaveLength(100);
	expect(cart?.products[0]).toBe("p0");
	expect(cart?.items).toBe(150);
});

test("a cart with nothing in it is none", () => {
	expect(cartNow(undefined, {})).toBeUndefined();
	for (const items of [0, -2, 0.5])
		expect(cartNow(cartOf([updated(5, { items, products: "a" })]), {})).toBeUndefined();
	expect(cartNow(cartOf([updated(5, {})]), {})).toBeUndefined();
});

test("who ordered since has no cart, until it is filled again", () => {
	const cart = cartOf([updated(5, { items: 1 })]);
	expect(cartNow(cart, {})).toBe(cart);
	expect(cartNow(cart, ordered(4))).toBe(cart);
	expect(cartNow(cart, ordered(5))).toBeUndefined();
	expect(cartNow(cart, ordered(6))).toBeUndefined();
	expect(cartNow(cart, ordered(6, "Order Cancelled"))).toBe(cart);
});

test("an order that was taken back later emptied the cart all the same", () => {
	const cart = cartOf([updated(5, { items: 1 })]);
	expect(cartNow(cart, ordered(7, "Order Cancelled", ordered(6)))).toBeUndefined();
	expect(cartNow(cart, ordered(7, "Order Refunded", ordered(6)))).toBeUndefined();
});

test("a thank-you page restored a week later does not empty the cart filled since", () => {
	const cart = cartOf([updated(5, { items: 1 })]);
	expect(cartNow(cart, ordered(9, "Order Completed", ordered(4)))).toBe(cart);
});
