// Why people meet a condition or are in a segment, have a tag or so many points, and what one of them would be shown on a
// page now: worked out of how a cell says that they stand. Whys are data; what makes sentences of them is sentences.ts.

import { boughtBy, isLandingOn } from "../cell/attending.ts";
import type { Standing, Standings } from "../cell/call.ts";
import { siteFactsOf } from "../cell/collect.ts";
import { contentFor, runOutOf } from "../cell/gifts.ts";
import { saidOf } from "../cell/offers.ts";
import { type ConditionOf, explain } from "../domain/because.ts";
import { type CandidateBecause, explainDecision } from "../domain/because-decision.ts";
import { explainScore } from "../domain/because-score.ts";
import { explainTag, tagChange } from "../domain/because-tag.ts";
import { smallestChange } from "../domain/change.ts";
import type { Condition } from "../domain/condition.ts";
import type { Definitions } from "../domain/definition.ts";
import type { Event } from "../domain/event.ts";
import { interruptionBefore } from "../domain/interruption.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { prepare } from "../domain/rules.ts";
import type { Subject } from "../domain/subject.ts";
import { foldPath } from "../domain/text.ts";
import { withProgrammes } from "../domain/tier.ts";
import { type Experiment, isHeldOut, variantOf } from "../domain/variant.ts";
import { addressOf } from "../platform/address.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type {
	Asked,
	AskedPage,
	ConditionWhy,
	ExplainAnswer,
	ExplainCall,
	Explained,
	Why,
} from "./explained.ts";
import { type Past, withPast } from "./past-asked.ts";

/** Of whom it is decided what is shown. */
interface Decided extends Standing, Pick<Standings, "emptyPools"> {}
/** Who is asked of, with how they stand. */
interface Known extends Asked, Decided {}
type Question = ExplainCall["question"];
type About<Of> = Extract<Question, { readonly of: Of }>;

/** Asks the cell how they stand, and works out why. */
export async function explainIn(
	cell: { standings(people: readonly string[]): Promise<unknown> },
	{ people, question }: ExplainCall,
): Promise<ExplainAnswer> {
	const told = (await cell.standings(people.map(({ person }) => person))) as Standings | undefined;
	if (!told) return { is: "refused", code: "site-unknown" };
	const pasts = new Map(people.map(({ person, past }) => [person, past]));
	const { emptyPools } = told;
	const known = told.people.map((one) => ({ ...one, emptyPools, past: pasts.get(one.person) ?? {} }));
	return explainEach(known, question, told.snapshot, told.now);
}

function explainEach(
	people: readonly Known[],
	question: Question,
	snapshot: Snapshot,
	now: number,
): ExplainAnswer {
	const { definitions } = snapshot;
	switch (question.of) {
		case "segment":
		case "condition":
			return explainConditions(people, question, snapshot, now);
		case "tag":
			return explained(people, ({ standing, past }) => {
				const conditionOf = conditionsOf(definitions);
				const because = explainTag(question.tag, standing, definitions, eventsOf(past), now, conditionOf);
				return { of: "tag", because, change: tagChange(because, now) };
			});
		case "score": {
			const { programme } = question;
			const of = definitions.programmes?.find(({ id }) => id === programme);
			if (programme !== null && !of) return { is: "refused", code: "programme-unknown" };
			return explained(people, ({ standing, past }) => {
				const because = explainScore(of, standing.person, definitions, eventsOf(past));
				return { of: "score", because };
			});
		}
		case "page": {
			const [one] = people;
			if (!one) return { is: "explained", people: [] };
			return { is: "decided", candidates: candidatesFor(one, question.page, snapshot, now) };
		}
	}
}

/** Why somebody would or would not be shown an experience there now, if it were published as it is given. */
export interface Foreseen {
	readonly person: string;
	/** Whether they are in the segment that it is for. */
	readonly isIn: boolean;
}

