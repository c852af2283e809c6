// A product of a shop's catalogue, and what a feed's item must say to be one. Feeds are written by programs that nobody
// looks at any more: a mistake costs the item at most, and never the feed.

import { Item, type ItemFault, plain } from "./item.ts";

export type Availability = "in-stock" | "out-of-stock" | "preorder" | "backorder";

/** Amounts in whole hundredths of the currency; instants are epoch ms. */
export interface Product {
	readonly id: string;
	/** Shared by the variants of one product. */
	readonly group?: string;
	readonly name: string;
	readonly url: string;
	readonly image?: string;
	/** ISO 4217. */
	readonly currency: string;
	readonly price: number;
	/** Instead of the price, for a time or until further notice. */
	readonly sale?: Sale;
	/** The lowest price of the 30 days before the present reduction, where the shop says it itself. */
	readonly lowest?: number;
	readonly availability: Availability;
	readonly brand?: string;
	/** From the widest to the narrowest. */
	readonly categories: readonly string[];
	/** Colour, size and whatever else the shop tells its products apart by, such as their margin. */
	readonly labels: Readonly<Record<string, string>>;
}

export interface Sale {
	readonly price: number;
	readonly from?: number;
	/** Exclusive. */
	readonly until?: number;
}

/** A product may have faults too: what they are of is left out. */
export type ItemRead =
	| { readonly is: "product"; readonly product: Product; readonly faults: readonly ItemFault[] }
	| { readonly is: "refused"; readonly id: string | undefined; readonly faults: readonly ItemFault[] };

/** Characters, and how many. */
export const productLimits = { id: 100, name: 300, url: 2_048, word: 150, categories: 8 } as const;

const availabilities: Readonly<Record<string, Availability>> = {
	"in stock": "in-stock",
	"out of stock": "out-of-stock",
	preorder: "preorder",
	backorder: "backorder",
};

/** Google's attributes by which a shop tells products apart. */
const labels = [
	"color",
	"size",
	"material",
	"pattern",
	"gender",
	"age_group",
	"condition",
	"custom_label_0",
	"custom_label_1",
	"custom_label_2",
	"custom_label_3",
	"custom_label_4",
] as const;

/** All that is read of an item: the rest of it is nobody's business here. */
export const productFields: ReadonlySet<string> = new Set([
	...[
		"id",
		"title",
		"link",
		"image_link",
		"price",
		"sale_price",
		"sale_price_effective_date",
		"lowest_price",
	],
	...["availability", "brand", "item_group_id", "product_type", "google_product_category"],
	...labels,
]);

/**
 * The product that a feed's item is. `fields` are by Google Merchant's names without their prefix; `lowest_price` is our
 * own. `currency` is the site's, for prices that name none. Without an id, a title, an address and a price there is none.
 */
export function productOf(fields: Readonly<Record<string, string>>, currency: string): ItemRead {
	const item = new Item(fields, currency);
	const id = item.needed("id", productLimits.id);
	const name = item.needed("title", productLimits.name);
	item.needed("link", productLimits.url);
	const url = item.address("link", productLimits.url);
	item.needed("price", productLimits.word);
	const price = item.amount("price");
	// Shops write zero for "ask us": nothing is recommended for nothing.
	if (price?.hundredths === 0) item.fault("price", "not-a-price", fields.price);
	if (!id || !name || !url || !price?.hundredths) return { is: "refused", id, faults: item.faults };

	const inItsCurrency = (field: string): number | undefined => {
		const amount = item.amount(field);
		if (amount && amount.currency !== price.currency)
			return item.fault(field, "other-currency", amount.currency);
		return amount?.hundredths;
	};
	const group = item.text("item_group_id", productLimits.id);
	const image = item.address("image_link", productLimits.url);
	const sale = saleOf(inItsCurrency("sale_price"), price.hundredths, fields.sale_price_effective_date);
	const lowest = inItsCurrency("lowest_price");
	const brand = item.text("brand", productLimits.word);
	const product: Product = {
		id,
		...(group && { group }),
		name,
		url,
		...(image && { image }),
		currency: price.currency,
		price: price.hundredths,
		...(sale && { sale }),
		...(lowest !== undefined && { lowest }),
		availability: item.word("availability", availabilities, "in-stock"),
		...(brand && { brand }),
		categories: categoriesOf(fields.product_type || fields.google_product_category || ""),
		labels: Object.fromEntries(
			labels.flatMap((label) => {
				const value = item.text(label, productLimits.word);
				return value === undefined ? [] : [[label, value]];
			}),
		),
	};
	return { is: "product", product, faults: item.faults };
}

/** What it costs at an instant; of a sale that does not hold then nothing is known. */
export function priceAt({ price, sale }: Pick<Product, "price" | "sale">, at: number): number {
	if (!sale) return price;
	const holds =
		(sale.from ?? Number.NEGATIVE_INFINITY) <= at && at < (sale.until ?? Number.POSITIVE_INFINITY);
	return holds ? sale.price : price;
}

/** A sale that is none does not reduce. */
function saleOf(reduced: number | undefined, price: number, period = ""): Sale | undefined {
	if (reduced === undefined || reduced >= price) return undefined;
	const [from = Number.NaN, until = Number.NaN] = period.split("/").map((text) => Date.parse(text.trim()));
	return { price: reduced, ...(from > 0 && { from }), ...(until > 0 && { until }) };
}

function categoriesOf(text: string): readonly string[] {
	return text
		.split(/\s*>\s*/u)
		.map(plain)
		.filter((category) => category !== "" && category.length <= productLimits.word)
		.slice(0, productLimits.categories);
}
