// Sites, the drafts of what their marketers define, and what was published.

import type { Env } from "../platform/env.ts";
import type { Definitions, Login, SiteSettings, Snapshot, WrittenSettings } from "../protocol/site.ts";
import { databaseOf } from "./database.ts";
import type { DefinitionRow } from "./tables.ts";

const statements = {
	saveSite: `INSERT INTO sites (id, name, settings, created_at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings`,
	settings: "SELECT settings FROM sites WHERE id = ?1",
	dropDefinitions: "DELETE FROM definitions WHERE site = ?1",
	saveDefinitions: `INSERT INTO definitions (site, kind, id, body, updated_at)
		SELECT ?1, value ->> 'kind', value ->> 'id', value -> 'body', ?3 FROM json_each(?2)`,
	definitions: "SELECT kind, body FROM definitions WHERE site = ?1 ORDER BY id",
	latest: "SELECT max(revision) AS revision FROM publications WHERE site = ?1",
	publication: "SELECT snapshot FROM publications WHERE site = ?1 ORDER BY revision DESC LIMIT 1",
	publish: "INSERT INTO publications (site, revision, snapshot, published_at) VALUES (?1, ?2, ?3, ?4)",
} as const;

export async function saveSite(
	env: Env,
	site: string,
	settings: WrittenSettings,
	now: number,
): Promise<void> {
	await databaseOf(env, site)
		.prepare(statements.saveSite)
		.bind(site, settings.name, JSON.stringify(settings), now)
		.run();
}

/** The settings as they are published, and beside them what only `Site` may know. */
export async function settingsOf(
	env: Env,
	site: string,
): Promise<{ readonly settings: SiteSettings; readonly login: Login | undefined } | undefined> {
	const written = await settingsIn(databaseOf(env, site), site);
	if (!written) return undefined;
	const { login, ...settings } = written;
	return { settings, login };
}

export async function settingsIn(db: D1Database, site: string): Promise<WrittenSettings | undefined> {
	const text = await db.prepare(statements.settings).bind(site).first<string>("settings");
	return text === null ? undefined : JSON.parse(text);
}

/** Where each kind of draft stands among the definitions. */
const members = {
	"tag-rule": "tagRules",
	"score-rule": "scoreRules",
	programme: "programmes",
	"interest-tag": "interestTags",
	list: "lists",
	segment: "segments",
	experience: "experiences",
	group: "groups",
} as const satisfies Record<Exclude<DefinitionRow["kind"], "attention">, keyof Definitions>;
/** Of which a site has one. */
const attention = "attention" satisfies DefinitionRow["kind"] & keyof Definitions;

/** Puts all drafts of a site in place of those that were there. */
export async function saveDefinitions(
	env: Env,
	site: string,
	drafts: Definitions,
	now: number,
): Promise<void> {
	const db = databaseOf(env, site);
	const each = Object.entries(members).flatMap(([kind, member]) =>
		(drafts[member] ?? []).map((body) => ({ kind, id: body.id, body })),
	);
	const one = drafts.attention ? [{ kind: attention, id: attention, body: drafts.attention }] : [];
	const rows = [...each, ...one];
	await db.batch([
		db.prepare(statements.dropDefinitions).bind(site),
		db.prepare(statements.saveDefinitions).bind(site, JSON.stringify(rows), now),
	]);
}

export async function definitionsOf(env: Env, site: string): Promise<Definitions> {
	const { results } = await databaseOf(env, site)
		.prepare(statements.definitions)
		.bind(site)
		.all<Pick<DefinitionRow, "kind" | "body">>();
	const of = (kind: DefinitionRow["kind"]) =>
		results.filter((row) => row.kind === kind).map((row) => JSON.parse(row.body));
	const [spared] = of(attention);
	return {
		tagRules: of("tag-rule"),
		scoreRules: of("score-rule"),
		programmes: of("programme"),
		interestTags: of("interest-tag"),
		lists: of("list"),
		segments: of("segment"),
		experiences: of("experience"),
		groups: of("group"),
		...(spared && { attention: spared }),
	};
}

/** The revision of the latest publication, 0 where there is none. */
export async function latestRevision(env: Env, site: string): Promise<number> {
	const query = databaseOf(env, site).prepare(statements.latest).bind(site);
	return (await query.first<number>("revision")) ?? 0;
}

/** What was published last; nothing where nothing ever was. */
export async function publicationOf(env: Env, site: string): Promise<Snapshot | undefined> {
	const query = databaseOf(env, site).prepare(statements.publication).bind(site);
	const text = await query.first<string>("snapshot");
	return text === null ? undefined : JSON.parse(text);
}

export async function savePublication(env: Env, snapshot: Snapshot, now: number): Promise<void> {
	const { site, revision } = snapshot;
	await databaseOf(env, site)
		.prepare(statements.publish)
		.bind(site, revision, JSON.stringify(snapshot), now)
		.run();
}
