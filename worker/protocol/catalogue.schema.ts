// A site's catalogue: what crosses between it, the shop's tools and the authenticated API. Amounts are units of their
// currency there (129.9), and whole hundredths within.

import * as z from "zod/mini";
import { formats } from "../domain/catalogue/feed/feed.ts";
import { catalogueLimits } from "../domain/catalogue/limits.ts";
import { productLimits } from "../domain/catalogue/product.ts";
import { hundredths } from "../domain/money.ts";

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const address = text(productLimits.url).check(
	z.refine((url) => /^https?:\/\/[^\s"'<>\\]+$/i.test(url), "an address begins with https://"),
);
const instant = z.int().check(z.minimum(0));
const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
const amount = z.pipe(
	z.number().check(z.minimum(0.01), z.maximum(999_999_999)),
	z.transform((units) => hundredths(units)),
);
const availability = z.enum(["in-stock", "out-of-stock", "preorder", "backorder"]);
const sale = z.strictObject({
	price: amount,
	from: z.exactOptional(instant),
	/** Exclusive. */
	until: z.exactOptional(instant),
});
const word = text(productLimits.word);
const categories = z.array(word).check(z.maxLength(productLimits.categories));
const labels = z
	.record(z.string().check(z.regex(/^[\w -]{1,50}$/)), word)
	.check(z.refine((all) => Object.keys(all).length <= 30, "30 labels at most"));
const id = text(productLimits.id);

export const ProductSaid = z.strictObject({
	id,
	/** Shared by the variants of one product. */
	group: z.exactOptional(id),
	name: text(productLimits.name),
	url: address,
	image: z.exactOptional(address),
	currency,
	price: amount,
	/** Instead of the price, for a time or until further notice. */
	sale: z.exactOptional(sale),
	/** The lowest price of the 30 days before the present reduction, where the shop knows it. */
	lowest: z.exactOptional(amount),
	availability: z._default(availability, "in-stock"),
	brand: z.exactOptional(word),
	/** From the widest to the narrowest. */
	categories: z._default(categories, []),
	labels: z._default(labels, {}),
});
/** What changed of a product; null takes away what it need not have. */
export const ProductChanged = z.strictObject({
	id,
	group: z.exactOptional(z.nullable(id)),
	name: z.exactOptional(text(productLimits.name)),
	url: z.exactOptional(address),
	image: z.exactOptional(z.nullable(address)),
	currency: z.exactOptional(currency),
	price: z.exactOptional(amount),
	sale: z.exactOptional(z.nullable(sale)),
	lowest: z.exactOptional(z.nullable(amount)),
	availability: z.exactOptional(availability),
	brand: z.exactOptional(z.nullable(word)),
	categories: z.exactOptional(categories),
	labels: z.exactOptional(labels),
});

const batch = <T extends z.ZodMiniType>(of: T) =>
	z.array(of).check(z.minLength(1), z.maxLength(catalogueLimits.batch));
export const ProductsBody = z.strictObject({ products: batch(ProductSaid) });
export const ProductsChange = z.strictObject({ products: batch(ProductChanged) });
export const ProductIds = z.strictObject({ ids: batch(id) });
/** What a shop's server tells with a secret key. */
export const ProductsTold = z
	.strictObject({
		products: z.exactOptional(batch(ProductSaid)),
		changes: z.exactOptional(batch(ProductChanged)),
		removed: z.exactOptional(batch(id)),
	})
	.check(z.refine((told) => Object.keys(told).length > 0, "products, changes or removed"));
/** What became of each, in their order. `full`: there are as many products as there may be. */
export const ProductsPut = z.strictObject({
	products: z.array(z.enum(["added", "changed", "same", "full", "unknown"])),
});
export const ProductsGone = z.strictObject({ gone: z.int() });

const listing = {
	id: z.string(),
	group: z.exactOptional(z.string()),
	name: z.string(),
	url: z.string(),
	image: z.exactOptional(z.string()),
	currency: z.string(),
	/** What it costs now. */
	price: z.number(),
	/** The lowest price of the 30 days before the reduction: nothing else may be crossed out beside it. */
	before: z.exactOptional(z.number()),
	/** Without any sale. */
	regularPrice: z.number(),
	sale: z.exactOptional(
		z.strictObject({ price: z.number(), from: z.exactOptional(z.int()), until: z.exactOptional(z.int()) }),
	),
	availability,
	brand: z.exactOptional(z.string()),
	categories: z.array(z.string()),
	labels: z.record(z.string(), z.string()),
	/** Who said so last. */
	origin: z.enum(["feed", "api", "learned"]),
	knownAt: z.int(),
	/** Since when it is no longer offered. */
	goneAt: z.nullable(z.int()),
};
export const ProductListed = z.strictObject(listing);
export const ProductList = z.strictObject({
	products: z.array(ProductListed),
	/** After which the next page begins. */
	next: z.nullable(z.int()),
});
export const ProductView = z.strictObject({
	...listing,
	/** What it cost from when on; the earliest first. */
	prices: z.array(z.strictObject({ at: z.int(), price: z.number() })),
	/** The latest first. */
	changes: z.array(
		z.strictObject({
			kind: z.enum(["price-dropped", "price-raised", "sold-out", "back-in-stock"]),
			at: z.int(),
			from: z.exactOptional(z.number()),
			to: z.exactOptional(z.number()),
		}),
	),
});
const digits = z.string().check(z.regex(/^\d{1,9}$/));
export const ProductsQuery = z.strictObject({
	/** A part of a name, a brand or an id. */
	q: z.exactOptional(z.string().check(z.maxLength(200))),
	after: z.exactOptional(digits),
	/** Only what is offered, or only what no longer is. */
	offered: z.exactOptional(z.enum(["true", "false"])),
});

/** Of Google Merchant (RSS 2.0, Atom, or a table parted by tabs, commas or semicolons) or of Ceneo; packed by gzip or not. */
export const FeedBody = z.strictObject({
	url: text(productLimits.url),
	/** How often it is fetched; by hand alone where nothing is said. */
	everyHours: z.exactOptional(z.int().check(z.minimum(1), z.maximum(168))),
	/** Of prices that name none. */
	currency: z._default(currency, "PLN"),
});
/** Whether what looked suspicious is sound, and to be taken. */
export const FeedDecision = z.strictObject({ sound: z.boolean() });

const inEach = z.strictObject({ pl: z.string(), en: z.string() });
const FeedProblem = z.strictObject({
	line: z.int(),
	id: z.nullable(z.string()),
	/** As the feed calls it; empty where the item as a whole is meant. */
	field: z.string(),
	is: z.string(),
	said: z.string(),
	/** Whether the item is taken all the same, without what is wrong. */
	isTaken: z.boolean(),
	/** What is wrong, and what to do. */
	sentence: inEach,
});
const FeedRun = z.strictObject({
	by: z.enum(["schedule", "hand", "upload"]),
	status: z.enum([
		"fetching",
		"checking",
		"suspicious",
		"applying",
		"done",
		"unchanged",
		"failed",
		"dismissed",
	]),
	startedAt: z.int(),
	endedAt: z.nullable(z.int()),
	bytes: z.int(),
	format: z.nullable(z.enum(formats)),
	items: z.int(),
	good: z.int(),
	refused: z.int(),
	problems: z.int(),
	applied: z.int(),
	added: z.int(),
	changed: z.int(),
	gone: z.int(),
	/** Why it failed, or what is suspicious, and what to do. */
	sentence: z.nullable(inEach),
});
export const CatalogueView = z.strictObject({
	offered: z.int(),
	available: z.int(),
	feed: z.nullable(FeedBody),
	run: z.nullable(FeedRun),
	/** When the last run was done. */
	doneAt: z.nullable(z.int()),
	nextAt: z.nullable(z.int()),
});
export const FeedProblems = z.strictObject({ problems: z.array(FeedProblem) });
export const FeedTried = z.strictObject({
	/** Whether all of it was read, or only its beginning. */
	isWhole: z.boolean(),
	format: z.nullable(z.enum(formats)),
	items: z.int(),
	good: z.int(),
	/** Why it is no feed, and what to do. */
	sentence: z.nullable(inEach),
	products: z.array(
		z.strictObject({ id: z.string(), name: z.string(), price: z.number(), currency: z.string() }),
	),
	problems: z.array(FeedProblem),
});
