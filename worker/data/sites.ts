// A site's settings, its drafts, and what was published last.

import { draftsOf } from "../domain/kept.ts";
import { allOf } from "../domain/kinds.ts";
import type { Env } from "../platform/env.ts";
import type {
	Definitions,
	Experience,
	Login,
	SiteSettings,
	Snapshot,
	WrittenSettings,
} from "../protocol/site.ts";
import { databaseOf } from "./database.ts";
import { heldOf } from "./definitions.ts";

const statements = {
	settings: `SELECT r.body FROM definitions d
		JOIN revisions r ON r.site = ?1 AND r.kind = d.kind AND r.id = d.id AND r.version = d.version
		WHERE d.site = ?1 AND d.kind = 'settings' AND d.id = 'settings'`,
	publication: "SELECT snapshot FROM publications WHERE site = ?1 ORDER BY revision DESC LIMIT 1",
	published: `SELECT revision, published_at AS at, published_by AS by FROM publications
		WHERE site = ?1 ORDER BY revision DESC LIMIT 1`,
} as const;

/** The settings as they are to be published, and beside them what only `Site` may know. */
export async function settingsOf(
	env: Env,
	site: string,
): Promise<{ readonly settings: SiteSettings; readonly login: Login | undefined } | undefined> {
	const written = await settingsIn(databaseOf(env, site), site);
	return written && parted(written);
}

export async function settingsIn(db: D1Database, site: string): Promise<WrittenSettings | undefined> {
	const text = await db.prepare(statements.settings).bind(site).first<string>("body");
	return text === null ? undefined : JSON.parse(text);
}

/** What every cell has, and what is for `Site` alone. */
export function parted({ login, ...settings }: WrittenSettings): {
	readonly settings: SiteSettings;
	readonly login: Login | undefined;
} {
	return { settings, login };
}

/** The drafts of all that is not archived. */
export async function definitionsOf(env: Env, site: string): Promise<Definitions> {
	const { definitions } = await heldOf(env, site);
	return allOf(draftsOf<Experience>(definitions));
}

/** What was published last; nothing where nothing ever was. */
export async function publicationOf(env: Env, site: string): Promise<Snapshot | undefined> {
	const query = databaseOf(env, site).prepare(statements.publication).bind(site);
	const text = await query.first<string>("snapshot");
	return text === null ? undefined : JSON.parse(text);
}

/** Which publication is the last, who made it and when. */
export async function lastPublication(
	env: Env,
	site: string,
): Promise<{ readonly revision: number; readonly at: number; readonly by: string } | undefined> {
	const query = databaseOf(env, site).prepare(statements.published).bind(site);
	return (await query.first<{ revision: number; at: number; by: string }>()) ?? undefined;
}
