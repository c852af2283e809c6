// The smallest change as one sentence: what would do to flip the answer, or why nothing would.

import { leafOf } from "../because.ts";
import type { Change, ExplainedLeaf, Flip } from "../change.ts";
import { englishFlip } from "./en-change.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { polishFlip } from "./pl-change.ts";
import { leafClause } from "./sentence.ts";

interface Changing {
	readonly flip: (flip: Flip, format: Format) => string;
	/** By what the answer would become. */
	readonly aims: Readonly<
		Record<Aim, (to: boolean) => { readonly possible: string; readonly impossible: string }>
	>;
	readonly enough: (howMany: number) => string;
	readonly because: string;
	readonly and: string;
}

/** What a change is of. */
export type Aim = "condition" | "tag" | "experience";

const changings: InEach<Changing> = {
	pl: {
		flip: polishFlip,
		aims: {
			condition: (to) => ({
				possible: `Aby warunek ${to ? "był spełniony" : "przestał być spełniony"}`,
				impossible: to ? "Tego warunku nie da się już spełnić" : "Ten warunek pozostanie spełniony",
			}),
			tag: (to) => ({
				possible: `Aby tag ${to ? "został dodany" : "został zdjęty"}`,
				impossible: `Żadna reguła już nie ${to ? "doda" : "zdejmie"} tego tagu: można to zrobić ręcznie`,
			}),
			experience: (to) => ({
				possible: `Aby treść ${to ? "się pokazała" : "się nie pokazała"}`,
				impossible: `Ta treść tej osobie już się nie pokaże`,
			}),
		},
		enough: (howMany) => (howMany === 1 ? "wystarczy" : "potrzeba razem"),
		because: "bo",
		and: " i ",
	},
	en: {
		flip: englishFlip,
		aims: {
			condition: (to) => ({
				possible: `For the condition ${to ? "to be met" : "to be met no longer"}`,
				impossible: to ? "This condition can no longer be met" : "This condition will stay met",
			}),
			tag: (to) => ({
				possible: `For the tag to be ${to ? "added" : "taken off"}`,
				impossible: `No rule will ${to ? "add this tag" : "take this tag off"} any more: it can be done by hand`,
			}),
			experience: (to) => ({
				possible: `For the experience ${to ? "to be shown" : "not to be shown"}`,
				impossible: "This experience will not be shown to this person any more",
			}),
		},
		enough: (howMany) => (howMany === 1 ? "this would do" : "all of this is needed"),
		because: "because",
		and: " and ",
	},
};

/** Instants are in the context's time zone, to the minute. */
export function changeSentence(
	change: Change,
	language: Language,
	context: Context = {},
	aim: Aim = "condition",
): string {
	const format = formatOf(language, context);
	return change.kind === "possible"
		? neededSentence(aim, change.to, flipClauses(change, language, format), language)
		: impossibleSentence(aim, change.to, fixedClauses(change, language, format), language);
}

/** What would do, each a clause that follows “this would do:”. */
export function neededSentence(aim: Aim, to: boolean, needs: readonly string[], language: Language): string {
	const { aims, enough } = changings[language];
	return `${aims[aim](to).possible}, ${enough(needs.length)}: ${needs.join("; ")}.`;
}

/** `why` are clauses of what stays as it is. */
export function impossibleSentence(
	aim: Aim,
	to: boolean,
	why: readonly string[],
	language: Language,
): string {
	const { aims, because, and } = changings[language];
	return `${aims[aim](to).impossible}${why.length === 0 ? "" : `, ${because} ${why.join(and)}`}.`;
}

export function flipClauses(change: Change, language: Language, format: Format): readonly string[] {
	const { flip } = changings[language];
	return change.kind === "possible" ? change.flips.map((one) => flip(one, format)) : [];
}

export function fixedClauses(change: Change, language: Language, format: Format): readonly string[] {
	const sayNow = (leaf: ExplainedLeaf): string => leafClause(leafOf(leaf), leaf.is, language, format);
	return change.kind === "impossible" ? change.fixed.map(sayNow) : [];
}
