// All that an inspector shows of somebody.

import type { Standing, Standings } from "../cell/call.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import type { Inspection } from "./explained.ts";
import { candidatesFor, conditionsOf, whyOf } from "./why.ts";

/** Whoever has this browser, as of now; nothing where the cell does not know it. */
export async function inspectIn(
	cell: { standingOf(visitor: string): Promise<unknown> },
	visitor: string,
	path: string,
): Promise<Inspection | undefined> {
	const told = (await cell.standingOf(visitor)) as Standings | undefined;
	const [one] = told?.people ?? [];
	return told && one && inspect(one, told, path);
}

function inspect(one: Standing, { now, snapshot, emptyPools }: Standings, path: string): Inspection {
	const { person, standing } = one;
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
		candidates: candidatesFor({ ...one, emptyPools }, { url: path }, snapshot, now),
	};
}
