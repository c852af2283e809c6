// How many contacts each segment has and how many have how many points, kept for each day of a site's zone.

import { dayIn } from "../domain/calendar.ts";
import { membersOf } from "./segments.ts";

/** The least points of each band; below the first are all who have none. */
export const scoreBands = [0, 1, 10, 25, 50, 100, 250] as const;

export interface Sizes {
	/** By id. */
	readonly segments: Readonly<Record<string, number>>;
	/** By the least points of a band. */
	readonly scores: Readonly<Record<string, number>>;
}

const statements = {
	scores: `SELECT CASE ${scoreBands
		.toReversed()
		.map((from) => (from === 0 ? "ELSE 0" : `WHEN score >= ${from} THEN ${from}`))
		.join(" ")} END AS band, count(*) AS n
		FROM (SELECT (SELECT coalesce(sum(q.score), 0) FROM parts q INDEXED BY parts_of_person
				WHERE q.site = ?1 AND q.person = p.id) AS score
			FROM people p WHERE p.site = ?1 AND p.retention_ms IS NULL)
		GROUP BY 1`,
	/** Of two counts of a day the later stays. */
	keep: `INSERT INTO sizes (site, day, at, counts) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (site, day) DO UPDATE SET at = excluded.at, counts = excluded.counts WHERE excluded.at > sizes.at`,
	between: "SELECT day, counts FROM sizes WHERE site = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day",
	sites: `SELECT sites.id AS site, (SELECT max(day) FROM sizes WHERE sizes.site = sites.id) AS last,
			(SELECT r.body ->> '$.timeZone' FROM definitions d JOIN revisions r
				ON r.site = d.site AND r.kind = d.kind AND r.id = d.id AND r.version = d.version
				WHERE d.site = sites.id AND d.kind = 'settings' AND d.id = 'settings') AS timeZone
		FROM sites WHERE sites.id > ?1 ORDER BY sites.id LIMIT ?2`,
} as const;

/** As they are now. */
export async function sizesNow(db: D1Database, site: string): Promise<Sizes> {
	const [segments, scores] = await Promise.all([
		membersOf(db, site),
		db.prepare(statements.scores).bind(site).all<{ band: number; n: number }>(),
	]);
	return {
		segments: Object.fromEntries(segments),
		scores: Object.fromEntries(scores.results.map(({ band, n }) => [band, n])),
	};
}

export async function keepSizes(
	db: D1Database,
	site: string,
	day: string,
	at: number,
	sizes: Sizes,
): Promise<void> {
	await db.prepare(statements.keep).bind(site, day, at, JSON.stringify(sizes)).run();
}

/** By day, both included; days on which nobody counted are not among them. */
export async function sizesBetween(
	db: D1Database,
	site: string,
	from: string,
	until: string,
): Promise<ReadonlyMap<string, Sizes>> {
	const { results } = await db
		.prepare(statements.between)
		.bind(site, from, until)
		.all<{ day: string; counts: string }>();
	return new Map(results.map(({ day, counts }) => [day, JSON.parse(counts)]));
}

const sitesAtOnce = 200;

/**
 * Counts for every site whose day has not been counted yet, and once more in its last hour. Asked every hour, the last
 * count of a day is that of its end; missed once, the day still has one.
 */
export async function countDays(
	db: D1Database,
	now: number,
	usualZone: string,
	onFault: (site: string, error: unknown) => void,
): Promise<void> {
	for (let after = ""; ; ) {
		const { results } = await db
			.prepare(statements.sites)
			.bind(after, sitesAtOnce)
			.all<{ site: string; last: string | null; timeZone: string | null }>();
		for (const { site, last, timeZone } of results) {
			const dayOf = dayIn(timeZone ?? usualZone);
			const day = dayOf(now);
			const isEnding = dayOf(now + hourMs) !== day;
			if (last === day && !isEnding) continue;
			try {
				await keepSizes(db, site, day, now, await sizesNow(db, site));
			} catch (error) {
				// One site's trouble is no reason to leave the others uncounted.
				onFault(site, error);
			}
		}
		if (results.length < sitesAtOnce) return;
		after = results.at(-1)?.site ?? after;
	}
}

const hourMs = 3_600_000;
