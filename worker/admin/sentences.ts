// What cells answer to why, told in sentences: as data for every screen, in each language.

import { type CandidateBecause, canChange } from "../domain/because-decision.ts";
import type { ScoreBecause } from "../domain/because-score.ts";
import type { Candidate } from "../domain/decision.ts";
import type { Definitions } from "../domain/definition.ts";
import { defaultCurrency } from "../domain/money.ts";
import { changeSentence } from "../domain/words/change.ts";
import { decisionChange, decisionSentences, experienceSentence } from "../domain/words/decision.ts";
import type { Context, InEach, Language } from "../domain/words/language.ts";
import { nextTierSentence, scoreSentence, scoreSentences } from "../domain/words/score.ts";
import { sentenceOf } from "../domain/words/sentence.ts";
import { tagSentence, tagSentences } from "../domain/words/tag.ts";
import { becauseSentences } from "../domain/words/why.ts";
import type { ConditionWhy, Why } from "./explained.ts";

/** Whether somebody meets a condition, has a tag or points, or is shown something; and why. */
export interface Explanation {
	readonly is: boolean;
	/** Until when time alone leaves the answer as it is, or the points; null for always. */
	readonly until: number | null;
	/** The condition itself, the rules of a tag, what an experience asks; of points, how many there are. */
	readonly sentence: InEach<string>;
	/** What is so: a sentence for each of its parts. */
	readonly sentences: InEach<readonly string[]>;
	/** The least that would make the answer another; of points, what the next tier takes. */
	readonly change: { readonly isPossible: boolean; readonly sentence: InEach<string> };
}

/** An experience with its reason. `until` and `change` are of whether it is shown. */
export interface CandidateView extends Candidate, Explanation {
	readonly name: string;
}

/** What sentences call things, and the zone of their instants (IANA). */
export function contextOf(
	{ currency = defaultCurrency }: { readonly currency?: string; readonly retentionMs: number },
	{
		segments,
		programmes = [],
		lists = [],
		scoreRules,
		experiences,
		groups = [],
	}: Omit<Definitions, "tagRules">,
	timeZone: string,
	attributes: Context["attributes"] = {},
): Context {
	return {
		segments: namesOf(segments),
		programmes: namesOf(programmes),
		tiers: Object.fromEntries(programmes.map(({ id, tiers }) => [id, namesOf(tiers)])),
		lists: Object.fromEntries(lists.map(({ id, names }) => [id, names])),
		rules: namesOf(scoreRules),
		experiences: namesOf(experiences),
		groups: namesOf(groups),
		attributes,
		currency,
		timeZone,
	};
}

function namesOf(named: readonly { readonly id: string; readonly name: string }[]): Record<string, string> {
	return Object.fromEntries(named.map(({ id, name }) => [id, name]));
}

/** Everything JSON can carry: an `until` without end is null, and what a change costs has been weighed before. */
export function explanationOf(why: Why, context: Context): Explanation {
	switch (why.of) {
		case "condition":
			return conditionExplanation(why, context);
		case "tag":
			return tagExplanation(why, context);
		case "score":
			return scoreExplanation(why.because, context);
	}
}

function conditionExplanation({ condition, because, change }: ConditionWhy, context: Context): Explanation {
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

function tagExplanation(
	{ because, change }: Extract<Why, { readonly of: "tag" }>,
	context: Context,
): Explanation {
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

function scoreExplanation(because: ScoreBecause, context: Context): Explanation {
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

function inEach<T>(of: (language: Language) => T): InEach<T> {
	return { pl: of("pl"), en: of("en") };
}
