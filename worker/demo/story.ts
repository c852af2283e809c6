// Which part a persona's browser writes to, and what a publication calls its rules.

import { eventNames } from "../domain/event.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { RuleName } from "./report.ts";

export interface Sighting {
	readonly part: string;
	readonly cell: string;
	/** As the visitor's page wrote it; none where the details have lapsed. */
	readonly path: string | null;
	readonly isUnproven: boolean;
}

/** Ids are UUIDv7, so the newest parts stand last in the key: looking for a persona costs the same in a full database. */
const newestParts = 200;

/**
 * The newest part that saw a page of this host. `known` is the part of an earlier answer: where the pages are
 * forgotten, nothing else leads to it.
 */
export async function sight(
	db: D1Database,
	site: string,
	origin: string,
	known: string,
): Promise<Sighting | undefined> {
	const seen = await db
		.prepare(
			`SELECT part, props ->> 'path' AS path FROM events
			WHERE site = ?1 AND part IN (SELECT id FROM parts WHERE site = ?1 ORDER BY id DESC LIMIT ?3)
				AND name IN (?4, ?5) AND instr(props ->> 'url', ?2) = 1
			ORDER BY id DESC LIMIT 1`,
		)
		.bind(site, `${origin}/`, newestParts, eventNames.pageViewed, eventNames.pageReloaded)
		.first<{ part: string; path: string | null }>();
	const part = seen?.part ?? known;
	const owner = await db
		.prepare(
			`SELECT people.cell, parts.proof FROM parts JOIN people ON people.site = ?1 AND people.id = parts.person
			WHERE parts.site = ?1 AND parts.id = ?2`,
		)
		.bind(site, part)
		.first<{ cell: string; proof: string | null }>();
	return owner
		? { part, cell: owner.cell, path: seen?.path ?? null, isUnproven: owner.proof === "typed" }
		: undefined;
}

type Names = Readonly<Record<string, RuleName>>;
let named: { readonly revision: number; readonly names: Names } | undefined;

/** The names in a publication, which never change: read once for each revision. */
export async function namesOf(db: D1Database, site: string, revision: number): Promise<Names> {
	if (named?.revision === revision) return named.names;
	const text = await db
		.prepare("SELECT snapshot FROM publications WHERE site = ?1 AND revision = ?2")
		.bind(site, revision)
		.first<string>("snapshot");
	if (text === null) return {};
	const { definitions }: Snapshot = JSON.parse(text);
	const { tagRules, scoreRules, segments, experiences } = definitions;
	const names = Object.fromEntries([
		...tagRules.map(({ id, tag }) => [id, { kind: "tag", name: tag }] as const),
		...scoreRules.map(({ id, name }) => [id, { kind: "score", name }] as const),
		...segments.map(({ id, name }) => [id, { kind: "segment", name }] as const),
		// Experiences have a space of names of their own: the seed's segment and pop-up share an id.
		...experiences.map(({ id, name }) => [`experience:${id}`, { kind: "experience", name }] as const),
	]);
	named = { revision, names };
	return names;
}
