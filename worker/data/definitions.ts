// What a site defines, and its settings: of each its draft, what of it is live, and its revisions. Nothing is written but
// by `change`, which stores nothing where another has written since what it decides upon was read.

import { type By, type Kept, newlyKept, stateOf, withDraft } from "../domain/kept.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import type { Snapshot, WrittenSettings } from "../protocol/site.ts";
import { databaseOf } from "./database.ts";

/** Of each definition, and of snapshots of a site. What is live stays, however old. */
export const keptRevisions = 50;
const keptPublications = 50;
/** How long what was deleted can be brought back. */
const undeleteMs = 90 * 86_400_000;
/** One parameter holds 2 MB at most. */
const bytesAtOnce = 500_000;

const statements = {
	stamp: `SELECT stamp, (SELECT max(revision) FROM publications WHERE site = ?1) AS revision FROM sites WHERE id = ?1`,
	all: `SELECT d.kind, d.id, d.version, d.live, d.live_at, d.live_by, d.stopped, d.stopped_at, d.stopped_by,
			r.body, r.at, r.by, r.of, l.body AS live_body
		FROM definitions d
		JOIN revisions r ON r.site = ?1 AND r.kind = d.kind AND r.id = d.id AND r.version = d.version
		LEFT JOIN revisions l ON l.site = ?1 AND l.kind = d.kind AND l.id = d.id AND l.version = d.live
			AND d.live <> d.version
		WHERE d.site = ?1 ORDER BY d.kind, d.id`,
	make: "INSERT INTO sites (id, name, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
	take: "UPDATE sites SET stamp = ?3, name = ?4 WHERE id = ?1 AND stamp = ?2",
	addRevisions: `INSERT INTO revisions (site, kind, id, version, body, at, by, of)
		SELECT ?1, value ->> 'kind', value ->> 'id', value ->> 'version',
			iif(json_type(value, '$.body') = 'null', NULL, value -> 'body'), value ->> 'at', value ->> 'by', value ->> 'of'
		FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM sites WHERE id = ?1 AND stamp = ?3)`,
	keep: `INSERT INTO definitions (site, kind, id, version, live, live_at, live_by, stopped, stopped_at, stopped_by)
		SELECT ?1, value ->> 'kind', value ->> 'id', value ->> 'version', value ->> 'live', value ->> 'liveAt',
			value ->> 'liveBy', value ->> 'stopped', value ->> 'stoppedAt', value ->> 'stoppedBy'
		FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM sites WHERE id = ?1 AND stamp = ?3)
		ON CONFLICT (site, kind, id) DO UPDATE SET version = excluded.version, live = excluded.live,
			live_at = excluded.live_at, live_by = excluded.live_by, stopped = excluded.stopped,
			stopped_at = excluded.stopped_at, stopped_by = excluded.stopped_by`,
	publish: `INSERT INTO publications (site, revision, snapshot, published_at, published_by)
		SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM sites WHERE id = ?1 AND stamp = ?6)`,
	forgetRevisions: `DELETE FROM revisions WHERE site = ?1 AND (kind, id, version) IN (
		SELECT r.kind, r.id, r.version FROM json_each(?2) one
		JOIN definitions d ON d.site = ?1 AND d.kind = one.value ->> 'kind' AND d.id = one.value ->> 'id'
		JOIN revisions r ON r.site = ?1 AND r.kind = d.kind AND r.id = d.id
		WHERE r.version <= d.version - ?3 AND r.version IS NOT d.live)`,
	forgetPublications: "DELETE FROM publications WHERE site = ?1 AND revision <= ?2",
	forgetRevisionsOf: `DELETE FROM revisions WHERE site = ?1 AND (kind, id) IN (
		SELECT value ->> 'kind', value ->> 'id' FROM json_each(?2))
		AND EXISTS (SELECT 1 FROM sites WHERE id = ?1 AND stamp = ?3)`,
	forget: `DELETE FROM definitions WHERE site = ?1 AND (kind, id) IN (
		SELECT value ->> 'kind', value ->> 'id' FROM json_each(?2))
		AND EXISTS (SELECT 1 FROM sites WHERE id = ?1 AND stamp = ?3)`,
	revisions: `SELECT version, body IS NULL AS deleted, at, by, of FROM revisions
		WHERE site = ?1 AND kind = ?2 AND id = ?3 ORDER BY version DESC`,
	revision:
		"SELECT version, body, at, by, of FROM revisions WHERE site = ?1 AND kind = ?2 AND id = ?3 AND version = ?4",
} as const;

