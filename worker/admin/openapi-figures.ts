// The figures' part of the API's description.

import * as figures from "../protocol/figure.schema.ts";
import type { Operation } from "./openapi.ts";

const { LiveQuery, PeriodQuery, SeriesQuery, VisitsQuery, Need: _need, ...views } = figures;
export const figureQueries = { LiveQuery, PeriodQuery, SeriesQuery, VisitsQuery } as const;
export const figureComponents = views;

export const figureOperations: readonly Operation[] = [
	{
		method: "get",
		path: "/sites/{site}/today",
		summary:
			"How today goes on the site's clock, hour by hour, beside yesterday and the day a week ago until the same time.",
		answer: "TodayView",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/needs",
		summary:
			"What somebody should look at: what never matches or is never shown, what failed, runs out or waits. Each with a kind and the ids of what it is about.",
		answer: "Needs",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/live",
		summary:
			"Who did something on the site within five minutes, at most 500; with `since`, the last answer's cursor, those alone who did something after it.",
		query: "LiveQuery",
		answer: "LiveView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/figures/visits",
		summary:
			"Visits, visitors and page views, contacts gained, orders and what experiences brought, over days of the site's zone; by where visits came from, beside as many days before.",
		query: "VisitsQuery",
		answer: "VisitsView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/figures/experiences/{experience}",
		summary:
			"How far an experience brought people, from qualified to what they ordered, over time and beside as many days before; and why it was not what was shown.",
		query: "SeriesQuery",
		answer: "FunnelView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/figures/segments",
		summary: "Contacts in each segment now, and how often it was entered and left, by anybody, over time.",
		query: "SeriesQuery",
		answer: "SegmentsView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/figures/scores",
		summary: "How often each rule of the score gave points, and how many, over time.",
		query: "SeriesQuery",
		answer: "ScoresView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/figures/sizes",
		summary:
			"How many contacts each segment had, and how many had how many points, at the end of each day; of today, now.",
		query: "PeriodQuery",
		answer: "SizesView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/figures/pools",
		summary:
			"Codes of each coupon pool that were given over time, orders that were placed with them, and what is left.",
		query: "SeriesQuery",
		answer: "PoolsView",
		refusals: ["404", "422"],
	},
];
