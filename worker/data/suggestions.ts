// Values that there really are, for whoever builds a condition: counted among the youngest of a site's people, for going
// through everybody takes seconds. Details of anonymous people that have lapsed are refused as history.ts refuses them.

import { eventNames } from "../domain/event.ts";
import { canSpell } from "../domain/keyed.ts";
import { isRecent } from "./history.ts";

/** How many contacts are looked at, and how many visits of anonymous people; more of both where a text is looked for. */
const looked = { usual: [3_000, 500], searching: [10_000, 2_000] } as const;
const mostValues = 3_000;

export interface Counted {
	readonly value: string;
	readonly count: number;
}

/** What values are counted of. */
export type Countable =
	| { readonly of: "path" | "tag" | "segment" | "attribute-name" | "purpose" }
	/** A member of the facts, by its JSON path: a text, or a list of them. */
	| { readonly of: "fact"; readonly path: string }
	| { readonly of: "interest"; readonly in: "category" | "brand" }
	/** Of events that contacts did. */
	| { readonly of: "property-name"; readonly event: string }
	| { readonly of: "property"; readonly event: string; readonly name: string };

const some = `some AS MATERIALIZED (
	SELECT id FROM (SELECT p.id FROM people p WHERE p.site = ?1 AND p.retention_ms IS NULL ORDER BY p.id DESC LIMIT ?4)
	UNION SELECT id FROM (SELECT p.id FROM arrivals a CROSS JOIN parts q ON q.site = ?1 AND q.id = a.part
		CROSS JOIN people p ON p.site = ?1 AND p.id = q.person
		WHERE a.site = ?1 AND p.retention_ms IS NOT NULL AND ${isRecent} ORDER BY a.part DESC LIMIT ?5))`;
const theirs = "some CROSS JOIN parts q INDEXED BY parts_of_person ON q.site = ?1 AND q.person = some.id";

/** The most frequent first: of so many people how many have it, or of their events. */
export async function valuesOf(
	db: D1Database,
	site: string,
	what: Countable,
	now: number,
	isSearching: boolean,
): Promise<readonly Counted[]> {
	const asked = queryOf(what);
	if (!asked) return [];
	const [contacts, visits] = looked[isSearching ? "searching" : "usual"];
	const { results } = await db
		.prepare(
			`WITH ${some} SELECT v AS value, count(*) AS count FROM (${asked.query}) WHERE v IS NOT NULL AND v <> '' AND ?2 IS ?2
			GROUP BY v ORDER BY count(*) DESC LIMIT ${mostValues}`,
		)
		.bind(site, asked.bound ?? null, now, contacts, visits)
		.all<{ value: string | number; count: number }>();
	return results.map(({ value, count }) => ({ value: String(value), count }));
}

function queryOf(what: Countable): { readonly query: string; readonly bound?: string } | undefined {
	switch (what.of) {
		case "path":
			return {
				bound: eventNames.pageViewed,
				query: `SELECT c.path AS v FROM ${theirs} CROSS JOIN contact_events c INDEXED BY contact_events_by_name
						ON c.site = ?1 AND c.name = ?2 AND c.part = q.id
					UNION ALL SELECT m.value ->> 2 FROM ${theirs} CROSS JOIN arrivals a ON a.site = ?1 AND a.part = q.id
						CROSS JOIN json_each(a.outline) m WHERE m.value ->> 1 = ?2`,
			};
		case "tag":
			return {
				query: `SELECT t.key AS v FROM ${theirs} CROSS JOIN json_each(q.tags) t WHERE t.value ->> 'count' > 0`,
			};
		case "segment":
			return {
				query: `SELECT t.key AS v FROM some CROSS JOIN people p ON p.site = ?1 AND p.id = some.id
					CROSS JOIN json_each(p.segments) t`,
			};
		case "attribute-name":
			return { query: `SELECT t.key AS v FROM ${theirs} CROSS JOIN json_each(q.facts, '$.attributes') t` };
		case "purpose":
			return {
				query: `SELECT substr(t.key, instr(t.key, '/') + 1) AS v FROM ${theirs} CROSS JOIN json_each(q.consents) t`,
			};
		case "property-name":
			return {
				bound: what.event,
				query: `SELECT t.key AS v FROM ${theirs} CROSS JOIN contact_events c INDEXED BY contact_events_by_name
					ON c.site = ?1 AND c.name = ?2 AND c.part = q.id CROSS JOIN json_each(c.props) t`,
			};
		case "fact":
			return {
				bound: what.path,
				query: `SELECT x.value AS v FROM ${theirs} CROSS JOIN json_each(
					CASE json_type(q.facts, ?2) WHEN 'array' THEN q.facts -> ?2 ELSE json_array(q.facts ->> ?2) END) x`,
			};
		case "interest":
			return {
				bound: `$.${what.in}`,
				query: `SELECT i.value ->> 1 AS v FROM ${theirs} CROSS JOIN json_each(q.interests, ?2) i`,
			};
		case "property":
			// Both stand in one text, which no name can break out of: a path is bound.
			if (!canSpell(what.name)) return undefined;
			return {
				bound: JSON.stringify([what.event, `$."${what.name}"`]),
				query: `SELECT c.props ->> (?2 ->> 1) AS v FROM ${theirs} CROSS JOIN contact_events c INDEXED BY contact_events_by_name
					ON c.site = ?1 AND c.name = ?2 ->> 0 AND c.part = q.id`,
			};
	}
}

/** Every name of an event of contacts: from one to the next, however many there are of each. */
export async function eventNamesOf(db: D1Database, site: string): Promise<readonly string[]> {
	const { results } = await db
		.prepare(
			`WITH RECURSIVE n (name) AS (SELECT min(name) FROM contact_events WHERE site = ?1
				UNION ALL SELECT (SELECT min(name) FROM contact_events WHERE site = ?1 AND name > n.name)
				FROM n WHERE n.name IS NOT NULL LIMIT ${mostValues})
			SELECT name FROM n WHERE name IS NOT NULL`,
		)
		.bind(site)
		.all<{ name: string }>();
	return results.map(({ name }) => name);
}