/** In their order, those whom the cell knows. */
export async function foreseeIn(
	cell: { standings(people: readonly string[]): Promise<unknown> },
	people: readonly Foreseen[],
	experience: Experience,
	page: AskedPage,
): Promise<readonly { readonly person: string; readonly candidate: CandidateBecause<Experience> }[]> {
	const told = (await cell.standings(people.map(({ person }) => person))) as Standings | undefined;
	if (!told) return [];
	const { snapshot, now, emptyPools } = told;
	const { definitions } = snapshot;
	const others = definitions.experiences.filter(({ id }) => id !== experience.id);
	const foreseen = { ...snapshot, definitions: { ...definitions, experiences: [...others, experience] } };
	const isIn = new Set(people.flatMap((one) => (one.isIn ? [one.person] : [])));
	return told.people.flatMap((one) => {
		const { segment } = experience;
		// As it would be published: its segment may be a draft.
		const { [segment ?? ""]: _, ...rest } = one.standing.segments;
		const is = segment !== undefined && isIn.has(one.person) && { [segment]: now };
		const standing = { ...one.standing, segments: { ...rest, ...is } };
		const candidates = candidatesFor({ ...one, standing, emptyPools }, page, foreseen, now);
		const candidate = candidates.find((each) => each.experience === experience.id);
		return candidate ? [{ person: one.person, candidate }] : [];
	});
}

/** What `decide` answers for this page, experience by experience, with all that speaks against each. */
export function candidatesFor(
	{ person: known, id = known, standing, interruptions, emptyPools }: Decided,
	asked: AskedPage,
	{ settings, definitions }: Snapshot,
	now: number,
): readonly CandidateBecause<Experience>[] {
	const { experiences, accounts } = prepare(definitions);
	const { url, referrer } = asked;
	const { person, identity, segments: memberships } = standing;
	const facts = read(person);
	const site = siteFactsOf(settings);
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
			...saidOf(asked, site),
			zones: { site: site.timeZone, ...(visitor === undefined ? {} : { visitor }) },
		},
		isIn: (segment: string) => Object.hasOwn(memberships, segment),
		mayUse: () => true,
		attention: facts.attention,
		accounts,
		bought: boughtBy(facts),
		isLanding: () => isLandingOn(asked, facts.environment?.value.device, site),
		interruptions,
		opening: "at-once",
		isHeldOut: (experience: Experiment) => isHeldOut(id, experience),
		runOut: (experience: Experience) => {
			const { content } = contentFor(experience, undefined, variantOf(id, experience));
			const codes = { isOut: (pool: string) => emptyPools.includes(pool) };
			return runOutOf(content, experience.id, { person, codes, now });
		},
	} as const;
	const conditionOf = conditionsOf(definitions);
	const subject = { facts, identity };
	const all = explainDecision(experiences, question, subject, conditionOf);
	const open = interruptionBefore(interruptions, undefined, now);
	if (!open) return all;
	// What is open now holds all others off, and not itself.
	const apart = explainDecision(experiences, { ...question, interruptions: [] }, subject, conditionOf);
	return all.map((one, place) => (one.experience === open.experience ? (apart[place] ?? one) : one));
}

export function whyOf(
	condition: Condition,
	programmes: Definitions["programmes"],
	subject: Subject,
	now: number,
	conditionOf: ConditionOf,
): ConditionWhy {
	const because = explain(withProgrammes(condition, programmes), subject, now, conditionOf);
	return { of: "condition", condition, because, change: smallestChange(because, now) };
}

/** In constant time: a condition may mention hundreds. */
export function conditionsOf({
	segments,
	programmes,
}: Pick<Definitions, "segments" | "programmes">): ConditionOf {
	const byId = new Map(segments.map(({ id, condition }) => [id, condition]));
	return (id) => {
		const condition = byId.get(id);
		return condition && withProgrammes(condition, programmes);
	};
}

function explained(people: readonly Known[], why: (one: Known) => Why): ExplainAnswer {
	return { is: "explained", people: people.map((one) => ({ person: one.person, why: why(one) })) };
}

/** Of all parts. */
function eventsOf(past: Past): readonly Event[] {
	return Object.values(past).flat();
}

function explainConditions(
	people: readonly Known[],
	question: About<"segment" | "condition">,
	{ definitions }: Snapshot,
	now: number,
): ExplainAnswer {
	const isSegment = question.of === "segment";
	const known = isSegment ? definitions : { ...definitions, ...question };
	const conditionOf = conditionsOf(known);
	const condition = isSegment ? conditionOf(question.segment) : question.condition;
	if (!condition) return { is: "refused", code: "segment-unknown" };
	const each = people.map(({ person, past, standing }): Explained => {
		const facts = isSegment
			? read(standing.person)
			: withPast(
					standing.person,
					past,
					[condition, ...question.segments.map((one) => one.condition)],
					definitions,
				);
		const subject = { facts, identity: standing.identity };
		return {
			person,
			...(isSegment && { memberSince: own(standing.segments, question.segment) ?? null }),
			why: whyOf(condition, known.programmes, subject, now, conditionOf),
		};
	});
	return { is: "explained", people: each };
}
