// What is read over all of a person's parts, as `read` in person.ts does it: each once for a person, as a column of `f`.

import type { Gathered } from "../fields.ts";
import { numberAttribute, textAttribute } from "./attribute.ts";
import { countingInterests } from "./interest.ts";
import { boughtProducts, cartNow, countingOrders } from "./order.ts";
import { type OfParts, ofParts, partsOf, stampOf } from "./source.ts";

/** A query of one value, by the name of the column. */
export const gathered: Readonly<Record<Gathered, string>> = {
	environment: ofParts(stamped("environment", "DESC")),
	firstTouch: ofParts(stamped("firstTouch", "ASC")),
	lastTouch: ofParts(stamped("lastTouch", "DESC")),
	score: `SELECT coalesce(sum(q.score), 0) ${partsOf}`,
	visits: `SELECT coalesce(sum(q.visits), 0) ${partsOf}`,
	visitPages: ofParts(latestVisit()),
	firstSeenAt: `SELECT min(q.first_seen_at) ${partsOf}`,
	lastSeenAt: `SELECT max(q.last_seen_at) ${partsOf}`,
	emailDomain: `SELECT nullif(substr(t, instr(t, '@') + 1), '') FROM (SELECT (${ofParts(textAttribute("email"))}) AS t)
		WHERE instr(t, '@') > 0`,
	"whereabouts.country": whereabouts("country"),
	"whereabouts.region": whereabouts("region"),
	"whereabouts.city": whereabouts("city"),
	place: place(),
	orders: countingOrders,
	cart: cartNow,
	bought: boughtProducts,
	"interests.category": countingInterests("category"),
	"interests.brand": countingInterests("brand"),
};

/** The pages of the visit that began last. Parts without a visit come last. */
function latestVisit(): OfParts {
	const [began, ended, pages] = [0, 1, 2].map((place) => `q.facts ->> '$.visit[${place}]'`);
	return {
		one: `${pages}`,
		several: `SELECT ${pages} ${partsOf} ORDER BY ${began} DESC, ${ended} DESC, ${pages} DESC LIMIT 1`,
	};
}

/** What is `read` of the JSON of the earliest or latest that some part knows, by default all of it. */
function stamped(
	name: "environment" | "firstTouch" | "lastTouch",
	order: "ASC" | "DESC",
	read = (json: string, path: string): string => `jsonb_extract(${json}, '${path}')`,
): OfParts {
	const stamp = stampOf(`q.facts ->> '$.${name}.at'`, `q.facts ->> '$.${name}.id'`);
	const one = read("q.facts", `$.${name}`);
	// Parts that know of none come last.
	return { one, several: `SELECT ${one} ${partsOf} ORDER BY ${stamp} ${order} NULLS LAST LIMIT 1` };
}

/** One expression out of what the parts say of several things. */
function together(make: (said: (of: OfParts) => string) => string): OfParts {
	return { one: make(({ one }) => one), several: `SELECT ${make(({ several }) => `(${several})`)}` };
}

/** As `coordinatesOf` in fields.ts, as JSON: NULL where one of the two is missing. */
function place(): string {
	// Most people have no first.
	const pair = (latitude: string, longitude: string): string =>
		`(SELECT '[' || y || ',' || ${longitude} || ']' FROM (SELECT ${latitude} AS y) WHERE y IS NOT NULL)`;
	const seen = stamped("environment", "DESC", (json, path) => {
		const member = (name: string): string => `(${json} -> '${path}.value.${name}')`;
		return pair(member("latitude"), member("longitude"));
	});
	const told = (said: (of: OfParts) => string, of: "" | "delivery."): string =>
		pair(said(numberAttribute(`${of}latitude`)), said(numberAttribute(`${of}longitude`)));
	return ofParts(
		together((said) => `coalesce(${told(said, "")}, ${told(said, "delivery.")}, ${said(seen)})`),
	);
}

/** The first of the three that is a text. */
function whereabouts(member: "country" | "region" | "city"): string {
	const seen = stamped(
		"environment",
		"DESC",
		(json, path) => `coalesce(${json} ->> '${path}.folded.${member}', ${json} ->> '${path}.value.${member}')`,
	);
	const told = [textAttribute(member), textAttribute(`delivery.${member}`), seen];
	return ofParts(together((said) => `coalesce(${told.map(said).join(", ")})`));
}
