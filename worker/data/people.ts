// People by a condition: how many, a page of them, and what happened to them. Details of anonymous people that have
// lapsed are refused from the very instant, as in history.ts: whoever has none left is not listed.

import { eventNames, isLater, type Value } from "../domain/event.ts";
import type { Stamped, TagMark } from "../domain/facts.ts";
import { put } from "../domain/keyed.ts";
import type { CompiledSql } from "../domain/sql.ts";
import type { Identity } from "../domain/subject.ts";
import { isRecent, ownParts, readablePerson } from "./history.ts";

export interface ListedPerson {
	readonly id: string;
	readonly cell: string;
	readonly identity: Identity;
	readonly score: number;
	readonly visits: number;
	/** Null for whoever was never seen. */
	readonly firstSeenAt: number | null;
	readonly lastSeenAt: number | null;
	readonly tags: Readonly<Record<string, TagMark>>;
	readonly attributes: Readonly<Record<string, Value>>;
	/** Memberships with the instant of entry, as the cell last told them. */
	readonly segments: Readonly<Record<string, number>>;
}

export interface PageOfPeople {
	readonly count: number;
	/** The youngest first. */
	readonly people: readonly ListedPerson[];
	/** After whom the next page begins; null on the last. */
	readonly next: string | null;
}

/** Most anonymous people have lapsed. Who has not has rows of visits, and these few are gathered before anything else. */
const hasVisits = `p.id IN (SELECT q.person FROM arrivals a CROSS JOIN parts q
	WHERE a.site = ?2 AND q.site = ?2 AND q.id = a.part)`;

interface PersonColumns {
	id: string;
	cell: string;
	identity: Identity;
	segments: string;
}

/** All who meet the condition are counted, and up to `limit` of those after `after` are listed. */
export async function peopleWho(
	db: D1Database,
	site: string,
	{ where, args }: CompiledSql,
	now: number,
	{ after, limit }: { readonly after?: string; readonly limit: number },
): Promise<PageOfPeople> {
	// Who has lapsed is asked nothing more.
	const query = `WITH
		who AS MATERIALIZED (SELECT p.id FROM people p WHERE p.site = ?2
			AND CASE WHEN p.retention_ms IS NULL OR ${hasVisits} AND ${isRecent} THEN ${where} END),
		last AS (SELECT id FROM who WHERE ?4 IS NULL OR id < ?4 ORDER BY id DESC LIMIT ?5)
		SELECT n, listed.* FROM (SELECT count(*) AS n FROM who) LEFT JOIN (
			SELECT p.id, p.cell, p.identity, p.segments FROM last CROSS JOIN people p ON p.site = ?2 AND p.id = last.id
		) listed ORDER BY listed.id DESC`;
	const { results } = await db
		.prepare(query)
		.bind(args[0], site, now, after ?? null, limit + 1)
		.all<{ n: number } & (PersonColumns | { id: null })>();
	const rows = results.flatMap((row) => (row.id === null ? [] : [row]));
	const people = await withTotals(db, site, rows.slice(0, limit));
	return {
		count: results[0]?.n ?? 0,
		people,
		next: rows.length > limit ? (people.at(-1)?.id ?? null) : null,
	};
}

/** These people, those of them who may be read, in the order of their ids. */
export async function peopleBy(
	db: D1Database,
	site: string,
	ids: readonly string[],
	now: number,
): Promise<readonly ListedPerson[]> {
	const query = `SELECT p.id, p.cell, p.identity, p.segments FROM people p
		WHERE p.site = ?1 AND p.id IN (SELECT value FROM json_each(?2)) AND ${readablePerson} ORDER BY p.id DESC`;
	const { results } = await db.prepare(query).bind(site, JSON.stringify(ids), now).all<PersonColumns>();
	return withTotals(db, site, results);
}

interface PartColumns {
	person: string;
	first_seen_at: number | null;
	last_seen_at: number | null;
	visits: number;
	score: number;
	tags: string;
	attributes: string | null;
}

