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

/** What was counted of a dimension in some hours: of all its values, of one alone, or of those that begin so. */
export interface Ask {
	readonly dimension: Dimension;
	readonly hours: Hours;
	readonly value?: string;
	readonly begins?: string;
	/** Hour by hour, instead of the sum of them. */
	readonly byHour?: boolean;
}

/** ?2 `Ask`s as JSON. */
const asks = `asks AS MATERIALIZED (
	SELECT key AS ask, value ->> 'dimension' AS dimension, '"' || (value ->> 'dimension') || '"' AS mark,
		value ->> '$.hours.from' AS since, value ->> '$.hours.to' AS until, value ->> 'value' AS value,
		value ->> 'begins' AS begins, coalesce(value ->> 'byHour', 0) AS by_hour
	FROM json_each(?2))`;

// Texts are put together by functions, so that what writes figures does not carry along what reads them.

/** Asked of each name before it is summed up: of thousands few may be meant. */
const isMeant = (name: string) =>
	`(s.value IS NULL OR ${name} = s.value) AND (s.begins IS NULL OR substr(${name}, 1, length(s.begins)) = s.begins)`;

/** What is counted already, which is little to read: a row for each hour. */
const settled = (): string => `SELECT s.ask, iif(s.by_hour, f.hour, 0) AS hour, c.key AS name,
		c.value ->> 0 AS a, c.value ->> 1 AS b, c.value ->> 2 AS c, c.value ->> 3 AS d
	FROM asks s CROSS JOIN figures f CROSS JOIN json_each(f.counts, '$.' || s.dimension) c
	WHERE f.site = ?1 AND f.hour >= s.since AND f.hour < s.until AND ${isMeant("c.key")}`;

/**
 * What stands in the rows of anonymous visits still, of which there are those of some hours. To look into each is what takes
 * long: so it is done once, whatever is asked, not at all for what began when all of it was over, and no count is parsed
 * that has nothing of a dimension in it.
 */
const standing = (): string => `SELECT s.ask, iif(s.by_hour, c.value ->> 0, 0), c.value ->> 2,
		c.value ->> 3, c.value ->> 4, c.value ->> 5, c.value ->> 6
	FROM (SELECT counts FROM arrivals WHERE site = ?1 AND at < (SELECT max(until) + 1 FROM asks) * 3600000
			AND last_at >= (SELECT min(since) FROM asks) * 3600000
			AND EXISTS (SELECT 1 FROM asks WHERE instr(counts, mark))) a
		CROSS JOIN json_each(a.counts) c CROSS JOIN asks s
	WHERE instr(c.value, s.mark) AND c.value ->> 1 = s.dimension AND c.value ->> 0 >= s.since
		AND c.value ->> 0 < s.until AND ${isMeant("c.value ->> 2")}`;

const summedUp = (told: string) =>
	`WITH ${asks} SELECT ask, hour, name, sum(a) AS a, sum(b) AS b, sum(c) AS c, sum(d) AS d FROM (${told}) GROUP BY 1, 2, 3`;

/** One row for each value of each ask, or for each of its hours too. */
export function figuresOf(db: D1Database, site: string, all: readonly Ask[]): D1PreparedStatement {
	return db.prepare(summedUp(`${settled()} UNION ALL ${standing()}`)).bind(site, JSON.stringify(all));
}

/** The same without what anonymous visits came to that are not over: never more than that, and for little. */
export function settledFiguresOf(db: D1Database, site: string, all: readonly Ask[]): D1PreparedStatement {
	return db.prepare(summedUp(settled())).bind(site, JSON.stringify(all));
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

/** What is answered to each of so many asks. */
export function amountsOfEach(
	rows: readonly Readonly<Record<string, string | number | null>>[],
	asks: number,
): readonly (readonly Amounts[])[] {
	return Array.from({ length: asks }, (_, ask) => amountsIn(rows.filter((row) => row.ask === ask)));
}

/** What all of these answer, where one thing was asked. */
export function amountsIn(
	rows: readonly Readonly<Record<string, string | number | null>>[],
): readonly Amounts[] {
	return rows.map(({ hour, name, a, b, c, d }) => ({
		hour: Number(hour ?? 0),
		value: String(name),
		amounts: [Number(a), Number(b), Number(c), Number(d)],
	}));
}
