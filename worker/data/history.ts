// What happened to a person, for whoever reads it on a screen. Details of anonymous visits that have lapsed are refused
// from the very instant, whether or not their rows have been deleted yet: every query here is of `ownParts`.

import type { Candidate } from "../domain/decision.ts";
import { appliedAt, eventNames, type Properties } from "../domain/event.ts";
import { readEffect, type StoredEffect } from "../domain/stored.ts";
import type { LedgerLine, StoryLine } from "../protocol/history.ts";

const storyLength = 40;
const ledgerLength = 100;

/**
 * True of a row `p` of people, an anonymous person's, whose browser did something within the site's retention. What people
 * do to them by hand, and what the clock does, is no activity of theirs. ?3 now.
 */
export const isRecent = `EXISTS (SELECT 1 FROM parts o INDEXED BY parts_of_person
	WHERE o.site = p.site AND o.person = p.id AND p.retention_ms + o.last_seen_at > ?3)`;

/** True of a contact, and of whoever was here within the retention. */
export const readablePerson = `(p.retention_ms IS NULL OR ${isRecent})`;

/** True where that is so of whom the part belongs to, and of what is tied to a card. ?1 site, ?2 part. */
export const readable = `EXISTS (SELECT 1 FROM parts q LEFT JOIN people p ON p.site = q.site AND p.id = q.person
	WHERE q.site = ?1 AND q.id = ?2 AND (q.tied_to IS NOT NULL OR (p.id IS NOT NULL AND ${readablePerson})))`;

/** Parts of these people that may be read. ?1 site, ?2 people as JSON, ?3 now. */
export const ownParts = `own AS MATERIALIZED (SELECT q.id, q.person FROM parts q JOIN people p ON p.site = q.site AND p.id = q.person
	WHERE q.site = ?1 AND q.person IN (SELECT value FROM json_each(?2)) AND ${readablePerson})`;

interface StoryRow {
	id: string;
	at: number;
	name: string;
	props: string;
	effects: string;
	cause: string | null;
	decision: string | null;
}

/** These parts, those of them that may be read. ?1 site, ?2 parts as JSON, ?3 now. */
const theseParts = `own AS MATERIALIZED (SELECT q.id FROM parts q LEFT JOIN people p ON p.site = q.site AND p.id = q.person
	WHERE q.site = ?1 AND q.id IN (SELECT value FROM json_each(?2))
		AND (q.tied_to IS NOT NULL OR (p.id IS NOT NULL AND ${readablePerson})))`;

/** The latest of what happened to a person, in any of their parts, latest first. */
export function storyOf(db: D1Database, site: string, person: string, now: number) {
	return storyIn(db, site, ownParts, [person], now);
}

/** The same of these parts alone. */
export function storyOfParts(db: D1Database, site: string, parts: readonly string[], now: number) {
	return storyIn(db, site, theseParts, parts, now);
}

async function storyIn(
	db: D1Database,
	site: string,
	own: string,
	ids: readonly string[],
	now: number,
): Promise<readonly StoryLine[]> {
	const { results } = await db
		.prepare(
			`WITH ${own}
			SELECT id, at, name, props, effects, cause, decision FROM events
			WHERE site = ?1 AND part IN (SELECT id FROM own) ORDER BY at DESC, id DESC LIMIT ?4`,
		)
		.bind(site, JSON.stringify(ids), now, storyLength)
		.all<StoryRow>();
	return results.map(({ id, at, name, props, effects, cause, decision }): StoryLine => {
		const own: Properties = JSON.parse(props);
		const made = (JSON.parse(effects) as StoredEffect[]).map(readEffect);
		const reasons: readonly Candidate[] | null = decision === null ? null : JSON.parse(decision);
		// What the clock did is an effect of no event.
		const clockwork = cause === null ? [] : [{ name, props: own, rule: cause }];
		return { id, at, name, props: own, effects: [...clockwork, ...made], ...applied(id), decision: reasons };
	});
}

interface LedgerRow {
	id: string;
	at: number;
	event: string;
	name: string | null;
	points: number;
	rule: string | null;
	path: string | null;
}

/** The latest points of the site's own score, in any of a person's parts, with what earned them, latest first. */
export async function ledgerOf(
	db: D1Database,
	site: string,
	person: string,
	now: number,
): Promise<readonly LedgerLine[]> {
	const { results } = await db
		.prepare(
			`WITH ${ownParts},
				lines AS MATERIALIZED (SELECT id, part, at, event, props ->> 'points' AS points, rule FROM ledger
					WHERE site = ?1 AND part IN (SELECT id FROM own) AND name = ?5 AND props ->> 'programme' IS NULL
					ORDER BY at DESC, id DESC LIMIT ?4),
				causes AS MATERIALIZED (SELECT part, id, name, props ->> 'path' AS path FROM events
					WHERE site = ?1 AND part IN (SELECT part FROM lines) AND at IN (SELECT at FROM lines)
						AND id IN (SELECT event FROM lines))
			SELECT l.id, l.at, l.event, l.points, l.rule, c.name, c.path
			FROM lines l LEFT JOIN causes c ON c.part = l.part AND c.id = l.event ORDER BY l.at DESC, l.id DESC`,
		)
		.bind(site, JSON.stringify([person]), now, ledgerLength, eventNames.pointsEarned)
		.all<LedgerRow>();
	return results.map((line) => ({ ...line, ...applied(line.id) }));
}

function applied(id: string): { readonly appliedAt?: number } {
	const at = appliedAt(id);
	return at === undefined ? {} : { appliedAt: at };
}
