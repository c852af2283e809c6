// What experiences came to, as the authenticated API tells it. Amounts are in units of the site's currency.

import * as z from "zod/mini";
import { outcomes } from "../domain/figure.ts";
import { Tree } from "./condition.schema.ts";
import { PeriodQuery } from "./figure.schema.ts";

const Day = z.iso.date();
export const ReportQuery = PeriodQuery;

/** Whom a figure is made of, as far as we may still know them: what the list of people takes. */
const condition = Tree;
const Owed = z.strictObject({ orders: z.int(), revenue: z.number() });

export const ExperienceReport = z.strictObject({
	from: Day,
	until: Day,
	/** Of each experience, revision and variant. */
	experiences: z.array(
		z.strictObject({
			experience: z.string(),
			revision: z.int(),
			variant: z.string(),
			outcomes: z.strictObject(
				Object.fromEntries(outcomes.map((outcome) => [outcome, z.int()])) as Record<
					(typeof outcomes)[number],
					ReturnType<typeof z.int>
				>,
			),
			/** An order belongs to one experience, by a click or else by a view. */
			byClick: Owed,
			byView: Owed,
			/** Orders that belong to another: not to be added to any. */
			assisted: Owed,
			/**
			 * Where something is tried out: orders of whoever qualified within the week before, whatever they are owed to. By
			 * these, and by how often each qualified, variants and the group that was held out are compared.
			 */
			tried: Owed,
		}),
	),
	/** All orders of these days: what experiences brought, and the rest. */
	total: Owed,
	unowed: Owed,
});

/** By where the products of recommendation frames come from, in the order in which that is asked. */
export const FrameReport = z.strictObject({
	from: Day,
	until: Day,
	strategies: z.array(
		z.strictObject({
			/** More than one where the frames ask several until they have enough: then nobody can say to which a click is owed. */
			strategies: z.array(z.string()),
			frames: z.array(z.strictObject({ experience: z.string(), name: z.string() })),
			shown: z.int(),
			clicked: z.int(),
			/** By click and by view: each order counts once. */
			byClick: Owed,
			byView: Owed,
			/** Null where there are too many frames for one condition. */
			conditions: z.strictObject({ shown: z.nullable(condition), clicked: z.nullable(condition) }),
		}),
	),
});

export const ProductReport = z.strictObject({
	from: Day,
	until: Day,
	/** Those that brought most first, at most 1,000. */
	products: z.array(
		z.strictObject({
			experience: z.string(),
			product: z.string(),
			/** Null where the catalogue does not know it. */
			name: z.nullable(z.string()),
			clicks: z.int(),
			orders: z.int(),
			revenue: z.number(),
			/** Who clicked it. */
			condition,
		}),
	),
});
