// What happened between a person and us over all of their parts, latest first and in pages; and how much of it, by day.
// Lapsed details of anonymous visits are refused as history.ts refuses them.

import type { Properties } from "../domain/event.ts";
import { ordered, untimely } from "../domain/facts.ts";
import { readEffect, type StoredEffect } from "../domain/stored.ts";
import { readable } from "./history.ts";

export interface Place {
	readonly at: number;
	readonly id: string;
}

/** Names begin with one of `beginnings`, or with none of them where `isOther`. Instants: from <= at < to. */
export interface TimelineQuery {
	readonly before?: Place;
	readonly from?: number;
	readonly to?: number;
	readonly kind?: { readonly beginnings: readonly string[]; readonly isOther: boolean };
	readonly limit: number;
}

export interface TimelineRow extends Place {
	readonly part: string;
	readonly name: string;
	readonly props: Properties;
	readonly effects: readonly { readonly name: string; readonly props: Properties; readonly rule: string }[];
	/** The rule or segment that time fired, where no event did. */
	readonly cause: string | null;
}

interface Columns extends Place {
	readonly part: string;
	readonly name: string;
	readonly props: string;
	readonly effects: string;
	readonly cause: string | null;
}

/** An event is of a kind by its own name, or by that of something that rules made of it. */
const ofKind = `EXISTS (SELECT 1 FROM json_each(?8) b
	WHERE substr(name, 1, length(b.value)) = b.value OR instr(effects, '"name":"' || b.value) > 0)`;
const isOther = "NOT EXISTS (SELECT 1 FROM json_each(?8) b WHERE substr(name, 1, length(b.value)) = b.value)";

function pageOf(kind: TimelineQuery["kind"]): string {
	const asked = kind === undefined ? "?8 IS NULL" : kind.isOther ? isOther : ofKind;
	return `SELECT part, at, id, name, props, effects, cause FROM events
		WHERE site = ?1 AND part = ?2 AND (at, id) < (?4, ?5) AND at >= ?6 AND at < ?7 AND ${asked} AND ${readable}
		ORDER BY at DESC, id DESC LIMIT ?9`;
}

/** A page, and the place after which the next begins; null on the last. */
export async function timelineOf(
	db: D1Database,
	site: string,
	parts: readonly string[],
	{ before, from = 0, to = Number.MAX_SAFE_INTEGER, kind, limit }: TimelineQuery,
	now: number,
): Promise<{ readonly rows: readonly TimelineRow[]; readonly next: Place | null }> {
	if (parts.length === 0) return { rows: [], next: null };
	const { at, id } = before ?? { at: Number.MAX_SAFE_INTEGER, id: "" };
	const names = kind ? JSON.stringify(kind.beginnings) : null;
	const answers = await db.batch<Columns>(
		parts.map((part) => db.prepare(pageOf(kind)).bind(site, part, now, at, id, from, to, names, limit + 1)),
	);
	const all = answers.flatMap(({ results }) => results).sort(latestFirst);
	const rows = all.slice(0, limit).map(
		({ props, effects, ...row }): TimelineRow => ({
			...row,
			props: JSON.parse(props),
			effects: (JSON.parse(effects) as StoredEffect[]).map(readEffect),
		}),
	);
	const last = rows.at(-1);
	return { rows, next: all.length > limit && last ? { at: last.at, id: last.id } : null };
}

function latestFirst(a: Place, b: Place): number {
	return b.at - a.at || (a.id < b.id ? 1 : -1);
}

/** Notes that were made by hand on these parts, the latest first. */
export async function notesOf(
	db: D1Database,
	site: string,
	parts: readonly string[],
	limit: number,
): Promise<readonly { readonly at: number; readonly text: string }[]> {
	const query = `SELECT at, props ->> 'text' AS text FROM contact_events
		WHERE site = ?1 AND part IN (SELECT value FROM json_each(?2)) AND name = 'Note Added'
		ORDER BY at DESC, id DESC LIMIT ?3`;
	const bound = db.prepare(query).bind(site, JSON.stringify(parts), limit);
	return (await bound.all<{ at: number; text: string }>()).results;
}

