// What happened to a part, for whoever reads it on a screen. Details of anonymous visits that have lapsed are refused
// from the very instant, whether or not their rows have been deleted yet: every query here asks `readable`.

import type { Candidate } from "../domain/decision.ts";
import { eventNames, type Properties } from "../domain/event.ts";
import type { Effect, LedgerLine, StoryLine } from "../protocol/history.ts";

const storyLength = 40;
const ledgerLength = 100;

/**
 * True where the part is a contact's, or its latest event is younger than the site's retention. Who has no row any more
 * is tied to a card, and so a contact's. ?1 site, ?2 part, ?3 now.
 */
export const readable = `(
	SELECT people.retention_ms IS NULL
		OR people.retention_ms + (SELECT max(last_at) FROM arrivals WHERE site = ?1 AND part = ?2) > ?3
	FROM parts LEFT JOIN people ON people.site = ?1 AND people.id = parts.person
	WHERE parts.site = ?1 AND parts.id = ?2
)`;

interface StoryRow {
	id: string;
	at: number;
	name: string;
	props: string;
	effects: string;
	cause: string | null;
	decision: string | null;
}

/** The latest of what happened, latest first. */
export async function storyOf(
	db: D1Database,
	site: string,
	part: string,
	now: number,
): Promise<readonly StoryLine[]> {
	const { results } = await db
		.prepare(
			`SELECT id, at, name, props, effects, cause, decision FROM events
			WHERE site = ?1 AND part = ?2 AND ${readable} ORDER BY at DESC, id DESC LIMIT ?4`,
		)
		.bind(site, part, now, storyLength)
		.all<StoryRow>();
	return results.map(({ id, at, name, props, effects, cause, decision }): StoryLine => {
		const own: Properties = JSON.parse(props);
		const made: readonly Effect[] = JSON.parse(effects);
		const reasons: readonly Candidate[] | null = decision === null ? null : JSON.parse(decision);
		// What the clock did is an effect of no event.
		const clockwork = cause === null ? [] : [{ name, props: own, rule: cause }];
		return { id, at, name, props: own, effects: [...clockwork, ...made], decision: reasons };
	});
}

interface LedgerRow {
	id: string;
	at: number;
	event: string;
	name: string | null;
	points: number;
	rule: string;
	path: string | null;
}

/** The latest points with what earned them, latest first. */
export async function ledgerOf(
	db: D1Database,
	site: string,
	part: string,
	now: number,
): Promise<readonly LedgerLine[]> {
	const { results } = await db
		.prepare(
			`SELECT l.id, l.at, l.event, l.props ->> 'points' AS points, l.rule,
				e.name, e.props ->> 'path' AS path
			FROM ledger l LEFT JOIN events e ON e.site = ?1 AND e.part = ?2 AND e.at = l.at AND e.id = l.event
			WHERE l.site = ?1 AND l.part = ?2 AND l.name = ?5 AND ${readable} ORDER BY l.at DESC LIMIT ?4`,
		)
		.bind(site, part, now, ledgerLength, eventNames.pointsEarned)
		.all<LedgerRow>();
	return results;
}
