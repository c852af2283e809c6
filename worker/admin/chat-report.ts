// What the live chat came to over days: for whoever looks after those who answer.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { type ChatFigures, chatFiguresBy, noChats, type Span } from "../data/chat-figures.ts";
import { databaseOf } from "../data/database.ts";
import { daysAfter } from "../domain/calendar.ts";
import type { AdminEnv } from "../platform/env.ts";
import { type ChatReport, ChatReportQuery } from "../protocol/chat-report.schema.ts";
import type { AdminHono } from "./actor.ts";
import { whoTalked, whoWasAnsweredBy } from "./behind.ts";
import { csvOf } from "./csv.ts";
import { periodOf, stepsOf } from "./days.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery, siteUnknown } from "./request.ts";
import { whoAmong } from "./who.ts";

const hourMs = 3_600_000;

export const chatReportRoutes = new Hono<AdminHono>().get(
	"/:site/reports/chat",
	reads("analyst"),
	async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), ChatReportQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const period = await periodOf(env, site, parsed.value);
		if (!period) return context.json(siteUnknown, 404);
		const db = databaseOf(env, site);
		const whole: Span = [period.from, period.to];
		const hours = stepsOf(period, "hour").map((at): Span => [at, Math.min(at + hourMs, period.to)]);
		const [[total], days, agents, begun] = await Promise.all([
			asked(chatFiguresBy(db, site, "span", [whole])),
			asked(chatFiguresBy(db, site, "span", spansOf(stepsOf(period, "day"), period.to))),
			answerers(env, site, whole),
			asked(chatFiguresBy(db, site, "span", hours)),
		]);
		const byDay = new Map(days.map((one) => [one.of, one]));
		const { from, until } = period.days;
		const view = {
			from,
			until,
			total: {
				...shownFigures(total ?? noChats),
				stars: [...(total ?? noChats).stars],
				condition: whoTalked(period),
			},
			days: daysBetween(from, until).map((day, n) => ({ day, ...shownFigures(byDay.get(n) ?? noChats) })),
			agents: agents.map((one) => ({ ...one, condition: whoWasAnsweredBy(one.agent, period) })),
			hours: byHourOfDay(
				begun.map(({ of, conversations }) => [hours[Number(of)]?.[0] ?? 0, conversations]),
				period.timeZone,
			),
		} satisfies z.infer<typeof ChatReport>;
		const { format, of } = parsed.value;
		return format === "csv" ? csvOf(`${site}-chat-${of}`, period.days, view[of]) : context.json(view);
	},
);

/** Who answered first in conversations that began in the span, whoever answered most first. */
export async function answerers(env: AdminEnv, site: string, span: Span) {
	const agents = await asked(chatFiguresBy(databaseOf(env, site), site, "agent", [span]));
	const names = await whoAmong(
		env,
		agents.map(({ of }) => String(of)),
	);
	return agents
		.toSorted((a, b) => b.answered - a.answered)
		.map((one) => ({
			agent: String(one.of),
			name: names(String(one.of)).name ?? String(one.of),
			...shownFigures(one),
		}));
}

/** From each instant to the next, and from the last to the end. */
function spansOf(starts: readonly number[], end: number): readonly Span[] {
	return starts.map((from, n) => [from, starts[n + 1] ?? end]);
}

function daysBetween(from: string, until: string): readonly string[] {
	const days: string[] = [];
	for (let day = from; day <= until; day = daysAfter(day, 1)) days.push(day);
	return days;
}

export function shownFigures({ conversations, answered, medianMs, p90Ms, stars }: Omit<ChatFigures, "of">) {
	const rated = stars.reduce((sum, n) => sum + n, 0);
	const points = stars.reduce((sum, n, place) => sum + n * (place + 1), 0);
	return {
		conversations,
		answered,
		firstAnswerMs: { median: medianMs, p90: p90Ms },
		rated,
		rating: rated === 0 ? null : points / rated,
	};
}

function byHourOfDay(begun: readonly (readonly [at: number, n: number])[], timeZone: string): number[] {
	const hourOf = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
	const hours = new Array<number>(24).fill(0);
	for (const [at, n] of begun) {
		const hour = Number(hourOf.format(at));
		hours[hour] = (hours[hour] ?? 0) + n;
	}
	return hours;
}
