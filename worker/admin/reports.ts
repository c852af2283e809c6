// What experiences came to: how often each was offered, shown and answered to, and what was ordered because of it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { experienceReport, type Owed, productReport } from "../data/reports.ts";
import { dayMs, dayOf } from "../domain/calendar.ts";
import { outcomes } from "../domain/report.ts";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { type ExperienceReport, type ProductReport, ReportQuery } from "../protocol/report.schema.ts";
import { asked, parseQuery } from "./request.ts";

const usualDays = 30;
const mostProducts = 1_000;

export const reportRoutes = new Hono<{ Bindings: Env }>()
	.get("/:site/reports/experiences", async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), ReportQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { from, until } = await daysOf(context.env, site, parsed.value);
		const { editions, total, unowed } = await asked(
			experienceReport(databaseOf(context.env, site), site, from, until),
		);
		return context.json({
			...datesOf(from, until),
			experiences: editions.map(({ outcomes: counted, byClick, byView, assisted, tried, ...edition }) => ({
				...edition,
				outcomes: Object.fromEntries(outcomes.map((outcome) => [outcome, counted[outcome] ?? 0])) as Record<
					(typeof outcomes)[number],
					number
				>,
				byClick: shown(byClick),
				byView: shown(byView),
				assisted: shown(assisted),
				tried: shown(tried),
			})),
			total: shown(total),
			unowed: shown(unowed),
		} satisfies z.infer<typeof ExperienceReport>);
	})
	.get("/:site/reports/products", async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), ReportQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { from, until } = await daysOf(context.env, site, parsed.value);
		const products = await asked(
			productReport(databaseOf(context.env, site), site, from, until, mostProducts),
		);
		return context.json({
			...datesOf(from, until),
			products: products.map(({ hundredths, ...product }) => ({ ...product, revenue: hundredths / 100 })),
		} satisfies z.infer<typeof ProductReport>);
	});

/** By the site's own clock, which a developer may have moved. */
async function daysOf(
	env: Env,
	site: string,
	{ from, until }: z.infer<typeof ReportQuery>,
): Promise<{ readonly from: number; readonly until: number }> {
	const last =
		until === undefined
			? dayOf(Date.now() + (await siteOf(env, site).clockOffsetMs()))
			: dayOf(Date.parse(until));
	return { from: from === undefined ? last - usualDays + 1 : dayOf(Date.parse(from)), until: last };
}

function datesOf(from: number, until: number): { readonly from: string; readonly until: string } {
	const date = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
	return { from: date(from), until: date(until) };
}

function shown({ orders, hundredths }: Owed): { orders: number; revenue: number } {
	return { orders, revenue: hundredths / 100 };
}
