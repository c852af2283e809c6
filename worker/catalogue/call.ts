// What the content Worker asks of a catalogue for the frames of a page, and what it is told. Data alone: words are made where
// the language is known.

import type { ShownPrice } from "../domain/catalogue/prices.ts";
import type { Product } from "../domain/catalogue/product.ts";
import type { Recipe, Taste, Why } from "../domain/recommend/recipe.ts";

export interface FramesCall {
	readonly site: string;
	readonly recipes: readonly Recipe[];
	readonly taste: Taste;
}

export interface ShownProduct {
	readonly product: Product;
	readonly price: ShownPrice;
	readonly why: Why;
	/** The name of the product because of which it is here. */
	readonly of?: string;
}
