// Amounts of money: whole hundredths, so that sums are exact and alike in both compilers, and the site's own currency,
// so that they can be summed at all. Which rates hold is the site's setting; nothing here looks one up.

import { type Event, productNews, type Scalar } from "./event.ts";
import { own, put } from "./keyed.ts";
import { productsIn } from "./products.ts";

/** An amount from here on, either way, is a mistake or an attack: it counts as none. */
const tooMuch = 1e12;

/**
 * An amount (units of the currency, such as 12.5) in whole hundredths (1250), halves away from zero. What is no number,
 * not finite, or 1e12 and more either way is 0. Never -0, which JSON would turn into another value.
 */
export function hundredths(amount: Scalar | undefined): number {
	if (typeof amount !== "number" || !(Math.abs(amount) < tooMuch)) return 0;
	return wholeHundredths(amount);
}

/** As `hundredths` rounds, but of any size: a threshold that no sum can reach stays one. */
export function wholeHundredths(amount: number): number {
	return Math.sign(amount) * Math.floor(Math.abs(amount) * 100 + 0.5) + 0;
}

/** Of a site that names none. */
export const defaultCurrency = "PLN";

/** By currency (ISO 4217, capitals) what one unit of it is worth in the site's: `{ EUR: 4.3 }` for a site in PLN. */
export type Rates = Readonly<Record<string, number>>;

/**
 * An amount (units) in the site's currency, rounded to hundredths. One without a currency, or in the site's own, is as
 * it was said. Undefined where the currency has no rate or the amount is none that counts.
 */
export function inSiteCurrency(
	amount: number,
	currency: string | undefined,
	rates: Rates,
	siteCurrency: string,
): number | undefined {
	const code = codeOf(currency);
	if (code === "" || code === codeOf(siteCurrency)) return Math.abs(amount) < tooMuch ? amount : undefined;
	const rate = own(rates, code);
	if (rate === undefined || !(rate > 0)) return undefined;
	const converted = amount * rate;
	return Math.abs(converted) < tooMuch ? hundredths(converted) / 100 : undefined;
}

/** Sources write "usd", as Segment's own examples do, and "USD". */
function codeOf(currency: string | undefined): string {
	return (currency ?? "").trim().toUpperCase();
}

/** Segment's names of the events that carry amounts, and our own of a cart's state. */
export const commerceEvents: ReadonlySet<string> = new Set([
	"Product Clicked",
	"Product Viewed",
	"Product Added",
	"Product Removed",
	"Cart Viewed",
	"Cart Updated",
	"Checkout Started",
	"Checkout Step Viewed",
	"Checkout Step Completed",
	"Payment Info Entered",
	"Order Completed",
	"Order Updated",
	"Order Refunded",
	"Order Cancelled",
	"Coupon Applied",
	"Coupon Removed",
	"Product Added to Wishlist",
	"Product Removed from Wishlist",
	"Wishlist Product Added to Cart",
	...Object.values(productNews),
]);

/** Segment's names of the properties that are amounts of the event's `currency`. */
const amounts = ["revenue", "total", "value", "price", "discount", "shipping", "tax"] as const;

export interface MoneySettings {
	/** The site's currency, ISO 4217. */
	readonly currency: string;
	readonly rates: Rates;
}

/**
 * A commerce event with its amounts, and the prices of its products, in the site's currency: done once, before the event
 * is stored and recorded. What was said stays as `original_revenue` … and `original_currency`. Without a rate the amounts are taken out instead, so that
 * nothing sums euros with crowns, and `unconverted` is true; `currency` goes with them. A completed order without
 * a number as `revenue` gets it from `total`, else from `value`. Other events, and what is in the site's currency already, come back
 * as they are, so that doing it twice changes nothing.
 */
export function withSiteAmounts(event: Event, { currency: siteCurrency, rates }: MoneySettings): Event {
	if (!commerceEvents.has(event.name)) return event;
	const told = event.name === "Order Completed" ? withRevenue(event) : event;
	const said = own(told.props, "currency");
	const currency = said === undefined ? undefined : String(said);
	if (codeOf(currency) === "" || codeOf(currency) === codeOf(siteCurrency)) return told;
	const { currency: _said, ...props }: Record<string, Scalar> = told.props;
	let unconverted = false;
	let converted = false;
	for (const name of amounts) {
		const amount = own(props, name);
		if (amount === undefined) continue;
		put(props, `original_${name}`, amount);
		const ours =
			typeof amount === "number" ? inSiteCurrency(amount, currency, rates, siteCurrency) : undefined;
		if (ours === undefined) {
			delete props[name];
			unconverted = true;
		} else {
			props[name] = ours;
			converted = true;
		}
	}
	const list = own(props, "products");
	const products = productsIn(list)?.map((product) => {
		const { price, ...rest } = product;
		if (typeof price !== "number") return product;
		const ours = inSiteCurrency(price, currency, rates, siteCurrency);
		if (ours === undefined) unconverted = true;
		else converted = true;
		return ours === undefined ? rest : { ...rest, price: ours };
	});
	if (!unconverted && !converted) return told;
	if (products) props.products = JSON.stringify(products);
	return {
		...told,
		props: {
			...props,
			original_currency: said ?? "",
			...(converted ? { currency: siteCurrency } : {}),
			...(unconverted ? { unconverted } : {}),
		},
	};
}

function withRevenue(event: Event): Event {
	const said = (name: string): number | undefined => {
		const amount = own(event.props, name);
		return typeof amount === "number" ? amount : undefined;
	};
	// One that was taken out for want of a rate stays out.
	if (said("revenue") !== undefined || own(event.props, "original_revenue") !== undefined) return event;
	const revenue = said("total") ?? said("value");
	return revenue === undefined ? event : { ...event, props: { ...event.props, revenue } };
}