export interface PointsRow {
	readonly id: string;
	readonly at: number;
	readonly name: string;
	readonly props: Properties;
	readonly rule: string | null;
	/** The event because of which it is: itself where somebody did it by hand, "clock" where time alone did. */
	readonly event: string;
}

/** Every point of the person with its rule and event, latest first: of one programme, or of the site's own score (null). */
export async function pointsLedgerOf(
	db: D1Database,
	site: string,
	parts: readonly string[],
	programme: string | null,
	{ before, limit }: Pick<TimelineQuery, "before" | "limit">,
	now: number,
): Promise<{ readonly rows: readonly PointsRow[]; readonly next: Place | null }> {
	if (parts.length === 0) return { rows: [], next: null };
	const query = `SELECT id, at, name, props, rule, event FROM ledger
		WHERE site = ?1 AND part = ?2 AND name IN ('Points Earned', 'Points Spent', 'Points Expired')
			AND props ->> 'programme' IS ?6 AND (at, id) < (?4, ?5) AND ${readable} ORDER BY at DESC, id DESC LIMIT ?7`;
	const { at, id } = before ?? { at: Number.MAX_SAFE_INTEGER, id: "" };
	const answers = await db.batch<Omit<PointsRow, "props"> & { readonly props: string }>(
		parts.map((part) => db.prepare(query).bind(site, part, now, at, id, programme, limit + 1)),
	);
	const all = answers.flatMap(({ results }) => results).sort(latestFirst);
	const rows = all.slice(0, limit).map(({ props, ...row }) => ({ ...row, props: JSON.parse(props) }));
	const last = rows.at(-1);
	return { rows, next: all.length > limit && last ? { at: last.at, id: last.id } : null };
}

/** Of one day (after the epoch, of UTC). */
export interface DayOfActivity {
	readonly day: number;
	readonly events: number;
	readonly pages: number;
	readonly visits: number;
}

/** Days on which something was done, by the person or by what their browsers showed. */
export async function activityOf(
	db: D1Database,
	site: string,
	parts: readonly string[],
	from: number,
	now: number,
): Promise<readonly DayOfActivity[]> {
	if (parts.length === 0) return [];
	const events = `SELECT at / 86400000 AS day, count(*) AS events, count(*) FILTER (WHERE name = 'Page Viewed') AS pages,
			0 AS visits FROM events
		WHERE site = ?1 AND part = ?2 AND at >= ?4 AND cause IS NULL AND ${readable} GROUP BY 1`;
	// As the view of all visits has them, which SQLite would work out for everybody before it looks for one part.
	const visits = `SELECT at / 86400000 AS day, 0 AS events, 0 AS pages, count(*) AS visits
		FROM (SELECT at, coalesce(at - lag(at) OVER (ORDER BY at, id) > 1800000, 1) AS begins FROM events
			WHERE site = ?1 AND part = ?2 AND cause IS NULL AND name NOT IN (SELECT value FROM json_each(?5))
				AND (name NOT IN (SELECT value FROM json_each(?6))
					OR (SELECT k.kind FROM parts k WHERE k.site = ?1 AND k.id = ?2) = 'browser'))
		WHERE begins AND at >= ?4 AND ${readable} GROUP BY 1`;
	const outside = [JSON.stringify([...untimely]), JSON.stringify([...ordered])];
	const answers = await db.batch<DayOfActivity>(
		parts.flatMap((part) => [
			db.prepare(events).bind(site, part, now, from),
			db.prepare(visits).bind(site, part, now, from, ...outside),
		]),
	);
	const days = new Map<number, DayOfActivity>();
	for (const one of answers.flatMap(({ results }) => results)) {
		const known = days.get(one.day) ?? { day: one.day, events: 0, pages: 0, visits: 0 };
		days.set(one.day, {
			day: one.day,
			events: known.events + one.events,
			pages: known.pages + one.pages,
			visits: known.visits + one.visits,
		});
	}
	return [...days.values()];
}
