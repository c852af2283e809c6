// A site's figures over time: where visits come from, how far experiences bring people, who comes into segments, what rules
// give points, what pools give away. Each names the condition of whom it is made of, as far as we may still know them.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { type Amounts, type Ask, amountsIn, amountsOfEach, figuresOf, hoursOf } from "../data/figures.ts";
import { ordersByOrigin, ordersByPool, owedByHour } from "../data/reports.ts";
import { membersOf } from "../data/segments.ts";
import { definitionsOf } from "../data/sites.ts";
import { experienceIn, outcomes } from "../domain/figure.ts";
import { heldOut } from "../domain/variant.ts";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import * as schema from "../protocol/figure.schema.ts";
import { whoCame, whoEarned, whoIsIn, whoTook, whoWasGiven } from "./behind.ts";
import { csvOf } from "./csv.ts";
import { inSteps, type Period, periodOf, type Span, stepsOf } from "./days.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery, siteUnknown } from "./request.ts";
import { hourlyOf, totalsIn, totalsOf } from "./totals.ts";

const mostRows = 500;
type Rows = Record<string, string | number | null>;

export const figureRoutes = new Hono<{ Bindings: Env }>()
	.get("/:site/figures/visits", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), schema.VisitsQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const view = await asked(visitsView(databaseOf(context.env, site), site, period, parsed.value));
		return parsed.value.format === "csv"
			? csvOf(`${site}-visits-by-${view.by}`, period.days, view.rows)
			: context.json(view);
	})
	.get("/:site/figures/experiences/:experience", reads("analyst"), async (context) => {
		const { site, experience } = context.req.param();
		const parsed = parseQuery(context.req.query(), schema.SeriesQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const db = databaseOf(context.env, site);
		const view = await asked(funnelView(db, site, experience, period, parsed.value.step));
		return parsed.value.format === "csv"
			? csvOf(`${site}-${experience}`, period.days, view.series)
			: context.json(view);
	})
	.get("/:site/figures/segments", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), schema.SeriesQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const view = await asked(segmentsView(context.env, site, period, parsed.value.step));
		return parsed.value.format === "csv"
			? csvOf(`${site}-segments`, period.days, view.segments)
			: context.json(view);
	})
	.get("/:site/figures/scores", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), schema.SeriesQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const db = databaseOf(context.env, site);
		const [{ sums, steps }, { scoreRules }] = await asked(
			Promise.all([seriesOf(db, site, "score", period, parsed.value.step), definitionsOf(context.env, site)]),
		);
		const known = new Map(scoreRules.map((one) => [one.id, one]));
		const rules = sums.map(({ value: rule, amounts: [times, points], series }) => ({
			rule,
			times,
			points,
			condition: whoEarned(known.get(rule), period),
			series: series.map(([times, points], i) => ({ at: steps[i] ?? 0, times, points })),
		}));
		return parsed.value.format === "csv"
			? csvOf(`${site}-scores`, period.days, rules)
			: context.json({ ...told(period), rules } satisfies z.infer<typeof schema.ScoresView>);
	})
	.get("/:site/figures/pools", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), schema.SeriesQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const db = databaseOf(context.env, site);
		const { from, to } = period;
		const [{ sums, steps }, used, stock] = await Promise.all([
			asked(seriesOf(db, site, "pool", period, parsed.value.step)),
			asked(ordersByPool(db, site, from, to).all<Rows>()),
			siteOf(context.env, site).coupons(),
		]);
		const known = new Map(sums.map((one) => [one.value, one]));
		const orders = Map.groupBy(amountsIn(used.results), ({ value }) => value);
		const pools = stock.map(({ pool, codes, left }) => {
			const { amounts: [given] = [0], series = [] } = known.get(pool) ?? {};
			const of = inSteps(steps, orders.get(pool) ?? [], ({ hour }) => hour).map(sumOf);
			const [all, hundredths] = sumOf(orders.get(pool) ?? []);
			const each = steps.map((at, i) => ({ at, given: series[i]?.[0] ?? 0, used: of[i]?.[0] ?? 0 }));
			const condition = whoWasGiven(pool, period);
			return { pool, codes, left, given, used: all, revenue: hundredths / 100, series: each, condition };
		});
		return parsed.value.format === "csv"
			? csvOf(`${site}-pools`, period.days, pools)
			: context.json({ ...told(period), pools } satisfies z.infer<typeof schema.PoolsView>);
	});

