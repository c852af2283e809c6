// Products by what the catalogue says of them, and by nothing that anybody did.

import { priceAt } from "../catalogue/product.ts";
import { fold } from "../text.ts";
import type { Pairing, Taste } from "./recipe.ts";
import type { Shelf } from "./shelf.ts";
import { likeness } from "./similar.ts";

const comparedProducts = 150;
const comparedOfBrand = 50;
/** Of no more than one attribute in four. */
const leastLikeness = 0.25;

/** The most alike first (similar.ts), of its categories, from the narrowest on, and of its brand. */
export function similarTo(id: string, now: number, shelf: Shelf): readonly string[] {
	const known = shelf.product(id);
	if (!known) return [];
	const priceOf = (product: typeof known) => priceAt(product, now);
	const others = new Set<string>();
	for (const category of known.categories.toReversed())
		if (others.size < comparedProducts) take(others, shelf.ofCategory(fold(category)), comparedProducts);
	if (known.brand !== undefined) take(others, shelf.ofBrand(fold(known.brand)), comparedOfBrand);
	const alike = [...others].flatMap((other) => {
		const product = other === id ? undefined : shelf.product(other);
		return product ? [{ product: other, likeness: likeness(known, product, priceOf) }] : [];
	});
	return alike
		.filter((one) => one.likeness >= leastLikeness)
		.sort((a, b) => b.likeness - a.likeness)
		.map(({ product }) => product);
}

/** Of each category that belongs to these one product in turn: of many the first would fill everything. */
export function* belonging(
	categories: readonly string[],
	pairs: readonly Pairing[],
	shelf: Shelf,
): Iterable<string> {
	const folded = new Set(categories.map(fold));
	const wanted = pairs.flatMap((pair) => (folded.has(fold(pair.category)) ? pair.with : []));
	let open = wanted.map((category) => shelf.ofCategory(fold(category))[Symbol.iterator]());
	while (open.length > 0) {
		const next = open.map((one) => ({ one, ...one.next() })).filter(({ done }) => !done);
		for (const { value } of next) yield value;
		open = next.map(({ one }) => one);
	}
}

/** By category and brand in turn, the strongest first; of each the most viewed. */
export function* favoured(
	{ categories, brands }: Pick<Taste, "categories" | "brands">,
	shelf: Shelf,
): Iterable<string> {
	const most = Math.max(...[...categories, ...brands].map(([, weight]) => weight), 0);
	if (most <= 0) return;
	const shelves = [
		...categories.map(([name, weight]) => ({ products: shelf.ofCategory(fold(name)), weight })),
		...brands.map(([name, weight]) => ({ products: shelf.ofBrand(fold(name)), weight })),
	].filter(({ weight }) => weight > 0);
	shelves.sort((a, b) => b.weight - a.weight);
	// Each gives in proportion to how much it draws: two of what draws twice as much for one of the other.
	const open = shelves.map(({ products, weight }) => ({
		next: products[Symbol.iterator](),
		weight,
		given: 0,
	}));
	while (open.length > 0) {
		const due = open.reduce((best, one) =>
			(one.given + 1) / one.weight < (best.given + 1) / best.weight ? one : best,
		);
		const { done, value } = due.next.next();
		due.given++;
		if (done) open.splice(open.indexOf(due), 1);
		else yield value;
	}
}

function take(into: Set<string>, from: Iterable<string>, more: number): void {
	const most = into.size + more;
	for (const one of from) {
		if (into.size >= most) return;
		into.add(one);
	}
}
