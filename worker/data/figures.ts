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

/** What was counted of a dimension. ?1 site, ?2 and ?3 hours, ?4 the dimension. */
const told = `SELECT f.hour, c.key AS name, c.value ->> 0 AS a, c.value ->> 1 AS b, c.value ->> 2 AS c, c.value ->> 3 AS d
		FROM figures f, json_each(f.counts, '$.' || ?4) c WHERE f.site = ?1 AND f.hour >= ?2 AND f.hour < ?3
	UNION ALL
	SELECT c.value ->> 0, c.value ->> 2, c.value ->> 3, c.value ->> 4, c.value ->> 5, c.value ->> 6
		FROM arrivals a, json_each(a.counts) c
		WHERE a.site = ?1 AND a.last_at >= ?2 * 3600000 AND c.value ->> 1 = ?4 AND c.value ->> 0 >= ?2 AND c.value ->> 0 < ?3`;
const sums = "sum(a) AS a, sum(b) AS b, sum(c) AS c, sum(d) AS d";

/** One row for each value. */
export function figuresBy(
	db: D1Database,
	site: string,
	dimension: Dimension,
	{ from, to }: Hours,
): D1PreparedStatement {
	const query = `SELECT name, ${sums} FROM (${told}) GROUP BY name`;
	return db.prepare(query).bind(site, from, to, dimension);
}

/** One row for each value and hour. */
export function figuresByHour(
	db: D1Database,
	site: string,
	dimension: Dimension,
	{ from, to }: Hours,
): D1PreparedStatement {
	const query = `SELECT hour, name, ${sums} FROM (${told}) GROUP BY hour, name`;
	return db.prepare(query).bind(site, from, to, dimension);
}

export interface Amounts {
	/** 0 where the hours are summed up. */
	readonly hour: number;
	readonly value: string;
	readonly amounts: readonly [number, number, number, number];
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
