// Why somebody meets a condition or does not, told in sentences: as data for every screen, in each language.

import { explain } from "../domain/because.ts";
import { smallestChange } from "../domain/change.ts";
import type { Condition } from "../domain/condition.ts";
import type { Definitions, Segment } from "../domain/definition.ts";
import type { Subject } from "../domain/subject.ts";
import { changeSentence } from "../domain/words/change.ts";
import type { Context, InEach, Language } from "../domain/words/language.ts";
import { sentenceOf } from "../domain/words/sentence.ts";
import { becauseSentences } from "../domain/words/why.ts";
import type { Explanation } from "./call.ts";

/** By id, in constant time: a condition may mention hundreds. */
export type SegmentsById = ReadonlyMap<string, Segment>;

export function segmentsById(segments: readonly Segment[]): SegmentsById {
	return new Map(segments.map((segment) => [segment.id, segment]));
}

/** What sentences call things, and the zone of their instants (IANA). */
export function contextOf(
	{ currency }: { readonly currency?: string; readonly retentionMs: number },
	{ segments, programmes = [] }: Pick<Definitions, "segments" | "programmes">,
	timeZone: string,
): Context {
	return {
		segments: Object.fromEntries(segments.map(({ id, name }) => [id, name])),
		programmes: Object.fromEntries(programmes.map(({ id, name }) => [id, name])),
		...(currency === undefined ? {} : { currency }),
		timeZone,
	};
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
		until: Number.isFinite(because.until) ? because.until : null,
		sentence: inEach((language) => sentenceOf(condition, language, context)),
		sentences: inEach((language) => becauseSentences(because, language, context)),
		change: {
			isPossible: change.kind === "possible",
			sentence: inEach((language) => changeSentence(change, language, context)),
		},
	};
}

export function inEach<T>(of: (language: Language) => T): InEach<T> {
	return { pl: of("pl"), en: of("en") };
}
