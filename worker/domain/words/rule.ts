// When a rule acts, as a clause: for each event that matches, or once a trait is so.

import type { Limit, When } from "../definition.ts";
import { englishOccurrence } from "./en-events.ts";
import { formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { polishHappened } from "./pl-events.ts";
import { afterEnglish, afterNumber, english, polish } from "./plural.ts";
import { clauseOf } from "./sentence.ts";

/** za każdym razem, gdy wyświetlono stronę „/cennik”; once, as soon as the browser is “Chrome” */
export function whenClause(when: When, limit: Limit, language: Language, context: Context): string {
	const isPolish = language === "pl";
	if ("trait" in when)
		return `${isPolish ? "jeden raz, gdy tylko" : "once, as soon as"} ${clauseOf(when.trait, language, context)}`;
	const { event, who } = when;
	const format = formatOf(language, context);
	const isOnce = limit === "once";
	const clauses = [
		isPolish
			? `${isOnce ? "jeden raz" : "za każdym razem"}, gdy ${polishHappened(event, format)}`
			: `for ${isOnce ? "the first" : "each"} ${englishOccurrence(event, format)}`,
		who && `${isPolish ? "jeśli" : "if"} ${clauseOf(who, language, context)}`,
		typeof limit === "object" && limitWords[language](limit, format.number),
	];
	return clauses.filter(Boolean).join(", ");
}

export const limitWords: InEach<(limit: Limit, number: (n: number) => string) => string> = {
	pl(limit, number) {
		if (limit === "each") return "bez limitu";
		if (limit === "once") return "tylko jeden raz";
		return `najwyżej ${number(limit.perDay)} ${afterNumber(limit.perDay, polish.time)} dziennie`;
	},
	en(limit, number) {
		if (limit === "each") return "without a limit";
		if (limit === "once") return "only once";
		return `at most ${number(limit.perDay)} ${afterEnglish(limit.perDay, english.time)} a day`;
	},
};
