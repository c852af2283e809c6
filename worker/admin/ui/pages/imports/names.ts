// What attributes, rules and segments are called, for all that tells of an import.

import { useDefinitions } from "../../definitions/kept.ts";
import { useLang } from "../../language.ts";
import { labelIn, useMeanings } from "./meanings.ts";

/** Said of whoever is new, and by nobody's file. */
export const ownMarks: ReadonlySet<string> = new Set(["created", "origin"]);

/** Asked once, for all who are shown. */
export interface Names {
	readonly attribute: (name: string) => string;
	readonly rule: (id: string) => string;
	readonly segment: (id: string) => string;
}

export function useNames(): Names {
	const lang = useLang();
	const meanings = useMeanings().value ?? [];
	const segments = useDefinitions("segment").value?.definitions ?? [];
	const tagRules = useDefinitions("tag-rule").value?.definitions ?? [];
	const scoreRules = useDefinitions("score-rule").value?.definitions ?? [];
	const rules = [...tagRules, ...scoreRules];
	return {
		attribute: (name) => labelIn(meanings, name),
		rule: (id) => rules.find((one) => one.id === id)?.names[lang] ?? id,
		segment: (id) => segments.find((one) => one.id === id)?.names[lang] ?? id,
	};
}
