// Which products may come, of all that a recipe's sources give: one of each group of variants, never what the page is about,
// and only what passes each filter.

import { dayMs } from "../calendar.ts";
import { type Product, priceAt } from "../catalogue/product.ts";
import { own } from "../keyed.ts";
import { fold } from "../text.ts";
import type { Filters, Taste } from "./recipe.ts";
import type { Shelf } from "./shelf.ts";

/** What the page is about, from the catalogue where that knows it, else as the page says it. */
export interface Seen {
	readonly id: string;
	readonly category?: string | undefined;
	readonly brand?: string | undefined;
	/** In hundredths. */
	readonly price?: number | undefined;
}

export function seenOf({ seen, now }: Taste, shelf: Shelf): Seen | undefined {
	if (!seen) return undefined;
	const known = shelf.product(seen.id);
	if (!known) return seen;
	return { id: seen.id, category: known.categories.at(-1), brand: known.brand, price: priceAt(known, now) };
}

/** Takes one product after another, and says of each whether it may stand beside those taken before. */
export class Sieve {
	readonly #filters: Filters;
	readonly #taste: Taste;
	readonly #seen: Seen | undefined;
	/** Groups, or products without one, that may not come any more. */
	readonly #taken = new Set<string>();
	readonly #ofBrand = new Map<string, number>();

	constructor(filters: Filters, taste: Taste, shelf: Shelf) {
		this.#filters = filters;
		this.#taste = taste;
		this.#seen = seenOf(taste, shelf);
		const bar = (id: string) => {
			this.#taken.add(`product ${id}`);
			const product = shelf.product(id);
			if (product) this.#taken.add(groupOf(product));
		};
		if (taste.seen) bar(taste.seen.id);
		if (filters.notInCart) for (const id of taste.cart) bar(id);
		if (filters.notBoughtDays === undefined) return;
		const from = taste.now - filters.notBoughtDays * dayMs;
		for (const [id, at] of taste.bought) if (at >= from) bar(id);
	}

	take(product: Product): boolean {
		const group = groupOf(product);
		if (this.#taken.has(group) || this.#taken.has(`product ${product.id}`)) return false;
		if (!this.#passes(product)) return false;
		const brand = fold(product.brand ?? "");
		const ofBrand = this.#ofBrand.get(brand) ?? 0;
		const { perBrand } = this.#filters;
		if (perBrand !== undefined && brand !== "" && ofBrand >= perBrand) return false;
		this.#ofBrand.set(brand, ofBrand + 1);
		this.#taken.add(group);
		return true;
	}

	/** What is compared with the product that is seen passes where there is nothing to compare it with. */
	#passes(product: Product): boolean {
		const { soldOutToo, price, category, brand, label } = this.#filters;
		if (!soldOutToo && product.availability === "out-of-stock") return false;
		if (label && !(Number.parseFloat(own(product.labels, label.name) ?? "") >= label.least)) return false;
		const seen = this.#seen;
		if (price && seen?.price !== undefined) {
			const share = priceAt(product, this.#taste.now) / seen.price;
			if (share < (price.from ?? 0) || share > (price.to ?? Number.POSITIVE_INFINITY)) return false;
		}
		if (category && seen?.category !== undefined) {
			const its = fold(seen.category);
			const isSame = product.categories.some((one) => fold(one) === its);
			if (isSame !== (category === "same")) return false;
		}
		if (brand && seen?.brand !== undefined) {
			const isSame = fold(product.brand ?? "") === fold(seen.brand);
			if (isSame !== (brand === "same")) return false;
		}
		return true;
	}
}

function groupOf({ id, group }: Product): string {
	return group === undefined ? `product ${id}` : `group ${group}`;
}
