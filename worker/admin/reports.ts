// What experiences came to: how often each was offered, shown and answered to, and what was ordered because of it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { experienceReport, type Owed, productReport } from "../data/reports.ts";
import { outcomes } from "../domain/figure.ts";
import { own } from "../domain/keyed.ts";
import type { AdminEnv } from "../platform/env.ts";
import { catalogueOf } from "../platform/name.ts";
import { type ExperienceReport, type ProductReport, ReportQuery } from "../protocol/report.schema.ts";
import { csvOf } from "./csv.ts";
import { periodOf } from "./days.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery, siteUnknown } from "./request.ts";

const mostProducts = 1_000;

export const reportRoutes = new Hono<{ Bindings: AdminEnv }>()
	.get("/:site/reports/experiences", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), ReportQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const { editions, total, unowed } = await asked(
			experienceReport(databaseOf(context.env, site), site, period.from, period.to),
		);
		const view = {
			...period.days,
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
		} satisfies z.infer<typeof ExperienceReport>;
		return parsed.value.format === "csv"
			? csvOf(`${site}-experiences`, period.days, view.experiences)
			: context.json(view);
	})
	.get("/:site/reports/products", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), ReportQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(context.env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const products = await asked(
			productReport(databaseOf(context.env, site), site, period.from, period.to, mostProducts),
		);
		const names = await catalogueOf(context.env, site).names(products.map(({ product }) => product));
		const view = {
			...period.days,
			products: products.map(({ hundredths, ...product }) => ({
				...product,
				name: own(names, product.product) ?? null,
				revenue: hundredths / 100,
			})),
		} satisfies z.infer<typeof ProductReport>;
		return parsed.value.format === "csv"
			? csvOf(`${site}-products`, period.days, view.products)
			: context.json(view);
	});

function shown({ orders, hundredths }: Owed): { orders: number; revenue: number } {
	return { orders, revenue: hundredths / 100 };
}
