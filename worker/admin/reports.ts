// What experiences came to: how often each was offered, shown and answered to, and what was ordered because of it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { heldOf } from "../data/definitions.ts";
import { type EditionReport, experienceReport, type Owed, productReport } from "../data/reports.ts";
import { eventNames } from "../domain/event.ts";
import { outcomes } from "../domain/figure.ts";
import type { Kept } from "../domain/kept.ts";
import { own } from "../domain/keyed.ts";
import type { AdminEnv } from "../platform/env.ts";
import { catalogueOf } from "../platform/name.ts";
import {
	type ExperienceReport,
	type FrameReport,
	type ProductReport,
	ReportQuery,
} from "../protocol/report.schema.ts";
import type { Experience } from "../protocol/site.ts";
import { whoTook, whoTookAny } from "./behind.ts";
import { csvOf } from "./csv.ts";
import { periodOf, type Span } from "./days.ts";
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
	.get("/:site/reports/frames", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), ReportQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const [{ editions }, { definitions }] = await asked(
			Promise.all([experienceReport(databaseOf(env, site), site, period.from, period.to), heldOf(env, site)]),
		);
		const view = {
			...period.days,
			strategies: strategiesOf(editions, definitions, period),
		} satisfies z.infer<typeof FrameReport>;
		const rows = view.strategies.map(({ strategies, frames, conditions: _, ...figures }) => ({
			strategies: strategies.join(" "),
			frames: frames.map(({ experience }) => experience).join(" "),
			...figures,
		}));
		return parsed.value.format === "csv" ? csvOf(`${site}-frames`, period.days, rows) : context.json(view);
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
				condition: whoTook(eventNames.experienceClicked, product.experience, period, product.product),
			})),
		} satisfies z.infer<typeof ProductReport>;
		return parsed.value.format === "csv"
			? csvOf(`${site}-products`, period.days, view.products)
			: context.json(view);
	});

type Strategies = z.infer<typeof FrameReport>["strategies"];

/** Of the frames as they are now: what an older revision asked for is told with what it asks for today. */
function strategiesOf(
	editions: readonly EditionReport[],
	definitions: readonly Kept[],
	span: Span,
): Strategies {
	const frames = new Map(
		definitions.flatMap((kept) => {
			if (kept.kind !== "experience") return [];
			const experience = (kept.live?.body ?? kept.draft) as Experience | null;
			const strategies = experience ? sourcesIn(experience) : [];
			return experience && strategies.length > 0 ? [[kept.id, { name: experience.name, strategies }]] : [];
		}),
	);
	const of = Map.groupBy(
		editions.filter(({ experience }) => frames.has(experience)),
		({ experience }) => frames.get(experience)?.strategies.join(" ") ?? "",
	);
	return Array.from(of.values(), (all): Strategies[number] => {
		const ids = [...new Set(all.map(({ experience }) => experience))];
		const times = (outcome: "shown" | "clicked") =>
			all.reduce((sum, { outcomes: done }) => sum + (done[outcome] ?? 0), 0);
		const owed = (by: "byClick" | "byView") =>
			shown({
				orders: all.reduce((sum, one) => sum + one[by].orders, 0),
				hundredths: all.reduce((sum, one) => sum + one[by].hundredths, 0),
			});
		return {
			strategies: [...(frames.get(ids[0] ?? "")?.strategies ?? [])],
			frames: ids.map((experience) => ({ experience, name: frames.get(experience)?.name ?? experience })),
			shown: times("shown"),
			clicked: times("clicked"),
			byClick: owed("byClick"),
			byView: owed("byView"),
			conditions: {
				shown: whoTookAny(eventNames.experienceShown, ids, span),
				clicked: whoTookAny(eventNames.experienceClicked, ids, span),
			},
		};
	}).sort((a, b) => b.byClick.revenue - a.byClick.revenue || b.clicked - a.clicked || b.shown - a.shown);
}

/** Where the products of an experience come from, in the order in which they are asked; none where it shows none. */
function sourcesIn({ content, variants = [] }: Experience): readonly string[] {
	const contents = [content, ...variants.map((variant) => variant.content)].flatMap((one) =>
		Object.values(one ?? {}),
	);
	const blocks = contents.flatMap((one) => one?.blocks ?? []);
	const sources = blocks.flatMap((block) => (block.kind === "products" ? (block.recipe?.sources ?? []) : []));
	return [...new Set(sources.map(({ by }) => by))];
}

function shown({ orders, hundredths }: Owed): { orders: number; revenue: number } {
	return { orders, revenue: hundredths / 100 };
}
