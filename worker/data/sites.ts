// Sites, the drafts of what their marketers define, and what was published.

import { desc, eq } from "drizzle-orm";
import type { Env } from "../platform/env.ts";
import type { Definitions, SiteSettings, Snapshot } from "../protocol/site.ts";
import { drizzleOf } from "./database.ts";
import { definitions, publications, sites } from "./tables.ts";

export async function saveSite(env: Env, site: string, settings: SiteSettings, now: number): Promise<void> {
	const row = { id: site, name: settings.name, settings: JSON.stringify(settings), createdAt: now };
	await drizzleOf(env, site)
		.insert(sites)
		.values(row)
		.onConflictDoUpdate({ target: sites.id, set: { name: row.name, settings: row.settings } });
}

export async function settingsOf(env: Env, site: string): Promise<SiteSettings | undefined> {
	const [row] = await drizzleOf(env, site).select().from(sites).where(eq(sites.id, site));
	return row && JSON.parse(row.settings);
}

/** Puts all drafts of a site in place of those that were there. */
export async function saveDefinitions(
	env: Env,
	site: string,
	drafts: Definitions,
	now: number,
): Promise<void> {
	const db = drizzleOf(env, site);
	const rows = [
		...drafts.tagRules.map((body) => ({ kind: "tag-rule" as const, body })),
		...drafts.scoreRules.map((body) => ({ kind: "score-rule" as const, body })),
		...drafts.segments.map((body) => ({ kind: "segment" as const, body })),
		...drafts.experiences.map((body) => ({ kind: "experience" as const, body })),
	].map(({ kind, body }) => ({ site, kind, id: body.id, body: JSON.stringify(body), updatedAt: now }));
	await db.batch([
		db.delete(definitions).where(eq(definitions.site, site)),
		...rows.map((row) => db.insert(definitions).values(row)),
	]);
}

export async function definitionsOf(env: Env, site: string): Promise<Definitions> {
	const rows = await drizzleOf(env, site).select().from(definitions).where(eq(definitions.site, site));
	const of = (kind: (typeof rows)[number]["kind"]) =>
		rows.filter((row) => row.kind === kind).map((row) => JSON.parse(row.body));
	return {
		tagRules: of("tag-rule"),
		scoreRules: of("score-rule"),
		segments: of("segment"),
		experiences: of("experience"),
	};
}

/** The revision of the latest publication, 0 where there is none. */
export async function latestRevision(env: Env, site: string): Promise<number> {
	const [row] = await drizzleOf(env, site)
		.select({ revision: publications.revision })
		.from(publications)
		.where(eq(publications.site, site))
		.orderBy(desc(publications.revision))
		.limit(1);
	return row?.revision ?? 0;
}

export async function savePublication(env: Env, snapshot: Snapshot, now: number): Promise<void> {
	const { site, revision } = snapshot;
	await drizzleOf(env, site)
		.insert(publications)
		.values({ site, revision, snapshot: JSON.stringify(snapshot), publishedAt: now });
}