/** Sums over the parts of each, as `read` in domain/person.ts has them. */
async function withTotals(
	db: D1Database,
	site: string,
	people: readonly PersonColumns[],
): Promise<readonly ListedPerson[]> {
	if (people.length === 0) return [];
	const { results } = await db
		.prepare(
			`SELECT person, first_seen_at, last_seen_at, visits, score, json(tags) AS tags, facts -> '$.attributes' AS attributes
			FROM parts WHERE site = ?1 AND person IN (SELECT value FROM json_each(?2))`,
		)
		.bind(site, JSON.stringify(people.map(({ id }) => id)))
		.all<PartColumns>();
	const partsOf = Map.groupBy(results, ({ person }) => person);
	return people.map(({ id, cell, identity, segments }) => {
		const parts = partsOf.get(id) ?? [];
		return {
			id,
			cell,
			identity,
			score: parts.reduce((sum, { score }) => sum + score, 0),
			visits: parts.reduce((sum, { visits }) => sum + visits, 0),
			firstSeenAt: extreme(parts, "first_seen_at", Math.min),
			lastSeenAt: extreme(parts, "last_seen_at", Math.max),
			tags: tagsOf(parts),
			attributes: attributesOf(parts),
			segments: JSON.parse(segments),
		};
	});
}

function extreme(
	parts: readonly PartColumns[],
	column: "first_seen_at" | "last_seen_at",
	of: (...instants: readonly number[]) => number,
): number | null {
	const instants = parts.flatMap((part) => part[column] ?? []);
	return instants.length > 0 ? of(...instants) : null;
}

function tagsOf(parts: readonly PartColumns[]): Record<string, TagMark> {
	const tags = new Map<string, TagMark>();
	for (const { tags: text } of parts) {
		const own: Record<string, TagMark> = JSON.parse(text);
		for (const [tag, { count, firstAt, lastAt }] of Object.entries(own)) {
			const known = tags.get(tag) ?? { count: 0, firstAt, lastAt };
			tags.set(tag, {
				count: known.count + count,
				firstAt: Math.min(known.firstAt, firstAt),
				lastAt: Math.max(known.lastAt, lastAt),
			});
		}
	}
	return record(tags);
}

function attributesOf(parts: readonly PartColumns[]): Record<string, Value> {
	const latest = new Map<string, Stamped<Value>>();
	for (const { attributes } of parts) {
		const own: Record<string, Stamped<Value>> = attributes === null ? {} : JSON.parse(attributes);
		for (const [name, stamped] of Object.entries(own)) {
			const known = latest.get(name);
			if (!known || isLater(stamped, known)) latest.set(name, stamped);
		}
	}
	return record(new Map(Array.from(latest, ([name, { value }]) => [name, value])));
}

function record<T>(entries: ReadonlyMap<string, T>): Record<string, T> {
	const all: Record<string, T> = {};
	for (const [key, value] of entries) put(all, key, value);
	return all;
}

const latestShown = 20;

/** The latest that was shown to somebody, latest first, with every candidate and its reason as of that moment. */
export async function decisionsOf(db: D1Database, site: string, person: string, now: number) {
	const { results } = await db
		.prepare(
			`WITH ${ownParts}
			SELECT e.at, e.props ->> 'experience' AS experience, e.props ->> 'path' AS path, e.decision
			FROM events e WHERE e.site = ?1 AND e.part IN (SELECT id FROM own) AND e.name = ?4 AND e.decision IS NOT NULL
			ORDER BY e.at DESC LIMIT ?5`,
		)
		.bind(site, JSON.stringify([person]), now, eventNames.experienceShown, latestShown)
		.all<{ at: number; experience: string; path: string; decision: string }>();
	return results.map(({ decision, ...shown }) => {
		const candidates: readonly StoredCandidate[] = JSON.parse(decision);
		return { ...shown, candidates };
	});
}

/** A domain's candidate, as JSON keeps it: what never ends is null. */
interface StoredCandidate {
	readonly experience: string;
	readonly revision: number;
	readonly reason: { readonly is: string; readonly [detail: string]: unknown };
}
