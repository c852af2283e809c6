// How alike two products are by what the catalogue says of them: Gower's coefficient ("A General Coefficient of Similarity
// and Some of Its Properties", Biometrics 1971), the mean over attributes of how alike they are in each, where an attribute
// that either lacks is left out.

import type { Product } from "../catalogue/product.ts";
import { fold } from "../text.ts";

/** By `e` in price they are no more alike than 1/e. */
const weights = { category: 3, brand: 1, price: 2, label: 1 } as const;
/** What tells variants of one product apart tells nothing of another. */
const telling = ["material", "pattern", "gender", "age_group"] as const;

/** From 0 to 1; the prices are those of now. */
export function likeness(a: Product, b: Product, priceOf: (product: Product) => number): number {
	let [sum, of] = [0, 0];
	const add = (weight: number, alike: number) => {
		sum += weight * alike;
		of += weight;
	};
	if (a.categories.length > 0 && b.categories.length > 0) add(weights.category, sharedPath(a, b));
	if (a.brand !== undefined && b.brand !== undefined)
		add(weights.brand, Number(fold(a.brand) === fold(b.brand)));
	const [one, other] = [priceOf(a), priceOf(b)];
	if (one > 0 && other > 0 && a.currency === b.currency)
		add(weights.price, Math.exp(-Math.abs(Math.log(one / other))));
	for (const label of telling) {
		const [x, y] = [a.labels[label], b.labels[label]];
		if (x !== undefined && y !== undefined) add(weights.label, Number(fold(x) === fold(y)));
	}
	return of === 0 ? 0 : sum / of;
}

/** How much of the longer path is shared, from the widest category on. */
function sharedPath(a: Product, b: Product): number {
	const most = Math.max(a.categories.length, b.categories.length);
	let shared = 0;
	while (shared < most && fold(a.categories[shared] ?? "") === fold(b.categories[shared] ?? "\0")) shared++;
	return shared / most;
}
