// How segments and the score grew, day by day: as they were counted at the end of each day, and today as they are now.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { definitionsOf } from "../data/sites.ts";
import { countDays, keepSizes, scoreBands, sizesBetween, sizesNow } from "../data/sizes.ts";
import { dayIn, daysAfter } from "../domain/calendar.ts";
import { own } from "../domain/keyed.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { PeriodQuery, type SizesView } from "../protocol/figure.schema.ts";
import { whoHas } from "./behind.ts";
import { csvOf } from "./csv.ts";
import { periodOf, usualZone } from "./days.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery, siteUnknown } from "./request.ts";

export const sizeRoutes = new Hono<{ Bindings: AdminEnv }>().get(
	"/:site/figures/sizes",
	reads("analyst"),
	async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), PeriodQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const { from, until } = period.days;
		const db = databaseOf(env, site);
		const today = dayIn(period.timeZone)(period.now);
		const [{ segments }, kept, now] = await asked(
			Promise.all([
				definitionsOf(env, site),
				sizesBetween(db, site, daysAfter(from, -1), until),
				sizesNow(db, site),
			]),
		);
		// So that there is a beginning before the first hour strikes.
		if (until >= today && !kept.has(today)) await asked(keepSizes(db, site, today, period.now, now));
		const days: string[] = [];
		for (let day = from; day <= until; day = daysAfter(day, 1)) days.push(day);
		const at = (day: string) => (day === today ? now : kept.get(day));
		const told = (of: "segments" | "scores", id: string) => {
			const on = (day: string) => {
				const sizes = at(day);
				return sizes ? (own(sizes[of], id) ?? 0) : null;
			};
			return { people: own(now[of], id) ?? 0, before: on(daysAfter(from, -1)), sizes: days.map(on) };
		};
		const view: z.infer<typeof SizesView> = {
			from,
			until,
			timeZone: period.timeZone,
			days,
			segments: segments.map(({ id, name }) => ({ segment: id, name, ...told("segments", id) })),
			scores: scoreBands.map((least) => {
				const below = scoreBands.find((one) => one > least) ?? null;
				return { least, below, ...told("scores", String(least)), condition: whoHas(least, below) };
			}),
		};
		if (parsed.value.format === "json") return context.json(view);
		const rows = days.map((day, i) => ({
			day,
			...Object.fromEntries(view.segments.map(({ segment, sizes }) => [segment, sizes[i]])),
			...Object.fromEntries(view.scores.map(({ least, sizes }) => [`points.${least}`, sizes[i]])),
		}));
		return csvOf(`${site}-sizes`, period.days, rows);
	},
);

/** Every hour, by the clock of the platform. */
export function countSizes(env: AdminEnv, now: number): Promise<void> {
	return countDays(databaseOf(env, ""), now, usualZone, (_, error) => logFault("sizes", error));
}
