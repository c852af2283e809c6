// Whether tests of one text can hold together. Folded, as conditions compare.

import type { TextTest } from "../condition.ts";
import { pathTester, wildcardOf } from "../match.ts";
import { fold } from "../text.ts";
import type { Asked } from "./numbers.ts";

/** What a test says of a text: all that it may be; or how it starts and ends, and what it holds. */
type Meaning =
	| { readonly is: "among"; readonly values: readonly string[] }
	| {
			readonly is: "pattern";
			readonly start: string;
			readonly end: string;
			/** Each of them is somewhere in the text. */
			readonly pieces: readonly string[];
			/** The whole of it, where it says more than the members above. */
			readonly wildcard?: string;
	  };

/**
 * Whether some text answers all tests as asked. `among`: all that the text can be, where that is known, and then one of
 * them is there. It may say yes where there is none, never no where there is one.
 */
export function canBeText(asked: readonly Asked<TextTest>[], among?: readonly string[]): boolean {
	const meant = asked.map(({ test, yes }) => ({ meaning: meaningOf(test), yes }));
	const wanted = meant.flatMap(({ meaning, yes }) => (yes ? [meaning] : []));
	const refused = meant.flatMap(({ meaning, yes }) => (yes ? [] : [meaning]));
	const candidates = among ?? wanted.find((one) => one.is === "among")?.values;
	if (candidates)
		return candidates.some((text) => meant.every(({ meaning, yes }) => fits(meaning, text) === yes));
	if (wanted.some((one) => refused.some((other) => implies(one, other)))) return false;
	return !wanted.some((one, place) => wanted.slice(place + 1).some((other) => clash(one, other)));
}

function meaningOf(test: TextTest): Meaning {
	switch (test.op) {
		case "is":
			return { is: "among", values: [fold(test.value)] };
		case "any-of":
			return { is: "among", values: test.values.map(fold) };
		case "exists":
			return pattern("", "", []);
		case "starts-with":
			return pattern(fold(test.value), "", []);
		case "ends-with":
			return pattern("", fold(test.value), []);
		case "contains":
			return pattern("", "", [fold(test.value)]);
		case "wildcard": {
			const wildcard = fold(test.value);
			const { start, middle, end } = wildcardOf(wildcard);
			return end === undefined
				? { is: "among", values: [start] }
				: { ...pattern(start, end, middle), wildcard };
		}
	}
}

function pattern(
	start: string,
	end: string,
	pieces: readonly string[],
): Meaning & { readonly is: "pattern" } {
	return { is: "pattern", start, end, pieces: [start, end, ...pieces] };
}

function fits(meaning: Meaning, text: string): boolean {
	if (meaning.is === "among") return meaning.values.includes(text);
	const { start, end, pieces, wildcard } = meaning;
	if (wildcard !== undefined) return pathTester({ op: "wildcard", value: wildcard })(text);
	return text.startsWith(start) && text.endsWith(end) && pieces.every((piece) => text.includes(piece));
}

/** Whether every text of the one is a text of the other. */
function implies(one: Meaning, other: Meaning): boolean {
	if (one.is === "among") return one.values.every((text) => fits(other, text));
	if (other.is === "among") return false;
	if (other.wildcard !== undefined && other.wildcard === one.wildcard) return true;
	// What a wildcard says of more than one end or piece is also about their order.
	if (other.wildcard !== undefined && other.pieces.filter((piece) => piece !== "").length > 1) return false;
	return (
		one.start.startsWith(other.start) &&
		one.end.endsWith(other.end) &&
		other.pieces.every((piece) => one.pieces.some((known) => known.includes(piece)))
	);
}

/** Whether the two begin or end in ways that no text can. */
function clash(one: Meaning, other: Meaning): boolean {
	if (one.is === "among" || other.is === "among") return false;
	const canStart = one.start.startsWith(other.start) || other.start.startsWith(one.start);
	const canEnd = one.end.endsWith(other.end) || other.end.endsWith(one.end);
	return !canStart || !canEnd;
}
