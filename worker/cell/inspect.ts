// A person as the inspector shows them: what is known, what it adds up to, and why each experience is or is not shown.

import { explain } from "../domain/because.ts";
import { decide } from "../domain/decision.ts";
import { read } from "../domain/person.ts";
import { evaluate } from "../domain/predicate.ts";
import type { Rules } from "../domain/rules.ts";
import { foldPath } from "../domain/text.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type { Inspection } from "./call.ts";
import type { Loaded } from "./people.ts";

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
	const verdicts = evaluate(rules.program, subject, now);
	const { candidates } = decide(rules.experiences, {
		now,
		path: foldPath(path),
		isIn: (segment) => Object.hasOwn(standing.segments, segment),
		mayUse: () => true,
		attention: facts.attention,
	});
	const names = new Map(snapshot.definitions.experiences.map(({ id, name }) => [id, name]));
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
		segments: snapshot.definitions.segments.map(({ id, name, condition }) => {
			const until = verdicts.until(rules.segments.get(id) ?? -1);
			return {
				id,
				name,
				since: standing.segments[id] ?? null,
				until: Number.isFinite(until) ? until : null,
				because: explain(condition, subject, now),
			};
		}),
		candidates: candidates.map((candidate) => ({
			...candidate,
			name: names.get(candidate.experience) ?? candidate.experience,
		})),
	};
}
