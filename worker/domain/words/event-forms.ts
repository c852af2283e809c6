// What there is to say of an event, in each language, and how regular ones are made.

import type { Gender } from "./fields.ts";
import { type EnglishNoun, type Noun, noun } from "./plural.ts";

/** The impersonal past, which no gender inflects; under negation its object stands in the genitive. */
export interface PolishEvent {
	readonly did: string;
	readonly didNot: string;
	readonly noun: Noun;
	readonly gender: Gender;
	/** Whether `did` and `noun` end on the page, so that its path follows at once. */
	readonly isPage: boolean;
}

export interface EnglishEvent {
	/** None where it is the page. */
	readonly subject: string;
	readonly did: string;
	readonly didNot: string;
	readonly never: string;
	readonly noun: EnglishNoun;
	/** Whether `subject` and `noun` go on with the page. */
	readonly isPage: boolean;
}

export function impersonal(
	verb: string,
	object: string,
	genitive: string,
	isPage = false,
): Omit<PolishEvent, "noun" | "gender"> {
	return { did: `${verb} ${object}`, didNot: `nie ${verb} ${genitive}`, isPage };
}

/** opuszczenie, opuszczenia, opuszczeń: nouns made of verbs are all alike. */
export function gerund(stem: string, many: string, of: string): Noun {
	return noun(`${stem}e ${of}`, `${stem}a ${of}`, `${many} ${of}`, `${stem}a ${of}`);
}

export function passive(
	subject: string,
	verb: string,
	one: string,
	other: string,
	isPage = false,
): EnglishEvent {
	return {
		subject,
		did: `was ${verb}`,
		didNot: `was not ${verb}`,
		never: `was never ${verb}`,
		noun: { one, other },
		isPage,
	};
}
