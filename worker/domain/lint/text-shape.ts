// Texts that no value looks like: what is compared is folded, paths decoded, countries two letters.

import { type EventMatch, type Leaf, matchesOf, type PathTest, type ValueTest } from "../condition.ts";
import type { Place } from "../refusal.ts";
import { fold } from "../text.ts";
import type { OddText, Warning } from "./warning.ts";

type Spelt = readonly [at: Place, value: string];

/** The warnings of a leaf's texts. */
export function oddTextsOf(leaf: Leaf): readonly Warning[] {
	const ofTest = "test" in leaf ? oddIn(leaf.field, leaf.test) : [];
	const names: readonly string[] = leaf.field === "sequence" ? ["first", "second"] : ["match"];
	const ofMatches = matchesOf(leaf).flatMap((match, place) => oddInMatch(match, names[place] ?? "match"));
	return [...ofTest, ...ofMatches];
}

function oddIn(field: Leaf["field"], test: ValueTest): readonly Warning[] {
	const judge = judges[field];
	return textsOf(test, ["test"]).flatMap(([at, value]) => {
		const why = fold(value) === "" ? "folds-to-nothing" : judge?.(fold(value), test.op);
		return why ? [{ kind: "odd-text", at, why, value } as const] : [];
	});
}

function oddInMatch({ path, where = [] }: EventMatch, name: string): readonly Warning[] {
	const why = path && oddPath(path);
	return [
		...(path && why
			? [{ kind: "odd-text", at: [name, "path", "value"], why, value: path.value } as const]
			: []),
		...where
			.flatMap(({ test }, place) => textsOf(test, [name, "where", place, "test"]))
			.filter(([, value]) => fold(value) === "")
			.map(([at, value]): Warning => ({ kind: "odd-text", at, why: "folds-to-nothing", value })),
	];
}

function textsOf(test: ValueTest, at: Place): readonly Spelt[] {
	if ("value" in test) return [[[...at, "value"], test.value]];
	if ("values" in test) return test.values.map((value, place) => [[...at, "values", place], value]);
	return [];
}

type Judge = (folded: string, op: ValueTest["op"]) => OddText | undefined;

const isWhole = (op: ValueTest["op"]): boolean => op === "is" || op === "any-of";
const judgeCountry: Judge = (text, op) => {
	if (op === "wildcard") return undefined;
	const isPossible = isWhole(op) ? /^[a-z]{2}$/.test(text) : /^[a-z]{1,2}$/.test(text);
	return isPossible ? undefined : "country-not-two-letters";
};
const judges: Readonly<Partial<Record<Leaf["field"], Judge>>> = {
	country: judgeCountry,
	"whereabouts.country": judgeCountry,
	device: (text, op) => {
		const known = ["phone", "tablet", "desktop", "tv"];
		if (op === "wildcard") return undefined;
		const isPossible = isWhole(op) ? known.includes(text) : known.some((device) => device.includes(text));
		return isPossible ? undefined : "device-unknown";
	},
	emailDomain: (text) => (text.includes("@") ? "email-domain-with-at" : undefined),
};

function oddPath({ op, value }: PathTest): OddText | undefined {
	const text = fold(value);
	if (text === "") return "folds-to-nothing";
	const starts = op !== "contains" && !(op === "wildcard" && text.startsWith("*"));
	if (starts && !text.startsWith("/")) return "path-without-slash";
	if (/%[0-9a-f]{2}/.test(text)) return "path-encoded";
	return /[?#]/.test(text) ? "path-with-query" : undefined;
}
