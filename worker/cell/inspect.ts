// What a cell tells of its people when somebody asks: all that the inspector shows, or why they meet a condition.

import { decide } from "../domain/decision.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import type { Rules } from "../domain/rules.ts";
import type { Standing } from "../domain/standing.ts";
import { foldPath } from "../domain/text.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type { Asked, ExplainAnswer, ExplainCall, Explained, Inspection } from "./call.ts";
import { siteFactsOf } from "./collect.ts";
import { contextOf, explanationOf, segmentsById } from "./explain.ts";
import { withPast } from "./past.ts";
import type { Loaded } from "./people.ts";

export function inspect(
	{ person, state }: Loaded,
	snapshot: Snapshot,
	rules: Rules<Experience>,
	path: string,
	now: number,
	timeZone: string,
): Inspection {
	const { standing } = state;
	const facts = read(standing.person);
	const subject = { facts, identity: standing.identity };
	const segments = segmentsById(snapshot.definitions.segments);
	const context = contextOf(snapshot.settings, snapshot.definitions, timeZone);
	const { candidates } = decide(rules.experiences, {
		now,
		page: {
			url: path,
			path: foldPath(path),
			params: {},
			zones: {
				site: siteFactsOf(snapshot.settings).timeZone,
				visitor: facts.environment?.value.timeZone ?? "",
			},
		},
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
		segments: snapshot.definitions.segments.map(({ id, name, condition }) => ({
			id,
			name,
			since: own(standing.segments, id) ?? null,
			...explanationOf(condition, subject, now, segments, context),
		})),
		candidates: candidates.map((candidate) => ({
			...candidate,
			name: names.get(candidate.experience) ?? candidate.experience,
		})),
	};
}

interface Known extends Asked {
	readonly standing: Standing;
}

export function explainEach(
	people: readonly Known[],
	{ question, timeZone }: Omit<ExplainCall, "people">,
	{ settings, definitions }: Snapshot,
	now: number,
): ExplainAnswer {
	const isSegment = question.of === "segment";
	const segments = segmentsById(isSegment ? definitions.segments : question.segments);
	const condition = isSegment ? segments.get(question.segment)?.condition : question.condition;
	if (!condition) return { is: "refused", code: "segment-unknown" };
	const context = contextOf(settings, { ...definitions, segments: [...segments.values()] }, timeZone);
	const explained = people.map(({ person, past, standing }): Explained => {
		const facts = isSegment
			? read(standing.person)
			: withPast(
					read(standing.person),
					past,
					[condition, ...question.segments.map((one) => one.condition)],
					definitions,
				);
		const subject = { facts, identity: standing.identity };
		return {
			person,
			...(isSegment && { memberSince: own(standing.segments, question.segment) ?? null }),
			...explanationOf(condition, subject, now, segments, context),
		};
	});
	return { is: "explained", people: explained };
}
