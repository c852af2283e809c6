// All that a cell tells of somebody to an inspector.

import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import type { Rules } from "../domain/rules.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type { Inspection } from "./call.ts";
import type { Loaded } from "./people.ts";
import { candidatesFor, conditionsOf, whyOf } from "./why.ts";

export function inspect(
	{ person, state }: Loaded,
	snapshot: Snapshot,
	rules: Rules<Experience>,
	path: string,
	now: number,
): Inspection {
	const { standing } = state;
	const facts = read(standing.person);
	const subject = { facts, identity: standing.identity };
	const { definitions } = snapshot;
	const conditionOf = conditionsOf(definitions);
	return {
		now,
		revision: snapshot.revision,
		person,
		identity: standing.identity,
		firstSeenAt: facts.firstSeenAt,
		lastSeenAt: facts.lastSeenAt,
		visits: facts.visits.length + facts.sealedVisits,
		environment: facts.environment?.value ?? null,
		firstTouch: facts.firstTouch?.value ?? null,
		lastTouch: facts.lastTouch?.value ?? null,
		attributes: Object.fromEntries(
			Object.entries(facts.attributes).map(([name, { value }]) => [name, value]),
		),
		tags: facts.tags,
		score: facts.score,
		segments: definitions.segments.map(({ id, name, condition }) => ({
			id,
			name,
			since: own(standing.segments, id) ?? null,
			...whyOf(condition, definitions.programmes, subject, now, conditionOf),
		})),
		candidates: candidatesFor(state, { url: path }, snapshot, rules, now),
	};
}
