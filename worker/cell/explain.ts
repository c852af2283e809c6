// Why somebody meets a condition or does not, has a tag or points, is shown something or not, told in sentences: as data for every screen, in each language.

import { explain } from "../domain/because.ts";
import { type CandidateBecause, canChange } from "../domain/because-decision.ts";
import type { ScoreBecause } from "../domain/because-score.ts";
import { type TagBecause, tagChange } from "../domain/because-tag.ts";
import { smallestChange } from "../domain/change.ts";
import type { Condition } from "../domain/condition.ts";
import type { Definitions, Segment } from "../domain/definition.ts";
import type { Subject } from "../domain/subject.ts";
import { changeSentence } from "../domain/words/change.ts";
import { decisionChange, decisionSentences, experienceSentence } from "../domain/words/decision.ts";
import type { Context, InEach, Language } from "../domain/words/language.ts";
import { nextTierSentence, scoreSentence, scoreSentences } from "../domain/words/score.ts";
import { sentenceOf } from "../domain/words/sentence.ts";
import { tagSentence, tagSentences } from "../domain/words/tag.ts";
import { becauseSentences } from "../domain/words/why.ts";
import type { CandidateView, Explanation } from "./call.ts";

/** By id, in constant time: a condition may mention hundreds. */
export type SegmentsById = ReadonlyMap<string, Segment>;

export function segmentsById(segments: readonly Segment[]): SegmentsById {
	return new Map(segments.map((segment) => [segment.id, segment]));
}

/** What sentences call things, and the zone of their instants (IANA). */
export function contextOf(
	{ currency }: { readonly currency?: string; readonly retentionMs: number },
	{ segments, programmes = [], scoreRules, experiences }: Omit<Definitions, "tagRules">,
	timeZone: string,
): Context {
	return {
		segments: namesOf(segments),
		programmes: namesOf(programmes),
		rules: namesOf(scoreRules),
		experiences: namesOf(experiences),
		...(currency === undefined ? {} : { currency }),
		timeZone,
	};
}

function namesOf(named: readonly { readonly id: string; readonly name: string }[]): Record<string, string> {
	return Object.fromEntries(named.map(({ id, name }) => [id, name]));
}

/** Everything JSON can carry: an `until` without end is null, and what a change costs has been weighed before. */
export function explanationOf(
	condition: Condition,
	subject: Subject,
	now: number,
	segments: SegmentsById,
	context: Context,
): Explanation {
	const because = explain(condition, subject, now, (id) => segments.get(id)?.condition);
	const change = smallestChange(because, now);
	return {
		is: because.is,
		until: finite(because.until),
		sentence: inEach((language) => sentenceOf(condition, language, context)),
		sentences: inEach((language) => becauseSentences(because, language, context)),
		change: {
			isPossible: change.kind === "possible",
			sentence: inEach((language) => changeSentence(change, language, context)),
		},
	};
}

export function tagExplanation(because: TagBecause, now: number, context: Context): Explanation {
	const change = tagChange(because, now);
	return {
		is: because.count > 0,
		until: because.expiresAt ?? null,
		sentence: inEach((language) => tagSentence(because, language, context)),
		sentences: inEach((language) => tagSentences(because, language, context)),
		change: {
			isPossible: change.kind === "possible",
			sentence: inEach((language) => changeSentence(change, language, context, "tag")),
		},
	};
}

export function scoreExplanation(because: ScoreBecause, context: Context): Explanation {
	return {
		is: because.balance !== 0,
		until: because.lapse?.at ?? null,
		sentence: inEach((language) => scoreSentence(because, language, context)),
		sentences: inEach((language) => scoreSentences(because, language, context)),
		change: {
			isPossible: because.next !== undefined,
			sentence: inEach((language) => nextTierSentence(because, language, context)),
		},
	};
}

export function candidateView(because: CandidateBecause, context: Context): CandidateView {
	const { experience, revision, reason, of, against, until } = because;
	return {
		experience,
		revision,
		reason,
		name: of.name,
		is: against.length === 0,
		until: finite(until),
		sentence: inEach((language) => experienceSentence(of, language, context)),
		sentences: inEach((language) => decisionSentences(because, language, context)),
		change: {
			isPossible: canChange(because),
			sentence: inEach((language) => decisionChange(because, language, context)),
		},
	};
}

function finite(until: number): number | null {
	return Number.isFinite(until) ? until : null;
}

export function inEach<T>(of: (language: Language) => T): InEach<T> {
	return { pl: of("pl"), en: of("en") };
}
