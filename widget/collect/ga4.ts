// Google's e-commerce events in Segment's names: GA4's, and those of enhanced e-commerce before it.

import { type Bag, isBag, kept, numberOf, type Props, type Scalar, type Told, textOf } from "./told.ts";

/** A request has room for so many characters of a list of products; the first go. */
const roomForProducts = 6_000;
const mostEvents = 10;

const string = (bag: Bag, ...names: string[]) => names.map((name) => textOf(bag[name])).find((text) => text);
const number = (bag: Bag, name: string) => numberOf(bag[name]);

/** A product in Segment's names; nothing without an id or a name. */
function productOf(item: Bag): Props | undefined {
	const id = string(item, "item_id", "id", "item_name", "name");
	if (id === undefined) return undefined;
	return kept({
		product_id: id,
		name: string(item, "item_name", "name"),
		category: string(item, "item_category", "category"),
		brand: string(item, "item_brand", "brand"),
		variant: string(item, "item_variant", "variant"),
		price: number(item, "price"),
		quantity: number(item, "quantity"),
		coupon: string(item, "coupon"),
		position: number(item, "index") ?? number(item, "position"),
	});
}

function productsOf(params: Bag): readonly Props[] {
	let room = roomForProducts;
	return (Array.isArray(params.items) ? params.items : [])
		.flatMap((item: unknown): readonly Props[] => {
			const product = isBag(item) ? productOf(item) : undefined;
			return product ? [product] : [];
		})
		.filter((product) => {
			room -= JSON.stringify(product).length;
			return room >= 0;
		});
}

type Making = (params: Bag) => readonly Told[];

/** Each item by itself: Segment's events of one product. */
function each(name: string, ...also: readonly ("list_id" | "list")[]): Making {
	return (params) =>
		productsOf(params)
			.slice(0, mostEvents)
			.map((product) => ({
				name,
				props: {
					...product,
					...kept({
						currency: string(params, "currency"),
						...(also.length > 0 && { list_id: string(params, "item_list_id") }),
					}),
				},
			}));
}

type Named = Readonly<Record<string, readonly [from: string, as: "text" | "number"]>>;

function propsOf(params: Bag, named: Named): Record<string, Scalar> {
	return {
		...kept(
			Object.fromEntries(
				Object.entries(named).map(([to, [from, as]]) => [
					to,
					as === "text" ? string(params, from) : number(params, from),
				]),
			),
		),
	};
}

function one(name: string, named: Named, withProducts = false): Making {
	return (params) => [
		{ name, props: { ...propsOf(params, named), ...(withProducts && { products: productsOf(params) }) } },
	];
}

const worth: Named = { value: ["value", "number"], currency: ["currency", "text"] };
const paid: Named = {
	order_id: ["transaction_id", "text"],
	revenue: ["value", "number"],
	tax: ["tax", "number"],
	shipping: ["shipping", "number"],
	coupon: ["coupon", "text"],
	currency: ["currency", "text"],
};
const promotion: Named = {
	promotion_id: ["promotion_id", "text"],
	name: ["promotion_name", "text"],
	creative: ["creative_name", "text"],
	position: ["creative_slot", "text"],
};
const method: Named = { method: ["method", "text"] };
const search: Named = { query: ["search_term", "text"] };
/** Both name all that lies in the cart, which single additions do not. */
const cart = one("Cart Updated", worth, true);
const both =
	(...makings: readonly Making[]): Making =>
	(params) =>
		makings.flatMap((making) => making(params));

const makings: Readonly<Record<string, Making>> = {
	view_item_list: one(
		"Product List Viewed",
		{ list_id: ["item_list_id", "text"], category: ["item_list_name", "text"] },
		true,
	),
	select_item: each("Product Clicked", "list_id"),
	view_item: each("Product Viewed"),
	add_to_wishlist: each("Product Added to Wishlist"),
	add_to_cart: each("Product Added"),
	remove_from_cart: each("Product Removed"),
	view_cart: both(one("Cart Viewed", worth, true), cart),
	begin_checkout: both(one("Checkout Started", { ...worth, coupon: ["coupon", "text"] }, true), cart),
	add_shipping_info: one("Checkout Step Completed", { ...worth, shipping_method: ["shipping_tier", "text"] }),
	add_payment_info: one("Payment Info Entered", { ...worth, payment_method: ["payment_type", "text"] }),
	purchase: one("Order Completed", paid, true),
	refund: one("Order Refunded", paid, true),
	view_promotion: one("Promotion Viewed", promotion),
	select_promotion: one("Promotion Clicked", promotion),
	search: one("Products Searched", search),
	view_search_results: one("Products Searched", search),
	sign_up: one("Signed Up", method),
	login: one("Signed In", method),
	generate_lead: one("Lead Generated", { ...worth, source: ["lead_source", "text"] }),
};

/** What an event of GA4 says, in Segment's names; none where it is not one of Google's, or says nothing that counts. */
export function toldByGa4(name: string, params: Bag): readonly Told[] {
	const told = Object.hasOwn(makings, name) ? (makings[name]?.(params) ?? []) : [];
	// An order counts by its id.
	return told.filter(({ name, props }) => !/^Order/.test(name) || props.order_id !== undefined);
}

/** Enhanced e-commerce: its actions and what GA4 calls them. */
const older: Readonly<Record<string, string>> = {
	detail: "view_item",
	click: "select_item",
	add: "add_to_cart",
	remove: "remove_from_cart",
	checkout: "begin_checkout",
	purchase: "purchase",
	refund: "refund",
};

/** The same of `ecommerce` as it was before GA4: `{currencyCode, purchase: {actionField, products}}`. */
function toldByOlder(ecommerce: Bag): readonly Told[] {
	return Object.entries(older).flatMap(([action, name]) => {
		const said = ecommerce[action];
		if (!isBag(said)) return [];
		const field = isBag(said.actionField) ? said.actionField : {};
		return toldByGa4(name, {
			...field,
			transaction_id: field.id,
			value: field.revenue,
			currency: ecommerce.currencyCode,
			items: said.products,
		});
	});
}

/**
 * What one member of `dataLayer` says: `{event, ecommerce}`, `{event, …params}`, or the arguments of `gtag("event", …)`.
 * `event` is what is pushed; whatever it is, nothing is thrown.
 */
export function toldByLayer(pushed: unknown): readonly Told[] {
	if (isArguments(pushed)) {
		const [command, name, params] = [pushed[0], pushed[1], pushed[2]];
		return command === "event" && typeof name === "string"
			? toldByGa4(name, isBag(params) ? params : {})
			: [];
	}
	if (!isBag(pushed)) return [];
	const { event, ecommerce } = pushed;
	const params = isBag(ecommerce) ? ecommerce : pushed;
	const told = typeof event === "string" ? toldByGa4(event, params) : [];
	return told.length === 0 && isBag(ecommerce) && !Array.isArray(ecommerce.items)
		? toldByOlder(ecommerce)
		: told;
}

/** `gtag` pushes its `arguments`; some write `dataLayer.push(["event", …])`. */
export function isArguments(pushed: unknown): pushed is ArrayLike<unknown> {
	return Array.isArray(pushed) || Object.prototype.toString.call(pushed) === "[object Arguments]";
}
