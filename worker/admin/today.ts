// How today goes, beside yesterday and the day a week ago until the same time; and what somebody should look at.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { conflictsWaiting } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { type Amounts, amountsIn, figuresBy, hoursOf, isOlderThan } from "../data/figures.ts";
import { membersOf } from "../data/segments.ts";
import { publicationOf } from "../data/sites.ts";
import { beginningOf, dayIn, daysAfter, sameTimeOn } from "../domain/calendar.ts";
import { experienceIn } from "../domain/figure.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logWarning } from "../platform/log.ts";
import { catalogueOf, cellOf, siteOf } from "../platform/name.ts";
import type { Need, Needs, TodayView } from "../protocol/figure.schema.ts";
import { clockOf, inSteps, stepsOf } from "./days.ts";
import { reasonsOf } from "./figures.ts";
import { reads } from "./policy.ts";
import { asked, siteUnknown } from "./request.ts";
import { hourlyOf, totalsIn, totalsOf } from "./totals.ts";

const hourMs = 3_600_000;
/** What came to nothing for so long is told. */
const quietDays = 7;
/** More cells are not asked, whoever has them: each is a call. */
const mostCells = 50;

type NeedView = z.infer<typeof Need>;
type Rows = Record<string, string | number | null>;

export const todayRoutes = new Hono<{ Bindings: AdminEnv }>()
	.get("/:site/today", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const clock = await clockOf(context.env, site);
		if (!clock) return context.json(siteUnknown, 404);
		return context.json(await asked(todayView(databaseOf(context.env, site), site, clock)));
	})
	.get("/:site/needs", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const clock = await clockOf(context.env, site);
		if (!clock) return context.json(siteUnknown, 404);
		const needs = await Promise.all([
			asked(quiet(context.env, site, clock.now)),
			stocks(context.env, site),
			cellsNeed(context.env, site),
		]);
		return context.json({ needs: needs.flat() } satisfies z.infer<typeof Needs>);
	});

export async function todayView(
	db: D1Database,
	site: string,
	{ timeZone, now }: { readonly timeZone: string; readonly now: number },
): Promise<z.infer<typeof TodayView>> {
	const day = dayIn(timeZone)(now);
	const from = beginningOf(day, timeZone);
	const until = async (begins: number, to: number) => {
		const hours = { from: Math.floor(begins / hourMs), to: Math.floor(to / hourMs) + 1 };
		return { to, hourly: await hourlyOf(db, site, { from: begins, to }, undefined, hours) };
	};
	const before = async (days: number) => {
		const then = daysAfter(day, -days);
		const { to, hourly } = await until(beginningOf(then, timeZone), sameTimeOn(then, now, timeZone));
		const last = Math.floor(to / hourMs);
		return totalsOf(hourly, (hour) => (hour === last ? (to % hourMs) / hourMs : 1));
	};
	const [today, yesterday, weekAgo] = await Promise.all([until(from, now), before(1), before(7)]);
	const ends = beginningOf(daysAfter(day, 1), timeZone);
	const steps = stepsOf({ from, to: ends, days: { from: day, until: day }, timeZone }, "hour");
	const share = (all: readonly Amounts[]) => inSteps(steps, all, ({ hour }) => hour);
	return {
		now,
		timeZone,
		today: totalsOf(today.hourly),
		yesterday,
		weekAgo,
		series: [...totalsIn(today.hourly, steps, share)],
	};
}

/** Segments that nobody came into, and experiences that are never what is shown. */
async function quiet(env: AdminEnv, site: string, now: number): Promise<readonly NeedView[]> {
	const db = databaseOf(env, site);
	const hours = hoursOf(now - quietDays * 24 * hourMs, now + hourMs);
	const published = await publicationOf(env, site);
	// What has only just begun has shown nothing yet.
	if (!published || !(await isOlderThan(db, site, hours.from))) return [];
	const [members, answers, waiting] = await Promise.all([
		membersOf(db, site),
		db.batch<Rows>(
			(["segment", "experience", "lost"] as const).map((dimension) => figuresBy(db, site, dimension, hours)),
		),
		conflictsWaiting(db, site),
	]);
	const [entered = [], done = [], lost = []] = answers.map(({ results }) => amountsIn(results));
	const { segments, experiences } = published.definitions;
	const isEntered = new Set(entered.flatMap(({ value, amounts }) => (amounts[0] > 0 ? [value] : [])));
	const isShown = new Set(
		done.flatMap(({ value, amounts }) => {
			const { experience, outcome } = experienceIn(value);
			return outcome === "shown" && amounts[0] > 0 ? [experience] : [];
		}),
	);
	const empty = segments
		.filter(({ id }) => !isEntered.has(id) && (members.get(id) ?? 0) === 0)
		.map(({ id, name }): NeedView => {
			const waits = experiences.filter(({ segment }) => segment === id).map((one) => one.id);
			return { kind: "segment-empty", segment: id, name, days: quietDays, experiences: waits };
		});
	const never = experiences
		.filter(({ id, schedule: { from = 0, until = now } }) => !isShown.has(id) && from <= now && now <= until)
		.map(({ id, name }): NeedView => {
			const reasons = reasonsOf(lost, id);
			return { kind: "experience-never-shown", experience: id, name, days: quietDays, lost: reasons };
		});
	const conflicts: readonly NeedView[] = waiting > 0 ? [{ kind: "conflicts", waiting }] : [];
	return [...empty, ...never, ...conflicts];
}

async function stocks(env: AdminEnv, site: string): Promise<readonly NeedView[]> {
	const [pools, { run }] = await Promise.all([siteOf(env, site).coupons(), catalogueOf(env, site).feed()]);
	const low = pools
		.filter(({ isLow }) => isLow)
		.map(({ pool, codes, left }): NeedView => ({ kind: "pool-low", pool, codes, left }));
	if (run?.status !== "failed" && run?.status !== "suspicious") return low;
	const at = run.endedAt ?? run.startedAt;
	return [...low, { kind: "feed-failed", at, fault: run.fault?.is ?? run.status }];
}

async function cellsNeed(env: AdminEnv, site: string): Promise<readonly NeedView[]> {
	const stub = siteOf(env, site);
	const [cells, behind, revision] = await Promise.all([stub.cells(), stub.behind(), stub.revision()]);
	const dead = await Promise.all(
		cells.slice(0, mostCells).map(async (cell): Promise<NeedView[]> => {
			try {
				const rows = await cellOf(env, site, cell).dead();
				return rows > 0 ? [{ kind: "rows-set-aside", cell, rows }] : [];
			} catch (error) {
				// A cell that cannot be asked now is asked when somebody looks again.
				logWarning("needs", { cell, message: error instanceof Error ? error.message : "unknown" });
				return [];
			}
		}),
	);
	const waits: readonly NeedView[] =
		behind.length > 0 ? [{ kind: "publication-waits", revision, cells: [...behind] }] : [];
	return [...dead.flat(), ...waits];
}
