// schema.org's Product, out of JSON-LD or of Microdata read into the same shape.

import { type Bag, isBag, numberOf, textOf } from "./told.ts";

/** As a page's request carries it. */
export interface PageProduct {
	id: string;
	name?: string;
	category?: string;
	brand?: string;
	price?: number;
	currency?: string;
	/** Of a picture, as it stands on the page. What a page tells of its product goes without it. */
	image?: string;
}

const list = (value: unknown): readonly unknown[] =>
	Array.isArray(value) ? value : value === undefined ? [] : [value];
const first = (value: unknown): unknown => list(value)[0];
const deepest = 6;

/** "Product", "https://schema.org/Product", or a list with one of them. */
function isA(node: Bag, types: RegExp): boolean {
	return list(node["@type"]).some((type) => types.test((textOf(type) ?? "").replace(/^.*[/:#]/, "")));
}

const productTypes = /^(Product|ProductGroup|ProductModel|IndividualProduct|SomeProducts|Vehicle|Car)$/;

/** Products in the order in which they stand, as main things of the page: in graphs and lists, but not in what is related. */
function productsIn(value: unknown, depth = 0): readonly Bag[] {
	if (depth > deepest) return [];
	if (Array.isArray(value)) return value.flatMap((one) => productsIn(one, depth + 1));
	if (!isBag(value)) return [];
	if (isA(value, productTypes)) return [value];
	// A list of products is about none of them.
	if (isA(value, /List$/)) return [];
	return ["@graph", "mainEntity", "mainEntityOfPage", "about", "itemOffered"].flatMap((name) =>
		productsIn(value[name], depth + 1),
	);
}

/** A name, of something that may be written as text or as a thing. */
const nameOf = (value: unknown): string | undefined => {
	const one = first(value);
	return textOf(isBag(one) ? (first(one.name) ?? one["@id"]) : one);
};

/** Of a thing with an address, or of what is one. */
function addressOf(value: unknown): string | undefined {
	const one = first(value);
	return textOf(isBag(one) ? (first(one.contentUrl) ?? first(one.url)) : one);
}

function offerOf(product: Bag): Bag {
	const offers = list(product.offers).filter(isBag);
	// Of several the cheapest, as a shop's list would show it: "from".
	const price = (offer: Bag) => priceOf(offer) ?? Number.POSITIVE_INFINITY;
	return [...offers].sort((a, b) => price(a) - price(b))[0] ?? {};
}

function priceOf(offer: Bag): number | undefined {
	const said = first(offer.price) ?? first(offer.lowPrice) ?? first(specificationOf(offer).price);
	const price = numberOf(said);
	return price !== undefined && price >= 0 ? price : undefined;
}

function specificationOf(offer: Bag): Bag {
	const specification = first(offer.priceSpecification);
	return isBag(specification) ? specification : {};
}

function described(product: Bag): PageProduct | undefined {
	const id = ["sku", "productID", "mpn", "gtin", "gtin13", "gtin14", "gtin12", "gtin8", "@id", "name"]
		.map((name) => textOf(first(product[name]))?.replace(/^sku:/i, ""))
		.find((text) => text);
	if (!id) return undefined;
	const offer = offerOf(product);
	const found = {
		name: nameOf(product.name),
		category: nameOf(product.category),
		brand: nameOf(product.brand ?? product.manufacturer),
		price: priceOf(offer),
		currency: textOf(first(offer.priceCurrency) ?? first(specificationOf(offer).priceCurrency)),
		image: addressOf(product.image),
	};
	const product_: PageProduct = { id };
	return Object.assign(
		product_,
		Object.fromEntries(
			Object.entries(found).filter(
				([name, value]) => value !== undefined && (name !== "currency" || /^[A-Z]{3}$/.test(String(value))),
			),
		),
	);
}

/**
 * The product that the page is about; none where it is about none, or about several: a list of products is no product's
 * page. `nodes` are what the page's JSON-LD blocks parse to, or items of Microdata in the same shape.
 */
export function productOfPage(nodes: readonly unknown[]): PageProduct | undefined {
	const products = new Map<string, PageProduct>();
	for (const node of nodes.flatMap((one) => productsIn(one))) {
		const product = described(node);
		// Said twice, in two blocks, the first is it, with what only the other says.
		if (product) products.set(product.id, { ...product, ...products.get(product.id) });
	}
	return products.size === 1 ? [...products.values()][0] : undefined;
}
