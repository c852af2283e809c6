// People by a condition: how many, a page of them, and what happened to them. Details of anonymous people that have
// lapsed are refused from the very instant, as in history.ts: whoever has none left is not listed.

import { eventNames } from "../domain/event.ts";
import { gathered } from "../domain/sql/gathered.ts";
import type { CompiledSql } from "../domain/sql.ts";
import { isRecent, ownParts, readablePerson } from "./history.ts";
import { type ListedPerson, listed, type PersonColumns, personColumns } from "./listed.ts";

/** What a list may stand in the order of: few enough to be worked out of all who meet a condition. */
export const sortings = {
	/** Ids are in the order of time. */
	createdAt: "0",
	lastSeenAt: `coalesce((${gathered.lastSeenAt}), 0)`,
	score: `(${gathered.score})`,
	visits: `(${gathered.visits})`,
} as const;

export interface Sort {
	readonly by: keyof typeof sortings;
	readonly order: "asc" | "desc";
}

/** The last of the page before: of those that are equal in what the list is sorted by, the id decides. */
export interface After {
	readonly id: string;
	readonly key: number;
}

export interface PageQuery {
	readonly sort: Sort;
	readonly after?: After;
	readonly limit: number;
	/** Whether all who meet the condition are counted, which takes going through everybody. */
	readonly isCounted: boolean;
}

export interface PageOfPeople {
	/** Null where nobody asked. */
	readonly count: number | null;
	readonly people: readonly ListedPerson[];
	/** After whom the next page begins; null on the last. */
	readonly next: After | null;
}

export const youngestFirst: Sort = { by: "createdAt", order: "desc" };

/** Everybody who may be read, in no order. Most anonymous people have lapsed; who has not has visits. ?2 site, ?3 now. */
const readable = `(SELECT site, id, identity FROM people INDEXED BY people_contacts WHERE site = ?2 AND retention_ms IS NULL
	UNION ALL SELECT DISTINCT ?2, a.id, a.identity FROM visits v CROSS JOIN people a
	WHERE a.site = ?2 AND a.id = v.person AND a.retention_ms + v.last_seen_at > ?3)`;

/** The same in the order of the people `p`, of whom a few may be enough: who has lapsed is asked nothing more. */
const passing = (where: string): string => `CASE WHEN p.retention_ms IS NULL
	OR p.id IN (SELECT person FROM visits) AND ${isRecent} THEN ${where} END`;

/** SQLite asks each half by itself. That is faster; but where much is asked, D1 has not the memory to have it twice. */
const mostTwice = 16_384;
const among = (where: string): string =>
	where.length <= mostTwice
		? `${readable} p WHERE ${where}`
		: `people p WHERE p.site = ?2 AND ${passing(where)}`;

/** How many meet the condition. */
export async function countWho(
	db: D1Database,
	site: string,
	{ tables, where, args }: CompiledSql,
	now: number,
): Promise<number> {
	const query = `${tables} SELECT count(*) AS n FROM ${among(where)}`;
	return (await db.prepare(query).bind(args[0], site, now).first<number>("n")) ?? 0;
}

/** Before and behind every id: these are of letters, digits and dashes. */
const ends = { desc: "~", asc: "" } as const;

/** Their ids alone, the youngest first, from behind `after` on. */
export async function idsWho(
	db: D1Database,
	site: string,
	{ tables, where, args }: CompiledSql,
	now: number,
	{ after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
	const query = `${tables} SELECT p.id FROM people p WHERE p.site = ?2 AND p.id < ?4 AND ${passing(where)} ORDER BY p.id DESC LIMIT ?5`;
	const { results } = await db
		.prepare(query)
		.bind(args[0], site, now, after ?? ends.desc, limit)
		.all<{ id: string }>();
	return results.map(({ id }) => id);
}

/** Up to `limit` of those who meet the condition. In the order of their making nobody is looked at who need not be. */
export async function peopleWho(
	db: D1Database,
	site: string,
	compiled: CompiledSql,
	now: number,
	{ sort, after, limit, isCounted }: PageQuery,
): Promise<PageOfPeople> {
	const query =
		isCounted || sort.by !== "createdAt" ? amongAll(compiled, sort, isCounted) : first(compiled, sort);
	const { results } = await db
		.prepare(query)
		.bind(compiled.args[0], site, now, after?.id ?? ends[sort.order], limit + 1, after?.key ?? null)
		.all<{ n: number | null } & ((PersonColumns & { k: number }) | { id: null })>();
	const rows = results.flatMap((row) => (row.id === null ? [] : [row]));
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return {
		count: results[0]?.n ?? null,
		people: await listed(db, site, shown),
		next: rows.length > limit && last ? { id: last.id, key: last.k } : null,
	};
}

const spelt = { desc: ["<", "DESC"], asc: [">", "ASC"] } as const;

/** ?4 and ?6 after whom, ?5 how many. */
function amongAll({ tables, where }: CompiledSql, { by, order }: Sort, isCounted: boolean): string {
	const [is, direction] = spelt[order];
	return `${tables},
		who AS MATERIALIZED (SELECT p.site, p.id FROM ${among(where)}),
		last AS (SELECT id, k FROM (SELECT p.id, ${sortings[by]} AS k FROM who p)
			WHERE ?6 IS NULL OR (k, id) ${is} (?6, ?4) ORDER BY k ${direction}, id ${direction} LIMIT ?5)
		SELECT n, listed.* FROM (SELECT ${isCounted ? "(SELECT count(*) FROM who)" : "NULL"} AS n)
		LEFT JOIN (SELECT last.k, ${personColumns} FROM last CROSS JOIN people p ON p.site = ?2 AND p.id = last.id) listed
		ORDER BY listed.k ${direction}, listed.id ${direction}`;
}

function first({ tables, where }: CompiledSql, { order }: Sort): string {
	const [is, direction] = spelt[order];
	return `${tables}, last AS MATERIALIZED (SELECT p.id FROM people p WHERE p.site = ?2 AND p.id ${is} ?4 AND ${passing(where)}
			ORDER BY p.id ${direction} LIMIT ?5)
		SELECT NULL AS n, coalesce(?6, 0) AS k, ${personColumns}
		FROM last CROSS JOIN people p ON p.site = ?2 AND p.id = last.id ORDER BY p.id ${direction}`;
}

/** These people, those of them who may be read, in the order of their ids. */
export async function peopleBy(
	db: D1Database,
	site: string,
	ids: readonly string[],
	now: number,
): Promise<readonly ListedPerson[]> {
	const query = `SELECT ${personColumns} FROM people p
		WHERE p.site = ?1 AND p.id IN (SELECT value FROM json_each(?2)) AND ${readablePerson} ORDER BY p.id DESC`;
	const { results } = await db.prepare(query).bind(site, JSON.stringify(ids), now).all<PersonColumns>();
	return listed(db, site, results);
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
