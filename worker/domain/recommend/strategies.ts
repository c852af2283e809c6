// Where products come from: each strategy gives what it would show, the best first, with why. Each says the least that it
// has to know; below it gives nothing, and the next of the recipe is asked. Nothing here filters: see filters.ts.

import { fold } from "../text.ts";
import { visitGapMs } from "../visit.ts";
import { belonging, favoured, similarTo } from "./catalogued.ts";
import { seenOf } from "./filters.ts";
import { boughtIn, type Learned, viewedIn } from "./learned.ts";
import { foretell } from "./neighbours.ts";
import type { Pairing, Source, StrategyName, Taste, Why } from "./recipe.ts";
import { usualInterval } from "./repeats.ts";
import type { Shelf } from "./shelf.ts";
import { type Counted, popular, trending } from "./tally.ts";
import { together } from "./together.ts";

export interface Suggestion {
	readonly product: string;
	readonly why: Why;
}

/** As much as a strategy looks at; whoever takes from it stops earlier. */
type Suggestions = Iterable<Suggestion>;

export interface Question {
	readonly taste: Taste;
	readonly shelf: Shelf;
	readonly random: () => number;
}

/** Of one source of a recipe. */
export function suggest(source: Source, question: Question): Suggestions {
	switch (source.by) {
		case "popular":
			return favourites(source.among, question);
		case "complementary":
			return complementary(source.pairs, question);
		case "hand-picked":
			return of(source.by, source.products);
		default:
			return plain[source.by](question);
	}
}

const plain: Readonly<
	Record<
		Exclude<StrategyName, "popular" | "complementary" | "hand-picked">,
		(question: Question) => Suggestions
	>
> = {
	/** At least one product viewed. */
	"recently-viewed": ({ taste }) => of("recently-viewed", ids(taste.viewed)),

	/** At least one product viewed in the visit before this one, and not bought since. */
	"continue-browsing": ({ taste: { viewed, visitFrom, bought } }) => {
		const earlier = viewed.filter(([, at]) => at < visitFrom);
		let before = earlier[0]?.[1] ?? 0;
		const last = earlier.filter(([product, at]) => {
			if (before - at > visitGapMs) return false;
			before = at;
			return !bought.some(([one, boughtAt]) => one === product && boughtAt >= at);
		});
		return of("continue-browsing", ids(last));
	},

	/** At least one product in the cart. */
	"left-in-cart": ({ taste }) => of("left-in-cart", taste.cart),

	/** What the page is about, or was viewed last; the catalogue has to know it. */
	similar: ({ taste, shelf }) => {
		const id = anchorOf(taste);
		return id === undefined ? [] : of("similar", similarTo(id, taste.now, shelf), id);
	},

	/** Two visits that saw both: `count`. */
	"viewed-together": ({ taste, shelf }) =>
		companions("viewed-together", shelf.learned.visits, [anchorOf(taste)]),

	/** Two orders that had both: of the product of the page, else of each in the cart. */
	"bought-together": ({ taste, shelf }) =>
		companions("bought-together", shelf.learned.baskets, heldOf(taste)),

	/** Two visits that saw the one and came to an order of the other. */
	"viewed-then-bought": ({ taste, shelf }) => {
		const id = anchorOf(taste);
		if (id === undefined) return [];
		return together(shelf.learned.journeys, viewedIn(id)).flatMap(({ product, count }) =>
			product.startsWith(boughtIn(""))
				? [{ product: product.slice(boughtIn("").length), why: { by: "viewed-then-bought", of: id, count } }]
				: [],
		);
	},

	/** See `trending`: ten views this week, and a week before. */
	trending: ({ taste, shelf }) => counted("trending", trending(shelf.learned.views, taste.now)),

	/** First offered within the last 30 days. */
	new: ({ shelf }) => of("new", ids(shelf.newest())),

	/** Sold for less than its price. */
	"on-promotion": ({ shelf }) => of("on-promotion", shelf.reduced()),

	/** Cheaper for at most 14 days: first what the person viewed before it was. */
	"price-dropped": ({ taste, shelf }) => wantedFirst("price-dropped", shelf.priceDropped(), taste),

	/** There again for at most 14 days: first what the person viewed before. */
	"back-in-stock": ({ taste, shelf }) => wantedFirst("back-in-stock", shelf.backInStock(), taste),

	/**
	 * Bought before, and due: the product's usual interval between two purchases is known (three repeat purchases, of
	 * anybody), and between four fifths and twice of it have passed. Whatever is nearest to its day comes first.
	 */
	replenishment: ({ taste: { bought, now }, shelf }) => {
		const latest = new Map<string, number>();
		for (const [product, at] of bought) latest.set(product, Math.max(at, latest.get(product) ?? at));
		const due = [...latest].flatMap(([product, at]) => {
			const usual = usualInterval(shelf.learned.repeats, product);
			const share = usual === undefined ? 0 : (now - at) / usual;
			return share >= dueFrom && share <= dueUntil ? [{ product, late: Math.abs(share - 1) }] : [];
		});
		return of(
			"replenishment",
			due.sort((a, b) => a.late - b.late).map(({ product }) => product),
		);
	},

	"for-you": forYou,

	/** At least one category or brand that the person is drawn to. */
	"top-affinity": ({ taste, shelf }) => of("top-affinity", favoured(taste, shelf)),

	random: ({ shelf, random }) => of("random", drawn(shelf, random)),
};

