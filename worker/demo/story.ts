// Which part a persona's browser writes to, and what a publication says of its rules.

import { eventNames } from "../domain/event.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { RuleName } from "./report.ts";

export interface Sighting {
	readonly part: string;
	/** Of the card for which the part counts; none where it counts for none. */
	readonly cell: string | null;
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
			`SELECT people.cell, parts.proof FROM parts LEFT JOIN people ON people.site = ?1 AND people.id = parts.person
			WHERE parts.site = ?1 AND parts.id = ?2`,
		)
		.bind(site, part)
		.first<{ cell: string | null; proof: string | null }>();
	return owner
		? { part, cell: owner.cell, path: seen?.path ?? null, isUnproven: owner.proof === "typed" }
		: undefined;
}

interface Published {
	readonly snapshot: Snapshot;
	readonly names: Readonly<Record<string, RuleName>>;
}
let known: Published | undefined;

/** A publication, which never changes, and the names in it: read once for each revision. */
export async function publishedAs(db: D1Database, site: string, revision: number): Promise<Published> {
	if (known?.snapshot.revision === revision) return known;
	const text = await db
		.prepare("SELECT snapshot FROM publications WHERE site = ?1 AND revision = ?2")
		.bind(site, revision)
		.first<string>("snapshot");
	if (text === null) throw new Error("a cell has a publication that D1 has not");
	const snapshot: Snapshot = JSON.parse(text);
	const { tagRules, scoreRules, segments, experiences } = snapshot.definitions;
	const names = Object.fromEntries([
		...tagRules.map(({ id, tag }) => [id, { kind: "tag", name: tag }] as const),
		...scoreRules.map(({ id, name }) => [id, { kind: "score", name }] as const),
		...segments.map(({ id, name }) => [id, { kind: "segment", name }] as const),
		// Experiences have a space of names of their own: the seed's segment and pop-up share an id.
		...experiences.map(({ id, name }) => [`experience:${id}`, { kind: "experience", name }] as const),
	]);
	known = { snapshot, names };
	return known;
}
