// What a recommendation frame shows: one source of its recipe after another, until there are enough.

import type { Product } from "../catalogue/product.ts";
import { Sieve } from "./filters.ts";
import type { Recipe, Taste, Why } from "./recipe.ts";
import type { Shelf } from "./shelf.ts";
import { suggest } from "./strategies.ts";

export interface Recommended {
	readonly product: Product;
	readonly why: Why;
}

/** However long a source's list is: whoever filters nearly everything away gets fewer, and nobody waits. */
const mostLookedAt = 400;

/**
 * Up to `most` products, the best first, each once (variants of one product are one), and none at all where fewer than
 * `least` pass. `random` gives numbers from 0 up to 1; with the same ones the answer is the same.
 */
export function recommend(
	recipe: Recipe,
	taste: Taste,
	shelf: Shelf,
	random: () => number,
): readonly Recommended[] {
	const sieve = new Sieve(recipe.filters, taste, shelf);
	const chosen: Recommended[] = [];
	const isEnough = () => chosen.length >= recipe.most;
	for (const source of recipe.sources) {
		let looked = 0;
		if (isEnough()) break;
		for (const { product: id, why } of suggest(source, { taste, shelf, random })) {
			if (isEnough() || looked++ >= mostLookedAt) break;
			const product = shelf.product(id);
			if (product && sieve.take(product)) chosen.push({ product, why });
		}
	}
	return chosen.length < recipe.least ? [] : chosen;
}
