// The one language for "who" and "when": a closed, typed tree. Two compilers give it its meaning
// (predicate.ts for the edge, sql.ts for D1); neither compiles until it knows every field and operator.

import type { Scalar } from "./event.ts";

export type Condition = All | Any | Not | Leaf;
/** True where every member is; empty is true. */
export interface All {
	readonly all: readonly Condition[];
}
/** True where a member is; empty is false. */
export interface Any {
	readonly any: readonly Condition[];
}
export interface Not {
	readonly not: Condition;
}

export type Leaf = TextLeaf | AttributeLeaf | NumberLeaf | TagLeaf | CountLeaf;

/** A field of text: one value for a person, or none. */
export interface TextLeaf {
	readonly field: TextField;
	readonly test: TextTest;
}
/** An attribute of the person's own or the site's: text, number or yes/no. */
export interface AttributeLeaf {
	readonly field: "attribute";
	readonly name: string;
	readonly test: ScalarTest;
}
export interface NumberLeaf {
	readonly field: NumberField;
	readonly test: NumberTest;
}
/** How many times the tag was added; a tag never added counts zero. */
export interface TagLeaf {
	readonly field: "tag";
	readonly tag: string;
	readonly count: Comparison;
}
/** How many events match, ever or within the last `withinMs`: at > now - withinMs. */
export interface CountLeaf {
	readonly field: "events";
	readonly match: EventMatch;
	readonly count: Comparison;
	readonly withinMs?: number;
}

export type TextField =
	| "identity"
	| "device"
	| "browser"
	| "system"
	| "language"
	| "country"
	| "city"
	| FirstTouchField
	| LastTouchField;
export type TouchPart = "source" | "medium" | "campaign" | "phrase" | "referrer" | "landing";
export type FirstTouchField = `first.${TouchPart}`;
export type LastTouchField = `last.${TouchPart}`;
export type NumberField = "score" | "visits";

/** Both sides are folded. A missing value makes each of them false. */
export type TextTest =
	| { readonly op: "is" | "contains" | "starts-with" | "ends-with"; readonly value: string }
	| { readonly op: "any-of"; readonly values: readonly string[] }
	| { readonly op: "exists" };
export type NumberTest = Comparison | { readonly op: "between"; readonly from: number; readonly to: number };
/** A test never crosses types: text is never equal to a number. */
export type ScalarTest = TextTest | NumberTest | { readonly op: "is-true" | "is-false" };

/** `n` of a count is 0 to 100 (see `limits`); of a score any safe integer. */
export interface Comparison {
	readonly op: ">=" | "<=" | "=";
	readonly n: number;
}

/** An event by its name, the path of its page, and its properties; all that are given must hold. */
export interface EventMatch {
	readonly name: string;
	readonly path?: PathTest;
	readonly where?: readonly PropertyTest[];
}
/** Against the folded path; `*` in a wildcard stands for any run of characters. */
export interface PathTest {
	readonly op: "is" | "starts-with" | "contains" | "wildcard";
	readonly value: string;
}
export interface PropertyTest {
	readonly property: string;
	readonly test: ScalarTest;
}

/** What a definition may cost. Checked when it is saved, so that nothing larger is ever evaluated. */
export const limits = {
	depth: 8,
	/** As many as D1 takes where each is a count or a test within one (test/support/largest.ts). */
	nodes: 160,
	list: 100,
	text: 200,
	count: 100,
	/** 400 days. */
	windowMs: 400 * 86_400_000,
	property: 64,
	where: 10,
} as const satisfies Record<string, number>;

export type { Scalar };

/** Each leaf of a condition, in order. */
export function* leavesOf(condition: Condition): Generator<Leaf> {
	if ("all" in condition) for (const member of condition.all) yield* leavesOf(member);
	else if ("any" in condition) for (const member of condition.any) yield* leavesOf(member);
	else if ("not" in condition) yield* leavesOf(condition.not);
	else yield condition;
}
