// What a marketer asks of a recommendation: where products come from, one source after another until there are enough,
// and which of them may not come.

/** Up to 16 products, and none at all where fewer than `least` are found. */
export interface Recipe {
	readonly most: number;
	readonly least: number;
	/** Asked in turn; a product that one has given does not come again. */
	readonly sources: readonly Source[];
	readonly filters: Filters;
}

export const plainStrategies = [
	"recently-viewed",
	"continue-browsing",
	"left-in-cart",
	"similar",
	"viewed-together",
	"bought-together",
	"viewed-then-bought",
	"trending",
	"new",
	"on-promotion",
	"price-dropped",
	"back-in-stock",
	"replenishment",
	"for-you",
	"top-affinity",
	"random",
] as const;

export type Source =
	| { readonly by: (typeof plainStrategies)[number] }
	/** Of the site, of the category of the product that is seen, of whoever is in a segment, of the visitor's region. */
	| { readonly by: "popular"; readonly among: "site" | "category" | "region" | { readonly segment: string } }
	/** To what is seen or lies in the cart belongs what is in these categories. */
	| { readonly by: "complementary"; readonly pairs: readonly Pairing[] }
	| { readonly by: "hand-picked"; readonly products: readonly string[] };

export type StrategyName = Source["by"];

export interface Pairing {
	readonly category: string;
	readonly with: readonly string[];
}

/** All of them have to pass. What is sold out never comes unless it is asked for. */
export interface Filters {
	/** Not what the person bought within so many days. */
	readonly notBoughtDays?: number;
	readonly notInCart?: boolean;
	readonly soldOutToo?: boolean;
	/** Shares of the price of the product that is seen: 0.5 to 1.5. */
	readonly price?: { readonly from?: number; readonly to?: number };
	/** As that of the product that is seen, or another. */
	readonly category?: "same" | "other";
	readonly brand?: "same" | "other";
	/** Of a label that the shop writes into its feed, such as its margin: at least so much. */
	readonly label?: { readonly name: string; readonly least: number };
	/** At most so many products of one brand. */
	readonly perBrand?: number;
}

/** Why a product is recommended, as data: words are made where they are shown. */
export interface Why {
	readonly by: StrategyName;
	/** The product because of which it is here. */
	readonly of?: string;
	/** How many did so: sessions, buyers, views, as the strategy has it. */
	readonly count?: number;
}

/** What is known of the visitor and the page, as far as it may be used. Instants are epoch ms. */
export interface Taste {
	readonly now: number;
	/** Of the product that the page is about. */
	readonly seen?: {
		readonly id: string;
		readonly category?: string;
		readonly brand?: string;
		/** In whole hundredths of the site's currency. */
		readonly price?: number;
	};
	/** Products viewed, the latest first. */
	readonly viewed: readonly (readonly [product: string, at: number])[];
	/** When the present visit began. */
	readonly visitFrom: number;
	readonly cart: readonly string[];
	/** The latest first. */
	readonly bought: readonly (readonly [product: string, at: number])[];
	/** How much the person is drawn to each, the most first. */
	readonly categories: readonly (readonly [name: string, weight: number])[];
	readonly brands: readonly (readonly [name: string, weight: number])[];
	readonly region?: string;
	/** Segments whose favourites may be shown. */
	readonly segments: readonly string[];
}
