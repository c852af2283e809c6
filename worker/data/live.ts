// Who is on the site now, out of the rows that are there anyway: the visits of anonymous people, of which there are those of
// some hours, and the beginnings of contacts' visits. Nothing is written for it, and no cell is woken. What has lapsed is not
// read, as in history.ts.

import type { Properties } from "../domain/event.ts";
import type { Identity } from "../domain/subject.ts";
import { visitGapMs } from "../domain/visit.ts";
import { isRecent } from "./history.ts";

export const hereMs = 5 * 60_000;
/** A visit that began longer ago is looked for no more. */
const longestVisitMs = 6 * 3_600_000;
const mostTold = 500;

export interface Present {
	readonly person: string;
	readonly name: string | null;
	readonly identity: Identity;
	readonly score: number;
	readonly segments: readonly string[];
	readonly path: string | null;
	readonly title: string | null;
	readonly since: number;
	readonly lastAt: number;
	readonly pages: number;
	readonly source: string | null;
	readonly channel: string | null;
	readonly device: string | null;
	readonly city: string | null;
	readonly shown: readonly string[];
}

const about = `p.id AS person, p.identity, q.id AS part, q.last_seen_at AS lastAt,
	(SELECT json_group_array(key) FROM json_each(p.segments)) AS segments,
	(SELECT sum(o.score) FROM parts o WHERE o.site = ?1 AND o.person = p.id) AS score,
	q.facts ->> '$.lastTouch.at' AS touchedAt, q.facts ->> '$.lastTouch.value.source' AS source,
	q.facts ->> '$.lastTouch.value.channel' AS channel, q.facts ->> '$.environment.value.device' AS device,
	q.facts ->> '$.environment.value.city' AS city,
	iif(p.identity = 'anonymous', NULL, (SELECT coalesce(n.facts ->> '$.attributes.name.value',
			n.facts ->> '$.attributes.firstName.value', n.facts ->> '$.attributes.email.value') AS name
		FROM parts n WHERE n.site = ?1 AND n.person = p.id AND name IS NOT NULL LIMIT 1)) AS name`;

/** ?1 site, ?2 here since, ?3 now, ?4 the beginning of the longest visit. */
const here = `WITH seen AS MATERIALIZED (
		SELECT part FROM arrivals WHERE site = ?1 AND last_at > ?2
		UNION SELECT part FROM contact_events INDEXED BY contact_visits WHERE site = ?1 AND at > ?4 AND opens = 1),
	here AS MATERIALIZED (
		SELECT q.id, q.last_seen_at, coalesce(q.tied_to, q.person) AS person
		FROM seen s CROSS JOIN parts q ON q.site = ?1 AND q.id = s.part
		WHERE q.last_seen_at > ?2)`;

interface Row extends Omit<Present, "segments" | "shown" | "path" | "title" | "pages" | "since"> {
	readonly part: string;
	readonly segments: string;
	readonly touchedAt: number | null;
}

interface Deed {
	readonly at: number;
	readonly name: string;
	readonly props?: Properties;
}

/** Cells tell D1 each in its own time: what one tells now may have happened before what another told already. */
const lateMs = 30_000;

/** How many did something within the last minutes. */
export async function hereNow(db: D1Database, site: string, now: number): Promise<number> {
	const query = `${here} SELECT count(*) AS n FROM here WHERE ?3 > 0`;
	return (
		(await db
			.prepare(query)
			.bind(site, now - hereMs, now, now - longestVisitMs)
			.first<number>("n")) ?? 0
	);
}

