// A because as sentences: of a tree how many of its parts hold, and of each leaf what was needed, what is so, and until
// when. Numbered where parts have parts.

import { type Because, isLeaf, type LeafBecause, leafOf } from "../because.ts";
import type { Verdict } from "../predicate.ts";
import { englishActual } from "./en-actual.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { polishActual } from "./pl-actual.ts";
import { leafClause } from "./sentence.ts";

interface Telling {
	readonly verdict: (isSo: boolean) => string;
	readonly actual: (because: LeafBecause, format: Format) => string;
	readonly until: (at: string) => string;
	/** Of a tree, how many of its parts hold. */
	readonly parts: (kind: "all" | "any", so: string, all: string) => string;
	readonly not: string;
	readonly empty: Readonly<Record<"all" | "any", string>>;
}

const tellings: InEach<Telling> = {
	pl: {
		verdict: (isSo) => (isSo ? "Spełnione" : "Niespełnione"),
		actual: polishActual,
		until: (at) => `sam upływ czasu zmieni to ${at}`,
		parts: (kind, so, all) =>
			`${kind === "all" ? "potrzebne są wszystkie części" : "wystarczy jedna część"}, spełnionych: ${so} z ${all}`,
		not: "to, co niżej, nie może być spełnione",
		empty: { all: "pasuje każdy", any: "nie pasuje nikt" },
	},
	en: {
		verdict: (isSo) => (isSo ? "Met" : "Not met"),
		actual: englishActual,
		until: (at) => `time alone will change this on ${at}`,
		parts: (kind, so, all) =>
			`${kind === "all" ? "all parts are needed" : "one part is enough"}, met: ${so} of ${all}`,
		not: "what follows must not be met",
		empty: { all: "everyone matches", any: "nobody matches" },
	},
};

/**
 * One sentence for each node, a tree before its parts. A leaf that is negated is one sentence, with the verdict of the
 * negation. Instants are in the context's time zone.
 */
export function becauseSentences(
	because: Because,
	language: Language,
	context: Context = {},
): readonly string[] {
	return Array.from(tell(because, [], language, formatOf(language, context)));
}

function* tell(
	node: Because,
	number: readonly number[],
	language: Language,
	format: Format,
): Generator<string> {
	const telling = tellings[language];
	const say = (text: string): string =>
		`${number.length > 0 ? `${number.join(".")}. ` : ""}${telling.verdict(node.is)}: ${text}.`;
	switch (node.kind) {
		case "all":
		case "any": {
			const { members } = node;
			const so = members.filter(({ is }) => is).length;
			if (members.length === 0) yield say(telling.empty[node.kind]);
			else yield say(telling.parts(node.kind, format.number(so), format.number(members.length)));
			for (const [place, member] of members.entries())
				yield* tell(member, [...number, place + 1], language, format);
			return;
		}
		case "not": {
			const { member } = node;
			if (isLeaf(member)) {
				yield say(tellLeaf(member, false, language, format));
				if (member.kind === "segment") yield* tell(member.of, [...number, 1], language, format);
			} else {
				yield say(telling.not);
				yield* tell(member, [...number, 1], language, format);
			}
			return;
		}
		default:
			yield say(tellLeaf(node, true, language, format));
			if (node.kind === "segment") yield* tell(node.of, [...number, 1], language, format);
	}
}

function tellLeaf(node: Verdict & LeafBecause, isSo: boolean, language: Language, format: Format): string {
	const telling = tellings[language];
	const until = Number.isFinite(node.until) ? telling.until(format.minute(node.until)) : "";
	const parts = [leafClause(leafOf(node), isSo, language, format), telling.actual(node, format), until];
	return parts.filter((part) => part !== "").join("; ");
}
