// What a catalogue knows of a product over time: as it is now, what it cost, whether it is still offered, and what
// changed.

import { type PriceHistory, withPrice } from "./prices.ts";
import { type Product, priceAt } from "./product.ts";

/**
 * Who said so last. What a page said in passing never stands in place of what a feed or the shop's server said; between
 * these two the last word holds, and what a feed said ends with the feed that says it no more.
 */
export type Origin = "feed" | "api" | "learned";

/** Instants are epoch ms. */
export interface Listing {
	readonly product: Product;
	readonly origin: Origin;
	readonly history: PriceHistory;
	readonly knownAt: number;
	/** Since when it is no longer offered. It is remembered: people have it in their past. */
	readonly goneAt?: number;
}

export type ChangeKind = "price-dropped" | "price-raised" | "sold-out" | "back-in-stock";

/** Prices in whole hundredths, where it is about one. */
export interface ProductChange {
	readonly kind: ChangeKind;
	readonly at: number;
	readonly from?: number;
	readonly to?: number;
}

export interface Listed {
	readonly listing: Listing;
	readonly changes: readonly ProductChange[];
}

/**
 * With what is said of a product at `now`; nothing where that may not be said, or is known already. `isComplete` where
 * the catalogue had been told of all products before: only then is one that it does not know a new one, and what it cost
 * earlier known too (nothing).
 */
export function list(
	known: Listing | undefined,
	product: Product,
	origin: Origin,
	now: number,
	isComplete: boolean,
): Listed | undefined {
	if (known && origin === "learned" && known.origin !== "learned") return undefined;
	const price = priceAt(product, now);
	if (!known) {
		const offered = isComplete ? { offeredAt: now } : {};
		const history = withPrice({ ...offered, changes: [] }, now, price);
		return { listing: { product, origin, history, knownAt: now }, changes: [] };
	}
	const isSame = known.goneAt === undefined && known.origin === origin && isAlike(known.product, product);
	if (isSame && isUpToDate(known, price)) return undefined;
	const isComparable = known.product.currency === product.currency;
	const history = withPrice(isComparable ? known.history : { changes: [] }, now, price);
	const listing: Listing = { product, origin, history, knownAt: known.knownAt };
	const prices = isComparable ? priceChange(known.history.changes.at(-1)?.[1], price, now) : [];
	return { listing, changes: [...prices, ...stockChange(isAvailable(known), isAvailable(listing), now)] };
}

/** No longer offered. */
export function delist(known: Listing, now: number): Listing {
	return known.goneAt === undefined ? { ...known, goneAt: now } : known;
}

/** What a sale that begins or ends makes of a product that nobody has said anything of. */
export function reprice(known: Listing, now: number): Listed {
	const price = priceAt(known.product, now);
	return {
		listing: { ...known, history: withPrice(known.history, now, price) },
		changes: priceChange(known.history.changes.at(-1)?.[1], price, now),
	};
}

/** When time alone changes what a product costs. */
export function turnsAt({ product, goneAt }: Listing, now: number): number | undefined {
	if (goneAt !== undefined) return undefined;
	return [product.sale?.from, product.sale?.until].find((at) => at !== undefined && at > now);
}

/** Whether it can be had: offered, and not sold out. */
export function isAvailable({ product, goneAt }: Pick<Listing, "product" | "goneAt">): boolean {
	return goneAt === undefined && product.availability !== "out-of-stock";
}

function isAlike(a: Product, b: Product): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

function isUpToDate({ history }: Listing, price: number): boolean {
	return history.changes.at(-1)?.[1] === price;
}

function priceChange(from: number | undefined, to: number, at: number): readonly ProductChange[] {
	if (from === undefined || from === to) return [];
	return [{ kind: to < from ? "price-dropped" : "price-raised", at, from, to }];
}

function stockChange(was: boolean, is: boolean, at: number): readonly ProductChange[] {
	return was === is ? [] : [{ kind: is ? "back-in-stock" : "sold-out", at }];
}
