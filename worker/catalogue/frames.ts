// Recommendation frames of one page, filled together: as data, for words are made where the language is known.

import { type ShownPrice, shownPrice } from "../domain/catalogue/prices.ts";
import { type Product, priceAt } from "../domain/catalogue/product.ts";
import type { Recipe, Taste, Why } from "../domain/recommend/recipe.ts";
import { recommend } from "../domain/recommend/recommend.ts";
import type { Keeper } from "./keeper.ts";
import type { SiteShelf } from "./shelf.ts";

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

export function framesOf(
	{ recipes, taste }: FramesCall,
	shelf: SiteShelf,
	keeper: Keeper,
): readonly (readonly ShownProduct[])[] {
	shelf.open(taste.now);
	for (const recipe of recipes) for (const group of groupsAskedFor(recipe, taste)) keeper.ask(group);
	return recipes.map((recipe) =>
		recommend(recipe, taste, shelf, Math.random).map(({ product, why }): ShownProduct => {
			const history = shelf.listing(product.id)?.history ?? { changes: [] };
			const price = shownPrice(history, priceAt(product, taste.now), taste.now, product.lowest);
			const of = why.of === undefined ? undefined : shelf.listing(why.of)?.product.name;
			return { product, price, why, ...(of !== undefined && { of }) };
		}),
	);
}

/** What their members like is counted as soon as somebody asks for it. */
function groupsAskedFor({ sources }: Recipe, { region }: Taste): readonly string[] {
	return sources.flatMap((source) => {
		if (source.by !== "popular") return [];
		if (typeof source.among === "object") return [`segment ${source.among.segment}`];
		return source.among === "region" && region !== undefined ? [`region ${region}`] : [];
	});
}