/** All that is kept of a site. */
export interface Held {
	readonly definitions: readonly Kept[];
	/** None where there is no such site. */
	readonly settings: Kept<WrittenSettings> | undefined;
	/** Of the latest publication, 0 where there is none. */
	readonly revision: number;
}

/** What is to be stored: definitions as they are from now on, and what is published of them. */
export interface Changes {
	readonly definitions: readonly Kept[];
	readonly publication?: { readonly snapshot: Snapshot; readonly at: number; readonly by: string };
}

export type Decided<Answer> = { readonly changes: Changes; readonly answer: Answer };

interface Row {
	readonly kind: Kept["kind"];
	readonly id: string;
	readonly version: number;
	readonly live: number | null;
	readonly live_at: number;
	readonly live_by: string;
	readonly stopped: "paused" | "archived" | null;
	readonly stopped_at: number;
	readonly stopped_by: string;
	readonly body: string | null;
	readonly at: number;
	readonly by: string;
	readonly of: number | null;
	readonly live_body: string | null;
}

export async function heldOf(env: DatabaseEnv, site: string): Promise<Held> {
	return (await stampedOf(databaseOf(env, site), site)).held;
}

async function stampedOf(db: D1Database, site: string): Promise<{ stamp: string | undefined; held: Held }> {
	const [stamps, all] = await db.batch([
		db.prepare(statements.stamp).bind(site),
		db.prepare(statements.all).bind(site),
	]);
	const [known] = (stamps?.results ?? []) as { stamp: string; revision: number | null }[];
	const kept = ((all?.results ?? []) as Row[]).map(keptOf);
	const isSettings = (one: Kept): one is Kept<WrittenSettings> => one.kind === "settings";
	return {
		stamp: known?.stamp,
		held: {
			definitions: kept.filter((one) => !isSettings(one)),
			settings: kept.find(isSettings),
			revision: known?.revision ?? 0,
		},
	};
}

function keptOf(row: Row): Kept {
	const { kind, id, version, live, body, at, by, of, stopped } = row;
	const draft = body === null ? null : JSON.parse(body);
	const liveBody = row.live_body === null ? draft : JSON.parse(row.live_body);
	return {
		kind,
		id,
		version,
		draft,
		changed: { at, by },
		of,
		live: live === null ? null : { version: live, body: liveBody, at: row.live_at, by: row.live_by },
		stopped: stopped === null ? null : { as: stopped, at: row.stopped_at, by: row.stopped_by },
	};
}

/** How often one who was overtaken looks again. */
const attempts = 8;

/**
 * Decides upon all that is kept, and stores what was decided if nobody has changed anything meanwhile; else it is decided
 * again. So what is checked together holds together. Throws where others are always faster.
 */
export async function change<Answer>(
	env: DatabaseEnv,
	site: string,
	decide: (held: Held) => Promise<Decided<Answer>>,
): Promise<Answer> {
	const db = databaseOf(env, site);
	for (let attempt = 0; attempt < attempts; attempt++) {
		const { stamp, held } = await stampedOf(db, site);
		const { changes, answer } = await decide(held);
		if (changes.definitions.length === 0 && !changes.publication) return answer;
		if (await store(db, site, stamp, held, changes)) return answer;
	}
	throw new Error("definitions change faster than they are written");
}

/** A site that was not there, with nothing published. */
export function makeSite(env: DatabaseEnv, site: string, settings: WrittenSettings, by: By): Promise<void> {
	return change(env, site, async (held) => {
		if (held.settings) throw new Error("there is such a site");
		const kept = withDraft<WrittenSettings>(newlyKept("settings", "settings", by), settings, by);
		return { changes: { definitions: [kept] }, answer: undefined };
	});
}