const dueFrom = 0.8;
const dueUntil = 2;
const mostDrawn = 64;
/** Earlier products by which a person without views in this visit is known. */
const latestViews = 20;

/**
 * By nearest neighbours of this visit (neighbours.ts) where it has views; of earlier visits, and of what was bought, where
 * it has none; and by what the person is drawn to where neighbours give nothing. At least one of these.
 */
function* forYou({ taste, shelf }: Question): Suggestions {
	const { viewed, visitFrom, bought, seen } = taste;
	const now = viewed.filter(([, at]) => at >= visitFrom);
	const past = now.length > 0 ? now : viewed.length > 0 ? viewed : bought;
	const session = ids(past).slice(0, latestViews).toReversed();
	if (seen && session.at(-1) !== seen.id) session.push(seen.id);
	const told = foretell(shelf.learned.visits, session, { most: mostForetold, again: false });
	for (const { product, because } of told)
		yield { product, why: { by: "for-you", of: because.product, count: because.sessions } };
	for (const product of favoured(taste, shelf)) yield { product, why: { by: "for-you" } };
}

const mostForetold = 60;

function favourites(
	among: Extract<Source, { by: "popular" }>["among"],
	{ taste, shelf }: Question,
): Suggestions {
	const { learned } = shelf;
	if (among === "site") return counted("popular", popular(learned.views, taste.now));
	if (among === "category") return popularIn(taste, shelf);
	if (among === "region")
		return taste.region === undefined ? [] : ofGroup(learned, `region ${taste.region}`, taste.now);
	// What a segment likes tells of its members: it is shown to them alone.
	return taste.segments.includes(among.segment)
		? ofGroup(learned, `segment ${among.segment}`, taste.now)
		: [];
}

/** A favourite of few tells who they are: so many views in four weeks, at least. */
export const leastOfGroup = 5;

function ofGroup({ groups }: Learned, group: string, now: number): Suggestions {
	const tally = groups.get(group);
	return tally
		? counted(
				"popular",
				popular(tally, now).filter(({ count }) => count >= leastOfGroup),
			)
		: [];
}

/** Of the category of what the page is about, or of the product viewed last. */
function popularIn(taste: Taste, shelf: Shelf): Suggestions {
	const last = anchorOf(taste);
	const category = seenOf(taste, shelf)?.category ?? (last && shelf.product(last)?.categories.at(-1));
	return category === undefined ? [] : of("popular", shelf.ofCategory(fold(category)));
}

/** To what is seen or lies in the cart, what the marketer says belongs to it. */
function* complementary(pairs: readonly Pairing[], { taste, shelf }: Question): Suggestions {
	const seen = seenOf(taste, shelf);
	for (const id of heldOf(taste)) {
		const said = id === seen?.id ? seen?.category : undefined;
		const categories = shelf.product(id)?.categories ?? (said === undefined ? [] : [said]);
		yield* of("complementary", belonging(categories, pairs, shelf), id);
	}
}

function companions(
	by: "viewed-together" | "bought-together",
	memory: Learned["visits"],
	of: readonly (string | undefined)[],
): Suggestions {
	const best = new Map<string, Suggestion & { readonly weight: number }>();
	for (const id of of) {
		if (id === undefined) continue;
		for (const { product, count, weight } of together(memory, id)) {
			const known = best.get(product);
			if (!known || known.weight < weight) best.set(product, { product, why: { by, of: id, count }, weight });
		}
	}
	return [...best.values()].sort((a, b) => b.weight - a.weight);
}

function* drawn(shelf: Shelf, random: () => number): Iterable<string> {
	for (let n = 0; n < mostDrawn; n++) {
		const product = shelf.any(random());
		if (product !== undefined) yield product;
	}
}

function wantedFirst(
	by: "price-dropped" | "back-in-stock",
	changed: Iterable<readonly [string, number]>,
	{ viewed }: Taste,
): Suggestions {
	const all = [...changed];
	const wasViewed = ([product, at]: readonly [string, number]) =>
		viewed.some(([one, viewedAt]) => one === product && viewedAt < at);
	return of(by, ids([...all.filter(wasViewed), ...all.filter((one) => !wasViewed(one))]));
}

function* of(by: StrategyName, products: Iterable<string>, because?: string): Suggestions {
	for (const product of products)
		yield { product, why: because === undefined ? { by } : { by, of: because } };
}

function counted(by: StrategyName, products: readonly Counted[]): Suggestions {
	return products.map(({ product, count }) => ({ product, why: { by, count } }));
}

function ids(dated: Iterable<readonly [product: string, at: number]>): string[] {
	return [...new Set(Array.from(dated, ([product]) => product))];
}

/** The product that the page is about, else the last that was viewed. */
function anchorOf({ seen, viewed }: Taste): string | undefined {
	return seen?.id ?? viewed[0]?.[0];
}

/** The product that the page is about, else what lies in the cart. */
function heldOf({ seen, cart }: Taste): readonly string[] {
	return seen ? [seen.id] : cart;
}
