// How today goes, beside yesterday and the day a week ago until the same time; and what somebody should look at.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { conflictsWaiting } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import {
	type Amounts,
	type Ask,
	amountsOfEach,
	figuresOf,
	hoursOf,
	isOlderThan,
	settledFiguresOf,
} from "../data/figures.ts";
import { hereNow } from "../data/live.ts";
import { membersOf } from "../data/segments.ts";
import { publicationOf } from "../data/sites.ts";
import { beginningOf, dayIn, daysAfter, sameTimeOn } from "../domain/calendar.ts";
import { type Dimension, experienceIn } from "../domain/figure.ts";
import type { AdminEnv } from "../platform/env.ts";
import { logWarning } from "../platform/log.ts";
import { catalogueOf, cellOf, siteOf } from "../platform/name.ts";
import type { Need, Needs, TodayView } from "../protocol/figure.schema.ts";
import { clockOf, inSteps, type Span, stepsOf } from "./days.ts";
import { reasonsOf } from "./figures.ts";
import { reads } from "./policy.ts";
import { asked, siteUnknown } from "./request.ts";
import { type Hourly, hourlyOf, totalsIn, totalsOf } from "./totals.ts";

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
			asked(conflicts(context.env, site)),
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
	const [dayBefore, dayOfWeekAgo] = [daysAfter(day, -1), daysAfter(day, -7)];
	const whole = (of: string): Span => ({
		from: beginningOf(of, timeZone),
		to: beginningOf(daysAfter(of, 1), timeZone),
	});
	const until = (of: string, to: number) => {
		const { from } = whole(of);
		return { from, to, hours: { from: Math.floor(from / hourMs), to: Math.floor(to / hourMs) + 1 } };
	};
	const today = until(day, now);
	const yesterday = until(dayBefore, sameTimeOn(dayBefore, now, timeZone));
	const weekAgo = until(dayOfWeekAgo, sameTimeOn(dayOfWeekAgo, now, timeZone));
	const { hours } = today;
	const [told, here] = await Promise.all([
		hourlyOf(
			db,
			site,
			{ today, yesterday, weekAgo, wholeYesterday: whole(dayBefore), wholeWeekAgo: whole(dayOfWeekAgo) },
			{ channels: { dimension: "channel", hours }, experiences: { dimension: "experience", hours } },
		),
		hereNow(db, site, now),
	]);
	const sameTime = ({ to }: Span, hourly: Hourly) => {
		const last = Math.floor(to / hourMs);
		return totalsOf(hourly, (hour) => (hour === last ? (to % hourMs) / hourMs : 1));
	};
	const byHour = (of: string, hourly: Hourly) => {
		const steps = stepsOf({ ...whole(of), days: { from: of, until: of }, timeZone }, "hour");
		return [...totalsIn(hourly, steps, (all) => inSteps(steps, all, ({ hour }) => hour))];
	};
	return {
		now,
		timeZone,
		here,
		today: totalsOf(told.today),
		yesterday: sameTime(yesterday, told.yesterday),
		weekAgo: sameTime(weekAgo, told.weekAgo),
		series: byHour(day, told.today),
		before: {
			yesterday: byHour(dayBefore, told.wholeYesterday),
			weekAgo: byHour(dayOfWeekAgo, told.wholeWeekAgo),
		},
		channels: told.channels
			.map(({ value, amounts: [visits] }) => ({ channel: value, visits }))
			.sort((a, b) => b.visits - a.visits || (a.channel < b.channel ? -1 : 1)),
		experiences: shownIn(told.experiences),
	};
}

/** How often each was shown, most often first, and what came of it. */
function shownIn(counted: readonly Amounts[]) {
	const times = (all: readonly Amounts[], outcomes: readonly string[]) =>
		all
			.filter(({ value }) => outcomes.includes(experienceIn(value).outcome))
			.reduce((total, { amounts }) => total + amounts[0], 0);
	const each = Map.groupBy(counted, ({ value }) => experienceIn(value).experience);
	return Array.from(each, ([experience, all]) => ({
		experience,
		shown: times(all, ["shown"]),
		reactions: times(all, ["clicked", "submitted"]),
	}))
		.filter(({ shown }) => shown > 0)
		.sort((a, b) => b.shown - a.shown || (a.experience < b.experience ? -1 : 1));
}

/** Segments that nobody came into, and experiences that are never what is shown. */
async function quiet(env: AdminEnv, site: string, now: number): Promise<readonly NeedView[]> {
	const db = databaseOf(env, site);
	const hours = hoursOf(now - quietDays * 24 * hourMs, now + hourMs);
	const published = await publicationOf(env, site);
	// What has only just begun has shown nothing yet.
	if (!published || !(await isOlderThan(db, site, hours.from))) return [];
	const { segments, experiences } = published.definitions;
	const begun = experiences.filter(({ schedule: { from = 0, until = now } }) => from <= now && now <= until);
	const isEntered = new Set<string>();
	const isShown = new Set<string>();
	const note = ([entered = [], done = []]: readonly (readonly Amounts[])[]) => {
		for (const { value, amounts } of entered) if (amounts[0] > 0) isEntered.add(value);
		for (const { value, amounts } of done) {
			const { experience, outcome } = experienceIn(value);
			if (outcome === "shown" && amounts[0] > 0) isShown.add(experience);
		}
	};
	const of = (dimension: Dimension): Ask => ({ dimension, hours });
	const asks = [of("segment"), of("experience")];
	const { results } = await settledFiguresOf(db, site, asks).all<Rows>();
	note(amountsOfEach(results, asks.length));
	const unseen = () => begun.filter(({ id }) => !isShown.has(id));
	const idle = segments.filter(({ id }) => !isEntered.has(id));
	const members = idle.length > 0 ? await membersOf(db, site) : new Map<string, number>();
	const alone = idle.filter(({ id }) => (members.get(id) ?? 0) === 0);
	// To count what anonymous visitors do now takes long, and mostly what is settled says enough.
	if (alone.length === 0 && unseen().length === 0) return [];
	const all = await figuresOf(db, site, [...asks, of("lost")]).all<Rows>();
	const [entered = [], done = [], lost = []] = amountsOfEach(all.results, asks.length + 1);
	note([entered, done]);
	const empty = alone
		.filter(({ id }) => !isEntered.has(id))
		.map(({ id, name }): NeedView => {
			const waits = experiences.filter(({ segment }) => segment === id).map((one) => one.id);
			return { kind: "segment-empty", segment: id, name, days: quietDays, experiences: waits };
		});
	const never = unseen().map(({ id, name }): NeedView => {
		const reasons = reasonsOf(lost, id);
		return { kind: "experience-never-shown", experience: id, name, days: quietDays, lost: reasons };
	});
	return [...empty, ...never];
}

async function conflicts(env: AdminEnv, site: string): Promise<readonly NeedView[]> {
	const waiting = await conflictsWaiting(databaseOf(env, site), site);
	return waiting > 0 ? [{ kind: "conflicts", waiting }] : [];
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
