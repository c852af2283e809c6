// What may be known of a visitor for recommendations, as far as their proof goes: what a browser may not be told, it is not
// shown in the shape of products either.

import { type Dimension, type Interests, interestOf, valuesIn } from "../domain/affinity.ts";
import { boughtOf } from "../domain/bought.ts";
import { cartNow } from "../domain/cart.ts";
import { own } from "../domain/keyed.ts";
import { hundredths } from "../domain/money.ts";
import type { PageNow } from "../domain/page.ts";
import { read } from "../domain/person.ts";
import type { Taste } from "../domain/recommend/recipe.ts";
import { visitGapMs } from "../domain/visit.ts";
import { viewedProducts, type Watching } from "../domain/watch.ts";
import { contentsOf } from "../protocol/contents.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import { needsOf } from "../protocol/texts.ts";
import type { Passage } from "./collect.ts";
import { tellable } from "./personal.ts";

const most = { viewed: 40, bought: 60, interests: 5 } as const;

/** What is to be remembered of events for the sake of what is published: of views, only where some recipe asks. */
export function watchedFor(experiences: readonly Experience[]): readonly Watching[] {
	const contents = experiences.flatMap((one) => contentsOf(one));
	return contents.some((content) => needsOf(content).products) ? [viewedProducts] : [];
}

/** Of the page alone: of somebody of whom nothing may be known. */
export function tasteOfNobody(page: Pick<PageNow, "product">, now: number): Taste {
	const { product } = page;
	const { name: _, price, ...seen } = product ?? { id: "" };
	return {
		now,
		...(product && { seen: { ...seen, ...(price !== undefined && { price: hundredths(price) }) } }),
		viewed: [],
		visitFrom: now,
		cart: [],
		bought: [],
		categories: [],
		brands: [],
		segments: [],
	};
}

export function tasteFor(
	passage: Pick<Passage, "state" | "part" | "environment" | "now">,
	page: Pick<PageNow, "product">,
	show: readonly Offer[],
): Taste {
	const { state, environment, now } = passage;
	const facts = read(tellable(passage));
	const { orders = {}, interests, visits } = facts;
	const [, { key }] = viewedProducts;
	const values = own(facts.values ?? {}, key);
	const viewed = values?.of.map((id, n) => [id, values.at[n] ?? 0] as const) ?? [];
	const bought = boughtOf(orders).map(({ at, props }) => [String(props.product_id), at] as const);
	const visit = visits.findLast(([from, to]) => from <= now && now - to <= visitGapMs);
	const segments = segmentsIn(show).filter((id) => Object.hasOwn(state.standing.segments, id));
	return {
		...tasteOfNobody(page, now),
		viewed: viewed.slice(0, most.viewed),
		visitFrom: visit?.[0] ?? now,
		cart: cartNow(facts.cart, orders)?.products ?? [],
		bought: bought.slice(0, most.bought),
		categories: strongest(interests, "category", now),
		brands: strongest(interests, "brand", now),
		...(environment.region !== undefined && { region: environment.region }),
		segments,
	};
}

/** The most first. */
function strongest(
	interests: Interests | undefined,
	dimension: Dimension,
	now: number,
): readonly (readonly [name: string, weight: number])[] {
	return Array.from(valuesIn(interests, dimension), (value) => {
		const strength = interestOf(interests, { in: dimension, value, of: "strength" }, now) ?? 0;
		return [value, strength] as const;
	})
		.filter(([, strength]) => strength > 0)
		.sort((a, b) => b[1] - a[1])
		.slice(0, most.interests);
}

/** Whose favourites these offers ask for: no others go with the question. */
export function segmentsIn(show: readonly Offer[]): readonly string[] {
	return show.flatMap(({ content }) =>
		[content, ...Object.values(content.steps ?? {})].flatMap(({ blocks }) =>
			blocks.flatMap((block) => {
				const sources = block.kind === "products" ? (block.recipe?.sources ?? []) : [];
				return sources.flatMap((source) =>
					source.by === "popular" && typeof source.among === "object" ? [source.among.segment] : [],
				);
			}),
		),
	);
}
