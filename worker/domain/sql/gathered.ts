// What is read over all of a person's parts, as `read` in person.ts does it: each once for a person, as a column of `f`.

import type { Gathered } from "../fields.ts";
import { numberAttribute, textAttribute } from "./attribute.ts";
import { countingInterests } from "./interest.ts";
import { boughtProducts, cartNow, countingOrders } from "./order.ts";
import { partsOf } from "./source.ts";

/** A query of one value, by the name of the column. */
export const gathered: Readonly<Record<Gathered, string>> = {
	environment: stamped("environment", "DESC"),
	firstTouch: stamped("firstTouch", "ASC"),
	lastTouch: stamped("lastTouch", "DESC"),
	score: `SELECT coalesce(sum(q.score), 0) ${partsOf}`,
	visits: `SELECT coalesce(sum(q.visits), 0) ${partsOf}`,
	firstSeenAt: `SELECT min(q.first_seen_at) ${partsOf}`,
	lastSeenAt: `SELECT max(q.last_seen_at) ${partsOf}`,
	emailDomain: `SELECT nullif(substr(t, instr(t, '@') + 1), '') FROM (SELECT ${textAttribute("email")} AS t)
		WHERE instr(t, '@') > 0`,
	"whereabouts.country": whereabouts("country"),
	"whereabouts.region": whereabouts("region"),
	"whereabouts.city": whereabouts("city"),
	place: `SELECT coalesce(${pair(numberAttribute("latitude"), numberAttribute("longitude"))},
		${pair(numberAttribute("delivery.latitude"), numberAttribute("delivery.longitude"))},
		(SELECT '[' || (e -> '$.value.latitude') || ',' || (e -> '$.value.longitude') || ']'
			FROM (SELECT ${lastEnvironment()} AS e)))`,
	orders: countingOrders,
	cart: cartNow,
	bought: boughtProducts,
	"interests.category": countingInterests("category"),
	"interests.brand": countingInterests("brand"),
};

function stamped(name: "environment" | "firstTouch" | "lastTouch", order: "ASC" | "DESC"): string {
	const stamp = (member: string): string => `q.facts ->> '$.${name}.${member}'`;
	const ordered = `ORDER BY ${stamp("at")} ${order}, ${stamp("id")} ${order} LIMIT 1`;
	return `SELECT jsonb_extract(q.facts, '$.${name}') ${partsOf} AND ${stamp("at")} IS NOT NULL ${ordered}`;
}

function lastEnvironment(): string {
	return `(${stamped("environment", "DESC")})`;
}

/** As `coordinatesOf` in fields.ts, as JSON: NULL where one of the two is missing. Most people have no first. */
function pair(latitude: string, longitude: string): string {
	return `(SELECT '[' || y || ',' || ${longitude} || ']' FROM (SELECT ${latitude} AS y) WHERE y IS NOT NULL)`;
}

/** The first of the three that is a text. */
function whereabouts(member: "country" | "region" | "city"): string {
	const seen = `(SELECT coalesce(e ->> '$.folded.${member}', e ->> '$.value.${member}')
		FROM (SELECT ${lastEnvironment()} AS e))`;
	return `SELECT coalesce(${textAttribute(member)}, ${textAttribute(`delivery.${member}`)}, ${seen})`;
}
