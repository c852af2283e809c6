// Products into the blocks that ask for them: all blocks of a page with one question to the site's catalogue.

import type { ShownProduct } from "../catalogue/call.ts";
import type { Recipe } from "../domain/recommend/recipe.ts";
import type { Language } from "../domain/words/language.ts";
import type { Block, FrameProduct, Offer } from "../protocol/experience.ts";
import { whyInWords } from "./why.ts";

type Products = Extract<Block, { kind: "products" }>;
type Asking = Products & { readonly recipe: Recipe };

/**
 * The offers with products in place of recipes, which are nobody's business but the shop's. A block for which there are
 * too few gets none.
 */
export async function filled(
	offers: readonly Offer[],
	ask: (recipes: readonly Recipe[]) => Promise<readonly (readonly ShownProduct[])[]>,
): Promise<readonly Offer[]> {
	const asking = offers.flatMap((offer) => [...asksIn(offer.content)]);
	if (asking.length === 0) return offers;
	const frames = await ask(asking.map(({ recipe }) => recipe));
	const shown = new Map(asking.map((block, n) => [block, frames[n] ?? []]));
	return offers.map((offer) => {
		const replace = (block: Asking): Products => {
			const { recipe: _, ...rest } = block;
			const products = (shown.get(block) ?? []).map((one) =>
				frameProduct(one, offer.language, block.why === true),
			);
			return { ...rest, products };
		};
		return { ...offer, content: replaced(offer.content, replace) };
	});
}

/** As it is shown in a language. */
export function frameProduct(
	{ product, price, why, of }: ShownProduct,
	language: Language,
	saysWhy: boolean,
): FrameProduct {
	const { id, name, url, image, currency } = product;
	const isReduced = price.before !== undefined;
	return {
		id,
		name,
		url,
		...(image !== undefined && { image }),
		price: amountInWords(price.amount, currency, language),
		...(price.before !== undefined && { before: amountInWords(price.before, currency, language) }),
		...(product.availability === "out-of-stock" && { soldOut: true }),
		why: saysWhy ? whyInWords(why, of, isReduced, language) : "",
	};
}

const formats = new Map<string, Intl.NumberFormat>();
const mostFormats = 100;

function amountInWords(hundredths: number, currency: string, language: Language): string {
	const key = `${language} ${currency}`;
	// As shops write it: by itself Polish would group from five digits on.
	const asShops = { style: "currency", currency, useGrouping: "always" } as const;
	const known = formats.get(key) ?? new Intl.NumberFormat(language, asShops);
	if (formats.size >= mostFormats) formats.clear();
	formats.set(key, known);
	return known.format(hundredths / 100);
}

function* asksIn(node: unknown): Generator<Asking> {
	if (isAsking(node)) yield node;
	else if (typeof node === "object" && node !== null)
		for (const member of Object.values(node)) yield* asksIn(member);
}

function replaced<Node>(node: Node, replace: (block: Asking) => Products): Node;
function replaced(node: unknown, replace: (block: Asking) => Products): unknown {
	if (isAsking(node)) return replace(node);
	if (Array.isArray(node)) return node.map((member) => replaced(member, replace));
	if (typeof node !== "object" || node === null) return node;
	return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, replaced(value, replace)]));
}

function isAsking(node: unknown): node is Asking {
	return (
		typeof node === "object" &&
		node !== null &&
		"kind" in node &&
		node.kind === "products" &&
		"recipe" in node
	);
}