function told({ days, timeZone }: Period) {
	return { ...days, timeZone };
}

type Step = "hour" | "day";

async function visitsView(
	db: D1Database,
	site: string,
	period: Period,
	{ by, value, step }: z.infer<typeof schema.VisitsQuery>,
): Promise<z.infer<typeof schema.VisitsView>> {
	const { previous } = period;
	const ask = ({ from, to }: Span): Ask => ({ dimension: by, hours: hoursOf(from, to) });
	const ordersIn = ({ from, to }: Span) => ordersByOrigin(db, site, by, from, to).all<Rows>();
	const of = value === undefined ? undefined : { by, value };
	const [{ now, before, origins, originsBefore }, orders, ordersBefore] = await Promise.all([
		hourlyOf(
			db,
			site,
			{ now: period, before: previous },
			{ origins: ask(period), originsBefore: ask(previous) },
			of,
		),
		ordersIn(period),
		ordersIn(previous),
	]);
	const rows = originsOf(origins, amountsIn(orders.results));
	const rowsBefore = originsOf(originsBefore, amountsIn(ordersBefore.results));
	const steps = stepsOf(period, step);
	const share = (all: readonly Amounts[]) => inSteps(steps, all, ({ hour }) => hour);
	return {
		...told(period),
		totals: totalsOf(now),
		previous: totalsOf(before),
		series: [...totalsIn(now, steps, share)],
		by,
		rows: [...rows]
			.sort(([a, x], [b, y]) => y.visits - x.visits || (a < b ? -1 : 1))
			.slice(0, mostRows)
			.map(([name, amounts]) => ({
				value: name,
				...amounts,
				previous: rowsBefore.get(name) ?? nothing,
				condition: whoCame(by, name, period),
			})),
	};
}

const nothing = {
	visits: 0,
	pages: 0,
	visitors: 0,
	newcomers: 0,
	orders: 0,
	revenue: 0,
	conversions: 0,
	convertedRevenue: 0,
};

function originsOf(visits: readonly Amounts[], orders: readonly Amounts[]) {
	const all = new Map<string, typeof nothing>();
	for (const { value, amounts } of visits) {
		const [came, pages, visitors, newcomers] = amounts;
		all.set(value, { ...nothing, visits: came, pages, visitors, newcomers });
	}
	for (const { value, amounts } of orders) {
		const [count, revenue, conversions, converted] = amounts;
		const known = all.get(value) ?? nothing;
		const money = { revenue: revenue / 100, convertedRevenue: converted / 100 };
		all.set(value, { ...known, orders: count, conversions, ...money });
	}
	return all;
}

async function funnelView(
	db: D1Database,
	site: string,
	experience: string,
	period: Period,
	step: Step,
): Promise<z.infer<typeof schema.FunnelView>> {
	const begins = `${experience}|`;
	const spans = [period, period.previous] as const;
	const asks = [
		...spans.map(
			({ from, to }): Ask => ({ dimension: "experience", hours: hoursOf(from, to), begins, byHour: true }),
		),
		{ dimension: "lost", hours: hoursOf(period.from, period.to), begins } as const,
	];
	const [figures, ...orders] = await db.batch<Rows>([
		figuresOf(db, site, asks),
		...spans.map(({ from, to }) => owedByHour(db, site, experience, from, to)),
	]);
	const [did = [], didBefore = [], lost = []] = amountsOfEach(figures?.results ?? [], asks.length);
	const [owes = [], owedBefore = []] = orders.map(({ results }) => amountsIn(results));
	const now = { done: did.filter(couldGoOn), owed: owes };
	const before = { done: didBefore.filter(couldGoOn), owed: owedBefore };
	const steps = stepsOf(period, step);
	const hourOf = ({ hour }: Amounts) => hour;
	const [done, owed] = [inSteps(steps, now.done, hourOf), inSteps(steps, now.owed, hourOf)];
	const engaged = ["Experience Clicked", "Form Submitted"].map((name) => whoTook(name, experience, period));
	return {
		...told(period),
		experience,
		...funnelOf(now.done, now.owed),
		previous: funnelOf(before.done, before.owed),
		series: steps.map((at, i) => ({ at, ...funnelOf(done[i] ?? [], owed[i] ?? []) })),
		lost: reasonsOf(lost, experience),
		conditions: { shown: whoTook("Experience Shown", experience, period), engaged: { any: engaged } },
	};
}

