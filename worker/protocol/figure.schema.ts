// A site's figures over time, as the authenticated API tells them. Days are the site's own; amounts of money are in units of
// its currency, instants in epoch ms.

import * as z from "zod/mini";
import { origins, outcomes } from "../domain/figure.ts";
import { Tree } from "./condition.schema.ts";
import { Id } from "./id.schema.ts";

const Day = z.iso.date();
const count = z.int();

/** Both days included; without `from` the last so many, 30 unless it is said. `csv` is a file of the same rows. */
const period = {
	from: z.exactOptional(Day),
	until: z.exactOptional(Day),
	days: z.exactOptional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(400))),
	format: z._default(z.enum(["json", "csv"]), "json"),
};
const step = z._default(z.enum(["hour", "day"]), "day");

export const PeriodQuery = z.strictObject(period);
export const VisitsQuery = z.strictObject({
	...period,
	step,
	by: z._default(z.enum(origins), "channel"),
	/** The series is of visits of this value of `by` alone. */
	value: z.exactOptional(z.string().check(z.maxLength(100))),
});
export const SeriesQuery = z.strictObject({ ...period, step });
export const LiveQuery = z.strictObject({
	since: z.exactOptional(z.coerce.number().check(z.int(), z.nonnegative())),
});

const visits = {
	visits: count,
	pages: count,
	/** Browsers, each once for every day on which it came. */
	visitors: count,
	/** Browsers that were never here before. */
	newcomers: count,
};
const orders = {
	orders: count,
	revenue: z.number(),
	/** Those that are owed to a click in an experience: that one was merely shown, each experience's own figures tell. */
	conversions: count,
	convertedRevenue: z.number(),
};
const Totals = z.strictObject({ ...visits, contacts: count, ...orders });
const Origins = z.strictObject({ ...visits, ...orders });

const from = { from: Day, until: Day, timeZone: z.string() };
/** Whom a figure is made of, as far as we may still know them: what the list of people takes. */
const condition = Tree;

export const VisitsView = z.strictObject({
	...from,
	totals: Totals,
	/** Of as many days before. */
	previous: Totals,
	series: z.array(z.strictObject({ at: count, ...Totals.shape })),
	by: z.enum(origins),
	/** What brought most visits first, at most 500; "" is whatever came when there were too many names. */
	rows: z.array(z.strictObject({ value: z.string(), ...Origins.shape, previous: Origins, condition })),
});

const outcomeCounts = z.strictObject(
	Object.fromEntries(outcomes.map((outcome) => [outcome, count])) as Record<
		(typeof outcomes)[number],
		typeof count
	>,
);
const Owed = z.strictObject({ orders: count, revenue: z.number() });
const Funnel = z.strictObject({ outcomes: outcomeCounts, byClick: Owed, byView: Owed });

export const FunnelView = z.strictObject({
	...from,
	experience: Id,
	...Funnel.shape,
	previous: Funnel,
	series: z.array(z.strictObject({ at: count, ...Funnel.shape })),
	/** Why it was not what was shown, by how often, in decisions that showed something else. */
	lost: z.array(z.strictObject({ reason: z.string(), times: count })),
	/** Who was shown it, and who clicked or sent it. */
	conditions: z.strictObject({ shown: condition, engaged: condition }),
});

export const SegmentsView = z.strictObject({
	...from,
	segments: z.array(
		z.strictObject({
			segment: Id,
			name: z.string(),
			/** Contacts in it now. */
			people: count,
			entered: count,
			left: count,
			series: z.array(z.strictObject({ at: count, entered: count, left: count })),
			condition,
		}),
	),
});

export const ScoresView = z.strictObject({
	...from,
	rules: z.array(
		z.strictObject({
			rule: z.string(),
			times: count,
			points: z.number(),
			series: z.array(z.strictObject({ at: count, times: count, points: z.number() })),
			/** Null where nobody can tell any more who it was. */
			condition: z.nullable(condition),
		}),
	),
});

