// What happened to a person, for whoever reads it on a screen. Details of anonymous visits that have lapsed are refused
// from the very instant, whether or not their rows have been deleted yet: every query here is of `ownParts`.

import type { Candidate } from "../domain/decision.ts";
import { appliedAt, eventNames, type Properties } from "../domain/event.ts";
import type { Effect, LedgerLine, StoryLine } from "../protocol/history.ts";
import { ownParts } from "./people.ts";

const storyLength = 40;
const ledgerLength = 100;

interface StoryRow {
	id: string;
	at: number;
	name: string;
	props: string;
	effects: string;
	cause: string | null;
	decision: string | null;
}

/** The latest of what happened to a person, in any of their parts, latest first. */
export async function storyOf(
	db: D1Database,
	site: string,
	person: string,
	now: number,
): Promise<readonly StoryLine[]> {
	const { results } = await db
		.prepare(
			`WITH ${ownParts}
			SELECT id, at, name, props, effects, cause, decision FROM events
			WHERE site = ?1 AND part IN (SELECT id FROM own) ORDER BY at DESC, id DESC LIMIT ?4`,
		)
		.bind(site, JSON.stringify([person]), now, storyLength)
		.all<StoryRow>();
	return results.map(({ id, at, name, props, effects, cause, decision }): StoryLine => {
		const own: Properties = JSON.parse(props);
		const made: readonly Effect[] = JSON.parse(effects);
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
