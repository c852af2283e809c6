// What changed in the catalogue since its shelf was opened last, so that the shelf reads anew that much and no more.

import { type ChangeKind, isAvailable, type Listing } from "../domain/catalogue/listing.ts";
import { priceAt } from "../domain/catalogue/product.ts";
import { fold } from "../domain/text.ts";

/** Of more than that nobody remembers more. */
const most = 10_000;

/** Lists of the whole catalogue that a change may touch. */
export type ListName = "newest" | "reduced" | ChangeKind;

export class Changed {
	readonly ids = new Set<string>();
	/** Those of them that came, went, or stand elsewhere. */
	readonly moved = new Set<string>();
	/** Whole paths and brands, folded, that something came to or left. */
	readonly places = new Set<string>();
	readonly lists = new Set<ListName>();
	/** So much that nothing that is remembered holds. */
	isAll = false;

	/** Of one that was not known there is no `before`. */
	add(before: Listing | undefined, after: Listing, now: number): void {
		const { id } = after.product;
		if (this.ids.size >= most) this.isAll = true;
		else this.ids.add(id);
		const [was, is] = [before && standing(before, now), standing(after, now)];
		if (was?.at !== is.at) {
			this.moved.add(id);
			for (const place of [...(was?.places ?? []), ...is.places]) this.places.add(place);
			this.lists.add("newest");
		}
		if (was?.at !== is.at || was.isReduced !== is.isReduced) this.lists.add("reduced");
	}
}

function standing(listing: Listing, now: number) {
	const { product } = listing;
	const places = [placeOf(product), ...(product.brand === undefined ? [] : [fold(product.brand)])];
	return {
		places,
		at: JSON.stringify([places, isAvailable(listing), listing.goneAt === undefined]),
		isReduced: priceAt(product, now) < product.price,
	};
}

/** Its whole path, folded; "" where it has none. */
export function placeOf({ categories }: Listing["product"]): string {
	return fold(categories.join(" > "));
}