/** Nobody of those whom it is held out from could. */
const couldGoOn = ({ value }: Amounts) => experienceIn(value).variant !== heldOut;

function funnelOf(done: readonly Amounts[], owed: readonly Amounts[]) {
	const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<
		(typeof outcomes)[number],
		number
	>;
	for (const { value, amounts } of done) {
		const outcome = outcomes.find((one) => one === experienceIn(value).outcome);
		if (outcome) counts[outcome] += amounts[0];
	}
	const sum = (place: 0 | 1 | 2 | 3) => owed.reduce((total, { amounts }) => total + amounts[place], 0);
	return {
		outcomes: counts,
		byClick: { orders: sum(0), revenue: sum(1) / 100 },
		byView: { orders: sum(2), revenue: sum(3) / 100 },
	};
}

/** Why an experience was not what was shown, what was most often first. */
export function reasonsOf(lost: readonly Amounts[], experience: string) {
	return lost
		.flatMap(({ value, amounts }) => {
			const [id, reason = ""] = value.split("|");
			return id === experience ? [{ reason, times: amounts[0] }] : [];
		})
		.sort((a, b) => b.times - a.times || (a.reason < b.reason ? -1 : 1));
}

async function segmentsView(
	env: Env,
	site: string,
	period: Period,
	step: Step,
): Promise<z.infer<typeof schema.SegmentsView>> {
	const db = databaseOf(env, site);
	const [{ segments }, members, { sums, steps }] = await Promise.all([
		definitionsOf(env, site),
		membersOf(db, site),
		seriesOf(db, site, "segment", period, step),
	]);
	const known = new Map(sums.map((one) => [one.value, one]));
	return {
		...told(period),
		segments: segments.map(({ id, name }) => {
			const { amounts: [entered, left] = [0, 0], series = [] } = known.get(id) ?? {};
			return {
				segment: id,
				name,
				people: members.get(id) ?? 0,
				entered,
				left,
				series: steps.map((at, i) => ({ at, entered: series[i]?.[0] ?? 0, left: series[i]?.[1] ?? 0 })),
				condition: whoIsIn(id),
			};
		}),
	};
}

interface Series {
	readonly value: string;
	readonly amounts: readonly [number, number];
	readonly series: readonly (readonly [number, number])[];
}

function sumOf(all: readonly Amounts[]): readonly [number, number] {
	return [
		all.reduce((total, { amounts }) => total + amounts[0], 0),
		all.reduce((total, { amounts }) => total + amounts[1], 0),
	];
}

/** The first two amounts of each value of a dimension, altogether and in steps. */
async function seriesOf(
	db: D1Database,
	site: string,
	dimension: "segment" | "score" | "pool",
	period: Period,
	step: Step,
): Promise<{ readonly sums: readonly Series[]; readonly steps: readonly number[] }> {
	const { results } = await figuresOf(db, site, [
		{ dimension, hours: hoursOf(period.from, period.to), byHour: true },
	]).all<Rows>();
	const steps = stepsOf(period, step);
	const byValue = Map.groupBy(amountsIn(results), ({ value }) => value);
	const sums = Array.from(byValue, ([value, all]): Series => {
		return { value, amounts: sumOf(all), series: inSteps(steps, all, ({ hour }) => hour).map(sumOf) };
	});
	return { sums, steps };
}
