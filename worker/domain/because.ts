// Why a condition holds of a person, or does not: worked out when somebody asks, as data from which any language can
// make its sentences.

import type {
	Comparison,
	Condition,
	CountLeaf,
	Leaf,
	NumberField,
	NumberTest,
	ScalarTest,
	TextField,
	TextTest,
} from "./condition.ts";
import type { Scalar } from "./event.ts";
import { numberFields, textFields } from "./fields.ts";
import { own } from "./keyed.ts";
import { matchKey } from "./match.ts";
import { evaluateOne, type Verdict } from "./predicate.ts";
import type { Subject } from "./subject.ts";

/** Each node with its verdict: what was needed, and what is so. */
export type Because = Verdict & (TreeBecause | LeafBecause);

export type TreeBecause =
	| { readonly kind: "all" | "any"; readonly members: readonly Because[] }
	| { readonly kind: "not"; readonly member: Because };

/** An absent `actual` is a missing value. */
export type LeafBecause =
	| { readonly kind: "text"; readonly field: TextField; readonly needed: TextTest; readonly actual?: string }
	| {
			readonly kind: "number";
			readonly field: NumberField;
			readonly needed: NumberTest;
			readonly actual: number;
	  }
	| {
			readonly kind: "attribute";
			readonly name: string;
			readonly needed: ScalarTest;
			readonly actual?: Scalar;
	  }
	| { readonly kind: "tag"; readonly tag: string; readonly needed: Comparison; readonly actual: number }
	| CountBecause;

/**
 * `actual` counts no further than the facts remember, one more than the highest threshold that is published: where
 * `isAtLeast` is true, it may be more.
 */
export interface CountBecause {
	readonly kind: "events";
	readonly match: CountLeaf["match"];
	readonly withinMs?: number;
	readonly needed: Comparison;
	readonly actual: number;
	readonly isAtLeast: boolean;
	/** The latest match, in the window or not. */
	readonly lastAt?: number;
}

/** Explains a condition, node by node, from the same facts that `evaluate` reads. */
export function explain(condition: Condition, subject: Subject, now: number): Because {
	const verdict = evaluateOne(condition, subject, now);
	if ("all" in condition)
		return { ...verdict, kind: "all", members: explainEach(condition.all, subject, now) };
	if ("any" in condition)
		return { ...verdict, kind: "any", members: explainEach(condition.any, subject, now) };
	if ("not" in condition) return { ...verdict, kind: "not", member: explain(condition.not, subject, now) };
	return { ...verdict, ...explainLeaf(condition, subject, now) };
}

function explainEach(members: readonly Condition[], subject: Subject, now: number): Because[] {
	return members.map((member) => explain(member, subject, now));
}

function explainLeaf(leaf: Leaf, subject: Subject, now: number): LeafBecause {
	const { facts } = subject;
	switch (leaf.field) {
		case "events":
			return explainCount(leaf, facts.counters[matchKey(leaf.match)] ?? [], now);
		case "tag":
			return {
				kind: "tag",
				tag: leaf.tag,
				needed: leaf.count,
				actual: own(facts.tags, leaf.tag)?.count ?? 0,
			};
		case "attribute": {
			const actual = own(facts.attributes, leaf.name)?.value;
			const found = actual === undefined ? {} : { actual };
			return { kind: "attribute", name: leaf.name, needed: leaf.test, ...found };
		}
		case "score":
		case "visits": {
			const actual = numberFields[leaf.field].read(subject);
			return { kind: "number", field: leaf.field, needed: leaf.test, actual };
		}
		default: {
			const actual = textFields[leaf.field].read(subject);
			const found = actual === undefined ? {} : { actual };
			return { kind: "text", field: leaf.field, needed: leaf.test, ...found };
		}
	}
}

function explainCount(leaf: CountLeaf, instants: readonly number[], now: number): CountBecause {
	const { match, count, withinMs } = leaf;
	const inWindow = withinMs === undefined ? instants : instants.filter((at) => at > now - withinMs);
	const [lastAt] = instants;
	return {
		kind: "events",
		match,
		needed: count,
		actual: inWindow.length,
		isAtLeast: inWindow.length > count.n && inWindow.length === instants.length,
		...(withinMs === undefined ? {} : { withinMs }),
		...(lastAt === undefined ? {} : { lastAt }),
	};
}