const Size = {
	/** Contacts now. */
	people: count,
	/** At the end of the day before, and of each of these days; null where nobody counted. Today's is that of now. */
	before: z.nullable(count),
	sizes: z.array(z.nullable(count)),
};
export const SizesView = z.strictObject({
	...from,
	days: z.array(Day),
	segments: z.array(z.strictObject({ segment: Id, name: z.string(), ...Size })),
	/** By how many points contacts have: `least` and more, and fewer than `below`. */
	scores: z.array(z.strictObject({ least: count, below: z.nullable(count), ...Size, condition })),
});

export const PoolsView = z.strictObject({
	...from,
	pools: z.array(
		z.strictObject({
			pool: z.string(),
			codes: count,
			left: count,
			/** In these days: codes that were given, and orders that were placed with one by whom it was given to. */
			given: count,
			used: count,
			/** What these orders are worth. */
			revenue: z.number(),
			series: z.array(z.strictObject({ at: count, given: count, used: count })),
			/** Who was given one. */
			condition,
		}),
	),
});

export const TodayView = z.strictObject({
	now: count,
	timeZone: z.string(),
	today: Totals,
	/** Until the same time of day; of its hour that has not ended today, as much as has passed. */
	yesterday: Totals,
	weekAgo: Totals,
	series: z.array(z.strictObject({ at: count, ...Totals.shape })),
	/** Each of these days to its end, hour by hour. */
	before: z.strictObject({
		yesterday: z.array(z.strictObject({ at: count, ...Totals.shape })),
		weekAgo: z.array(z.strictObject({ at: count, ...Totals.shape })),
	}),
	/** Where today's visits came from, most visits first. */
	channels: z.array(z.strictObject({ channel: z.string(), visits: count })),
	/** What was shown today, most often first; reactions are clicks, and forms that were sent. */
	experiences: z.array(z.strictObject({ experience: z.string(), shown: count, reactions: count })),
	/** Who did something within the last five minutes. */
	here: count,
});

/** What somebody should look at, each with the ids of what it is about. */
export const Need = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("segment-empty"),
		segment: Id,
		name: z.string(),
		days: count,
		/** Experiences that wait for it. */
		experiences: z.array(Id),
	}),
	z.strictObject({
		kind: z.literal("experience-never-shown"),
		experience: Id,
		name: z.string(),
		days: count,
		lost: z.array(z.strictObject({ reason: z.string(), times: count })),
	}),
	/** `suspicious`: it has shrunk so much that somebody has to say whether that is right. */
	z.strictObject({
		kind: z.literal("feed-failed"),
		at: count,
		fault: z.string(),
	}),
	z.strictObject({ kind: z.literal("pool-low"), pool: z.string(), codes: count, left: count }),
	z.strictObject({ kind: z.literal("rows-set-aside"), cell: z.string(), rows: count }),
	z.strictObject({ kind: z.literal("conflicts"), waiting: count }),
	z.strictObject({ kind: z.literal("publication-waits"), revision: count, cells: z.array(z.string()) }),
]);
export const Needs = z.strictObject({ needs: z.array(Need) });

export const LiveView = z.strictObject({
	now: count,
	/** For `since` of the next question: what changed after it is told. */
	cursor: count,
	/** Who did something within the last five minutes, also where that is not told again. */
	here: count,
	visitors: z.array(
		z.strictObject({
			person: z.string(),
			/** None of whoever is anonymous. */
			name: z.nullable(z.string()),
			identity: z.enum(["anonymous", "identified", "monitored"]),
			score: z.number(),
			segments: z.array(z.string()),
			path: z.nullable(z.string()),
			title: z.nullable(z.string()),
			since: count,
			lastAt: count,
			pages: count,
			source: z.nullable(z.string()),
			channel: z.nullable(z.string()),
			device: z.nullable(z.string()),
			city: z.nullable(z.string()),
			shown: z.array(z.string()),
		}),
	),
});