async function store(
	db: D1Database,
	site: string,
	stamp: string | undefined,
	held: Held,
	{ definitions, publication }: Changes,
): Promise<boolean> {
	const taken = crypto.randomUUID();
	const settings = (definitions.find(({ kind }) => kind === "settings") ?? held.settings) as
		| Kept<WrittenSettings>
		| undefined;
	const name = settings?.draft?.name ?? site;
	const before = new Map(
		[...held.definitions, ...(held.settings ? [held.settings] : [])].map((one) => [keyOf(one), one]),
	);
	const fresh = definitions.filter((one) => one.version !== before.get(keyOf(one))?.version);
	const keys = definitions.map(({ kind, id }) => ({ kind, id }));
	const results = await db.batch([
		...(stamp === undefined ? [db.prepare(statements.make).bind(site, name, Date.now())] : []),
		db.prepare(statements.take).bind(site, stamp ?? "", taken, name),
		...chunked(fresh.map(revisionOf)).map((rows) =>
			db.prepare(statements.addRevisions).bind(site, rows, taken),
		),
		...chunked(definitions.map(headOf)).map((rows) => db.prepare(statements.keep).bind(site, rows, taken)),
		...(publication
			? [
					db
						.prepare(statements.publish)
						.bind(
							site,
							publication.snapshot.revision,
							JSON.stringify(publication.snapshot),
							publication.at,
							publication.by,
							taken,
						),
					db
						.prepare(statements.forgetPublications)
						.bind(site, publication.snapshot.revision - keptPublications),
					...forgetting(db, site, held, publication.at, taken),
				]
			: []),
		db.prepare(statements.forgetRevisions).bind(site, JSON.stringify(keys), keptRevisions),
	]);
	return results[stamp === undefined ? 1 : 0]?.meta.changes === 1;
}

/** What was deleted so long ago that nobody asks for it any more. */
function forgetting(
	db: D1Database,
	site: string,
	{ definitions }: Held,
	now: number,
	taken: string,
): D1PreparedStatement[] {
	const old = definitions.filter((one) => stateOf(one) === "deleted" && one.changed.at <= now - undeleteMs);
	if (old.length === 0) return [];
	const keys = JSON.stringify(old.map(({ kind, id }) => ({ kind, id })));
	return [statements.forgetRevisionsOf, statements.forget].map((statement) =>
		db.prepare(statement).bind(site, keys, taken),
	);
}

const keyOf = ({ kind, id }: Kept): string => `${kind}/${id}`;

function revisionOf({ kind, id, version, draft, changed, of }: Kept) {
	return { kind, id, version, body: draft, ...changed, of };
}

function headOf({ kind, id, version, live, stopped }: Kept) {
	return {
		kind,
		id,
		version,
		...(live && { live: live.version, liveAt: live.at, liveBy: live.by }),
		...(stopped && { stopped: stopped.as, stoppedAt: stopped.at, stoppedBy: stopped.by }),
	};
}

/** As JSON of so many at once as one parameter holds. */
function chunked(rows: readonly object[]): readonly string[] {
	const chunks: string[][] = [];
	let size = Number.POSITIVE_INFINITY;
	for (const row of rows) {
		const text = JSON.stringify(row);
		if (size + text.length > bytesAtOnce) {
			chunks.push([]);
			size = 0;
		}
		chunks.at(-1)?.push(text);
		size += text.length;
	}
	return chunks.map((texts) => `[${texts.join(",")}]`);
}

export interface RevisionRow {
	readonly version: number;
	readonly at: number;
	readonly by: string;
	readonly of: number | null;
}

/** The latest first. */
export async function revisionsOf(
	env: DatabaseEnv,
	site: string,
	{ kind, id }: Pick<Kept, "kind" | "id">,
): Promise<readonly (RevisionRow & { readonly isDeletion: boolean })[]> {
	const { results } = await databaseOf(env, site)
		.prepare(statements.revisions)
		.bind(site, kind, id)
		.all<RevisionRow & { deleted: number }>();
	return results.map(({ deleted, ...one }) => ({ ...one, isDeletion: deleted === 1 }));
}

export async function revisionAt(
	env: DatabaseEnv,
	site: string,
	{ kind, id }: Pick<Kept, "kind" | "id">,
	version: number,
): Promise<(RevisionRow & { readonly body: unknown }) | undefined> {
	const row = await databaseOf(env, site)
		.prepare(statements.revision)
		.bind(site, kind, id, version)
		.first<RevisionRow & { body: string | null }>();
	return row ? { ...row, body: row.body === null ? null : JSON.parse(row.body) } : undefined;
}
