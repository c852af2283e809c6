// What an experience came to, of all its revisions and variants.

import type { Experiences } from "../../../../protocol/figure.ts";

type Edition = Experiences["experiences"][number];

export interface Sum extends Omit<Edition, "revision" | "variant" | "tried"> {
	/** Clicks, and forms that were sent: as often as they were, not by how many people. */
	readonly reactions: number;
	readonly editions: readonly Edition[];
}

export function reactionsOf({ clicked, submitted }: Edition["outcomes"]): number {
	return clicked + submitted;
}

/** One for each experience, in the order in which they come. */
export function byExperience(editions: readonly Edition[]): readonly Sum[] {
	return Array.from(
		Map.groupBy(editions, ({ experience }) => experience),
		([experience, all]) => {
			const outcomes = all.map((one) => one.outcomes).reduce(addOutcomes);
			const owed = (by: "byClick" | "byView" | "assisted") => all.map((one) => one[by]).reduce(addOwed);
			return {
				experience,
				outcomes,
				byClick: owed("byClick"),
				byView: owed("byView"),
				assisted: owed("assisted"),
				reactions: reactionsOf(outcomes),
				editions: all,
			};
		},
	);
}

type Outcomes = Edition["outcomes"];

function addOutcomes(a: Outcomes, b: Outcomes): Outcomes {
	const names = Object.keys(a) as (keyof Outcomes)[];
	return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Outcomes;
}

function addOwed(a: Edition["byClick"], b: Edition["byClick"]): Edition["byClick"] {
	return { orders: a.orders + b.orders, revenue: a.revenue + b.revenue };
}
