// What a cell answers to why: why people meet a condition or are in a segment, have a tag or so many points, and what
// one of them would be shown on a page now.

import type { ConditionOf } from "../domain/because.ts";
import { explainDecision } from "../domain/because-decision.ts";
import { explainScore } from "../domain/because-score.ts";
import { explainTag } from "../domain/because-tag.ts";
import type { Segment } from "../domain/definition.ts";
import type { Event } from "../domain/event.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import type { Rules } from "../domain/rules.ts";
import type { Standing } from "../domain/standing.ts";
import { foldPath } from "../domain/text.ts";
import type { Context } from "../domain/words/language.ts";
import { addressOf } from "../platform/address.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type {
	Asked,
	AskedPage,
	CandidateView,
	ExplainAnswer,
	ExplainCall,
	Explained,
	Explanation,
} from "./call.ts";
import { siteFactsOf } from "./collect.ts";
import {
	candidateView,
	contextOf,
	explanationOf,
	scoreExplanation,
	segmentsById,
	tagExplanation,
} from "./explain.ts";
import { type Past, withPast } from "./past.ts";

interface Known extends Asked {
	readonly standing: Standing;
}
type About<Of> = Extract<ExplainCall["question"], { readonly of: Of }>;

export function explainEach(
	people: readonly Known[],
	{ question, timeZone }: Omit<ExplainCall, "people">,
	snapshot: Snapshot,
	rules: Rules<Experience>,
	now: number,
): ExplainAnswer {
	const { settings, definitions } = snapshot;
	const context = contextOf(settings, definitions, timeZone);
	switch (question.of) {
		case "segment":
		case "condition":
			return explainConditions(people, question, snapshot, timeZone, now);
		case "tag":
			return explained(people, ({ standing, past }) => {
				const conditionOf = conditionsOf(definitions.segments);
				const because = explainTag(question.tag, standing, definitions, eventsOf(past), now, conditionOf);
				return tagExplanation(because, now, context);
			});
		case "score": {
			const { programme } = question;
			const of = definitions.programmes?.find(({ id }) => id === programme);
			if (programme !== null && !of) return { is: "refused", code: "programme-unknown" };
			return explained(people, ({ standing, past }) =>
				scoreExplanation(explainScore(of, standing.person, definitions, eventsOf(past)), context),
			);
		}
		case "page": {
			const [one] = people;
			if (!one) return { is: "explained", people: [] };
			const candidates = candidatesFor(one.standing, question.page, snapshot, rules, context, now);
			return { is: "decided", candidates };
		}
	}
}

/** What `decide` answers for this page, experience by experience, with all that speaks against each. */
export function candidatesFor(
	{ person, identity, segments: memberships }: Standing,
	{ url, referrer }: AskedPage,
	{ settings, definitions }: Snapshot,
	{ experiences }: Rules<Experience>,
	context: Context,
	now: number,
): readonly CandidateView[] {
	const facts = read(person);
	// What of an address follows the host tells its path and its parameters too.
	const { path = "/", params = {} } = addressOf(url) ?? addressOf(`http://localhost${url}`) ?? {};
	const visitor = facts.environment?.value.timeZone;
	const question = {
		now,
		page: {
			url,
			path: foldPath(path),
			params,
			...(referrer === undefined ? {} : { referrer }),
			zones: { site: siteFactsOf(settings).timeZone, ...(visitor === undefined ? {} : { visitor }) },
		},
		isIn: (segment: string) => Object.hasOwn(memberships, segment),
		mayUse: () => true,
		attention: facts.attention,
	};
	const conditionOf = conditionsOf(definitions.segments);
	return explainDecision(experiences, question, { facts, identity }, conditionOf).map((one) =>
		candidateView(one, context),
	);
}

function explained(people: readonly Known[], explanation: (one: Known) => Explanation): ExplainAnswer {
	return { is: "explained", people: people.map((one) => ({ person: one.person, ...explanation(one) })) };
}

function conditionsOf(segments: readonly Segment[]): ConditionOf {
	const byId = segmentsById(segments);
	return (id) => byId.get(id)?.condition;
}

/** Of all parts. */
function eventsOf(past: Past): readonly Event[] {
	return Object.values(past).flat();
}

function explainConditions(
	people: readonly Known[],
	question: About<"segment" | "condition">,
	{ settings, definitions }: Snapshot,
	timeZone: string,
	now: number,
): ExplainAnswer {
	const isSegment = question.of === "segment";
	const segments = segmentsById(isSegment ? definitions.segments : question.segments);
	const condition = isSegment ? segments.get(question.segment)?.condition : question.condition;
	if (!condition) return { is: "refused", code: "segment-unknown" };
	const context = contextOf(settings, { ...definitions, segments: [...segments.values()] }, timeZone);
	const each = people.map(({ person, past, standing }): Explained => {
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
	return { is: "explained", people: each };
}
