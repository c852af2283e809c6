// A condition as one exact sentence, as it stands beside a rule: two conditions that differ in meaning never make the same
// sentence. Trees that mix “and” with “or” are bracketed: nobody reads a precedence into prose.

import type { Condition, Leaf } from "../condition.ts";
import { englishClause } from "./en.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { polishClause } from "./pl.ts";

interface Joining {
	readonly clause: (leaf: Leaf, isSo: boolean, format: Format) => string;
	readonly and: string;
	readonly or: string;
	readonly not: string;
	readonly everyone: string;
	readonly nobody: string;
}

const joinings: InEach<Joining> = {
	pl: {
		clause: polishClause,
		and: " i ",
		or: " lub ",
		not: "nieprawda, że",
		everyone: "pasuje każdy",
		nobody: "nie pasuje nikt",
	},
	en: {
		clause: englishClause,
		and: " and ",
		or: " or ",
		not: "it is not true that",
		everyone: "everyone matches",
		nobody: "nobody matches",
	},
};

/** One sentence, with a capital and a full stop. */
export function sentenceOf(condition: Condition, language: Language, context: Context = {}): string {
	return `${capital(clauseOf(condition, language, context))}.`;
}

/** The same without a capital or a full stop, to stand within another sentence. */
export function clauseOf(condition: Condition, language: Language, context: Context): string {
	return say(condition, joinings[language], formatOf(language, context)).text;
}

/** A leaf as a clause, negated or not. */
export function leafClause(leaf: Leaf, isSo: boolean, language: Language, format: Format): string {
	return joinings[language].clause(leaf, isSo, format);
}

/** `by` is what joins it on its outermost level. */
interface Said {
	readonly text: string;
	readonly by?: "and" | "or" | "then";
}

function say(condition: Condition, joining: Joining, format: Format): Said {
	if ("all" in condition) return joined(condition.all, "and", joining, format);
	if ("any" in condition) return joined(condition.any, "or", joining, format);
	if (!("not" in condition)) {
		const text = joining.clause(condition, true, format);
		return condition.field === "sequence" ? { text, by: "then" } : { text };
	}
	const { not } = condition;
	const isLeaf = !("all" in not || "any" in not || "not" in not);
	if (isLeaf) return { text: joining.clause(not, false, format) };
	return { text: `${joining.not} (${say(not, joining, format).text})` };
}

function joined(members: readonly Condition[], by: "and" | "or", joining: Joining, format: Format): Said {
	const [only, ...others] = members;
	if (!only) return { text: by === "and" ? joining.everyone : joining.nobody };
	if (others.length === 0) return say(only, joining, format);
	const said = members.map((member) => say(member, joining, format));
	const texts = said.map(({ text, by: inner }) => (inner && inner !== by ? `(${text})` : text));
	return { text: texts.join(joining[by]), by };
}

export function capital(text: string): string {
	return text.replace(/\p{L}/u, (letter) => letter.toUpperCase());
}
