// What strategies take products from: the catalogue as it stands, and what was learned of the site's visitors.

import type { Product } from "../catalogue/product.ts";
import type { Learned } from "./learned.ts";

/** A product with an instant: since when it is new, cheaper, or there again (epoch ms). */
export type Since = readonly [product: string, at: number];

/** Answers at once, from what it has in memory or beside it. Lists may be long: whoever asks takes what they need. */
export interface Shelf {
	readonly learned: Learned;
	/** None of what is not, or no longer, in the catalogue. */
	product(id: string): Product | undefined;
	/** With a category anywhere on their path, or of a brand, both folded: the most viewed first, then the newest. */
	ofCategory(category: string): Iterable<string>;
	ofBrand(brand: string): Iterable<string>;
	/** The latest first, of the last 30 days. */
	newest(): Iterable<Since>;
	/** Sold for less than their price; the most viewed first. */
	reduced(): Iterable<string>;
	/** Of the last 14 days, the latest first. */
	priceDropped(): Iterable<Since>;
	backInStock(): Iterable<Since>;
	/** Any product, by a number from 0 to 1; none of an empty catalogue. */
	any(random: number): string | undefined;
}
