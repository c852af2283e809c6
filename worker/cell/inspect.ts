// A person as the inspector shows them: what is known, what it adds up to, and why each experience is or is not shown.

import { type Because, explain } from "../domain/because.ts";
import { type Candidate, decide } from "../domain/decision.ts";
import type { Environment, TagMark } from "../domain/facts.ts";
import { read } from "../domain/person.ts";
import { evaluate } from "../domain/predicate.ts";
import type { Rules } from "../domain/rules.ts";
import type { Touch } from "../domain/source.ts";
import type { Identity } from "../domain/subject.ts";
import { foldPath } from "../domain/text.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type { Loaded } from "./people.ts";

export interface SegmentView {
	readonly id: string;
	readonly name: string;
	readonly since: number | null;
	/** Until when time alone leaves the answer as it is; null for always. */
	readonly until: number | null;
	readonly because: Because;
}

export interface Inspection {
	readonly now: number;
	readonly revision: number;
	readonly person: string;
	readonly identity: Identity;
	readonly firstSeenAt: number;
	readonly lastSeenAt: number;
	readonly visits: number;
	readonly environment: Environment | null;
	readonly firstTouch: Touch | null;
	readonly lastTouch: Touch | null;
	readonly attributes: Readonly<Record<string, string | number | boolean>>;
	readonly tags: Readonly<Record<string, TagMark>>;
	readonly score: number;
	readonly segments: readonly SegmentView[];
	readonly candidates: readonly (Candidate & { readonly name: string })[];
}

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