/** Who did something within the last minutes, how many they are, and of those who did so after `since` what. */
export async function presentAt(
	db: D1Database,
	site: string,
	now: number,
	since: number,
): Promise<{ readonly here: number; readonly cursor: number; readonly visitors: readonly Present[] }> {
	const bound = (query: string) =>
		db.prepare(query).bind(site, now - hereMs, now, now - longestVisitMs, since);
	const [count, rows] = await db.batch<Record<string, unknown>>([
		bound(`${here} SELECT count(*) AS n, coalesce(max(last_seen_at), ?5) AS cursor FROM here WHERE ?3 > 0`),
		bound(`${here} SELECT ${about} FROM here h CROSS JOIN parts q ON q.site = ?1 AND q.id = h.id
			CROSS JOIN people p ON p.site = ?1 AND p.id = h.person
			WHERE h.last_seen_at > ?5 - ${lateMs} AND (p.retention_ms IS NULL OR ${isRecent})
			ORDER BY q.last_seen_at DESC LIMIT ${mostTold}`),
	]);
	const [{ n, cursor } = { n: 0, cursor: since }] = (count?.results ?? []) as { n: number; cursor: number }[];
	const people = (rows?.results ?? []) as unknown as readonly Row[];
	const deeds = await deedsOf(db, site, people, now - longestVisitMs);
	const visitors = people.map(({ part, touchedAt, segments, source, channel, ...row }): Present => {
		const visit = visitOf(deeds.get(part) ?? [], row.lastAt);
		const isOfVisit = touchedAt !== null && touchedAt >= visit.since;
		const origin = isOfVisit ? { source, channel } : { source: null, channel: null };
		return { ...row, ...origin, ...visit, segments: JSON.parse(segments) };
	});
	return { here: n, cursor: Math.max(cursor, since), visitors };
}

/** What these did lately, by part, in the order of time. */
async function deedsOf(
	db: D1Database,
	site: string,
	people: readonly Row[],
	from: number,
): Promise<ReadonlyMap<string, readonly Deed[]>> {
	if (people.length === 0) return new Map();
	const parts = JSON.stringify(people.map(({ part }) => part));
	const [anonymous, contacts] = await db.batch<Record<string, string | number>>([
		db
			.prepare(
				`SELECT a.part, a.events FROM json_each(?2) f CROSS JOIN arrivals a ON a.site = ?1 AND a.part = f.value
				WHERE a.last_at > ?3`,
			)
			.bind(site, parts, from),
		db
			.prepare(
				`SELECT c.part, c.at, c.name, json(c.props) AS props FROM json_each(?2) f
				CROSS JOIN contact_events c ON c.site = ?1 AND c.part = f.value AND c.at > ?3 WHERE c.cause IS NULL`,
			)
			.bind(site, parts, from),
	]);
	const all = new Map<string, Deed[]>();
	const add = (part: unknown, deeds: readonly Deed[]) =>
		all.set(String(part), [...(all.get(String(part)) ?? []), ...deeds]);
	for (const { part, events } of anonymous?.results ?? []) add(part, JSON.parse(String(events)));
	for (const { part, at, name, props } of contacts?.results ?? [])
		add(part, [{ at: Number(at), name: String(name), props: JSON.parse(String(props)) }]);
	for (const deeds of all.values()) deeds.sort((a, b) => a.at - b.at);
	return all;
}

/** The visit that is going on: back to where nothing was done for half an hour. */
function visitOf(deeds: readonly Deed[], lastAt: number) {
	let since = lastAt;
	let from = deeds.length;
	while (from > 0 && (deeds[from - 1]?.at ?? 0) >= since - visitGapMs) {
		from--;
		since = Math.min(since, deeds[from]?.at ?? since);
	}
	const visit = deeds.slice(from);
	const views = visit.filter(({ name }) => name === "Page Viewed");
	const { path, title } = views.at(-1)?.props ?? {};
	const shown = visit.flatMap(({ name, props }) =>
		name === "Experience Shown" && typeof props?.experience === "string" ? [props.experience] : [],
	);
	return {
		since,
		pages: views.length,
		path: typeof path === "string" ? path : null,
		title: typeof title === "string" ? title : null,
		shown: [...new Set(shown)],
	};
}
