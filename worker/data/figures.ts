// What a site's visits come to, hour by hour: taken in with what a cell delivers (intake.ts), and read for reports. What
// anonymous visits come to stands in their own rows until they go; migration 0023 sees to it that it stays then.

import type { Dimension } from "../domain/figure.ts";

/** In the batch of what is counted, and so once for each. ?2 `Count`s as JSON. */
export const addCounts = "INSERT INTO tallies (site, counts) VALUES (?1, ?2)";

/** Hours of UTC since 1970: from <= hour < to. */
export interface Hours {
	readonly from: number;
	readonly to: number;
}

/** The hours in which a time begins and ends; of a zone that is no whole hours from UTC, as near as that goes. */
export function hoursOf(from: number, to: number): Hours {
	return { from: Math.floor(from / 3_600_000), to: Math.floor(to / 3_600_000) };
}

/** Of a dimension's values one alone, or those that begin so. */
export interface Which {
	readonly value?: string;
	readonly begins?: string;
}

/** What was counted of a dimension. ?1 site, ?2 and ?3 hours, ?4 the dimension. */
const told = `SELECT f.hour, c.key AS name, c.value ->> 0 AS a, c.value ->> 1 AS b, c.value ->> 2 AS c, c.value ->> 3 AS d
		FROM figures f, json_each(f.counts, '$.' || ?4) c WHERE f.site = ?1 AND f.hour >= ?2 AND f.hour < ?3
	UNION ALL
	SELECT c.value ->> 0, c.value ->> 2, c.value ->> 3, c.value ->> 4, c.value ->> 5, c.value ->> 6
		-- Not what began when all of it was over, nor what says nothing of the dimension: to look into each is what takes long.
		FROM (SELECT site, last_at, counts FROM arrivals WHERE site = ?1 AND at < (?3 + 1) * 3600000
			AND instr(counts, '"' || ?4 || '"')) a, json_each(a.counts) c
		WHERE a.site = ?1 AND a.last_at >= ?2 * 3600000 AND c.value ->> 1 = ?4 AND c.value ->> 0 >= ?2 AND c.value ->> 0 < ?3`;

/** Asked of each before it is summed up: of thousands of names few may be meant. ?5 and ?6 which. */
function summed(by: string): string {
	return `SELECT ${by}, sum(a) AS a, sum(b) AS b, sum(c) AS c, sum(d) AS d FROM (${told})
		WHERE (?5 IS NULL OR name = ?5) AND (?6 IS NULL OR substr(name, 1, length(?6)) = ?6) GROUP BY ${by}`;
}

/** One row for each value. */
export function figuresBy(
	db: D1Database,
	site: string,
	dimension: Dimension,
	{ from, to }: Hours,
	{ value, begins }: Which = {},
): D1PreparedStatement {
	return db.prepare(summed("name")).bind(site, from, to, dimension, value ?? null, begins ?? null);
}

/** One row for each value and hour. */
export function figuresByHour(
	db: D1Database,
	site: string,
	dimension: Dimension,
	{ from, to }: Hours,
	{ value, begins }: Which = {},
): D1PreparedStatement {
	return db.prepare(summed("hour, name")).bind(site, from, to, dimension, value ?? null, begins ?? null);
}

/** People who became known, as many in each hour. Instants: from <= at < to. */
export function gainedByHour(db: D1Database, site: string, from: number, to: number): D1PreparedStatement {
	const query = `SELECT known_at / 3600000 AS hour, count(*) AS a, 0 AS b, 0 AS c, 0 AS d FROM people
		WHERE site = ?1 AND known_at >= ?2 AND known_at < ?3 GROUP BY 1`;
	return db.prepare(query).bind(site, from, to);
}

export interface Amounts {
	/** 0 where the hours are summed up. */
	readonly hour: number;
	readonly value: string;
	readonly amounts: readonly [number, number, number, number];
}

/** Whether anything was counted before that hour. */
export async function isOlderThan(db: D1Database, site: string, hour: number): Promise<boolean> {
	const query = "SELECT 1 AS is_older FROM figures WHERE site = ?1 AND hour < ?2 LIMIT 1";
	return (await db.prepare(query).bind(site, hour).first("is_older")) !== null;
}

/** What those two answer. */
export function amountsIn(
	rows: readonly Readonly<Record<string, string | number | null>>[],
): readonly Amounts[] {
	return rows.map(({ hour, name, a, b, c, d }) => ({
		hour: Number(hour ?? 0),
		value: String(name),
		amounts: [Number(a), Number(b), Number(c), Number(d)],
	}));
}
