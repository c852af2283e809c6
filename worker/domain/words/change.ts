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
	readonly possible: (to: boolean, howMany: number) => string;
	readonly impossible: (to: boolean) => string;
	readonly because: string;
	readonly and: string;
}

const changings: InEach<Changing> = {
	pl: {
		flip: polishFlip,
		possible: (to, howMany) =>
			`Aby warunek ${to ? "był spełniony" : "przestał być spełniony"}, ${howMany === 1 ? "wystarczy" : "potrzeba razem"}: `,
		impossible: (to) => (to ? "Tego warunku nie da się już spełnić" : "Ten warunek pozostanie spełniony"),
		because: "bo",
		and: " i ",
	},
	en: {
		flip: englishFlip,
		possible: (to, howMany) =>
			`For the condition ${to ? "to be met" : "to be met no longer"}, ${howMany === 1 ? "this would do" : "all of this is needed"}: `,
		impossible: (to) => (to ? "This condition can no longer be met" : "This condition will stay met"),
		because: "because",
		and: " and ",
	},
};

/** Instants are in the context's time zone, to the minute. */
export function changeSentence(change: Change, language: Language, context: Context = {}): string {
	const format = formatOf(language, context);
	const { flip, possible, impossible, because, and } = changings[language];
	if (change.kind === "possible") {
		const { to, flips } = change;
		return `${possible(to, flips.length)}${flips.map((one) => flip(one, format)).join("; ")}.`;
	}
	const sayNow = (leaf: ExplainedLeaf): string => leafClause(leafOf(leaf), leaf.is, language, format);
	const { to, fixed } = change;
	const why = fixed.length === 0 ? "" : `, ${because} ${fixed.map(sayNow).join(and)}`;
	return `${impossible(to)}${why}.`;
}
