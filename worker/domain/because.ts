// Why a condition holds of a person, or does not: worked out when somebody asks, as data from which any language can
// make its sentences.

import { explainLeaf } from "./because-leaf.ts";
import type {
	CartLeaf,
	Comparison,
	Condition,
	CountLeaf,
	DateTest,
	EventMatch,
	InterestLeaf,
	Leaf,
	NumberTest,
	OrdersLeaf,
	PointsLeaf,
	TextTest,
	ValueTest,
} from "./condition.ts";
import type { Channel, ConsentState } from "./consent.ts";
import type { Value } from "./event.ts";
import type { DateField, NumberField, TextField } from "./fields.ts";
import { evaluateOne, type Verdict } from "./predicate.ts";
import type { Subject } from "./subject.ts";

/** Each node with its verdict: what was needed, and what is so. */
export type Because = Verdict & (TreeBecause | LeafBecause);

export type TreeBecause =
	| { readonly kind: "all" | "any"; readonly members: readonly Because[] }
	| { readonly kind: "not"; readonly member: Because };

/** Where whereabouts are known from: as the person declared, as we deliver, as the browser was seen. */
export type WhereaboutsSource = "declared" | "delivery" | "seen";

/** An absent `actual` is a missing value. */
export type LeafBecause =
	| TextBecause
	| {
			readonly kind: "number";
			readonly field: NumberField;
			readonly needed: NumberTest;
			readonly actual?: number;
	  }
	| {
			readonly kind: "date";
			readonly field: DateField;
			readonly needed: DateTest;
			/** Epoch ms, as of every date. */
			readonly actual?: number;
	  }
	| {
			readonly kind: "attribute";
			readonly name: string;
			readonly needed: ValueTest;
			readonly actual?: Value;
	  }
	| { readonly kind: "age"; readonly needed: NumberTest; readonly actual?: number }
	| {
			readonly kind: "near";
			readonly latitude: number;
			readonly longitude: number;
			readonly km: number;
			/** How far away, in km. */
			readonly actual?: number;
			readonly from?: WhereaboutsSource;
	  }
	| { readonly kind: "tag"; readonly tag: string; readonly needed: Comparison; readonly actual: number }
	| {
			readonly kind: "tagged";
			readonly tag: string;
			readonly which: "first" | "last";
			readonly needed: DateTest;
			readonly actual?: number;
	  }
	| {
			readonly kind: "points";
			readonly programme: string;
			readonly of: PointsLeaf["of"];
			readonly needed: NumberTest;
			readonly actual: number;
	  }
	/** `actual` is when they joined. */
	| { readonly kind: "member"; readonly programme: string; readonly actual?: number }
	| CountBecause
	| {
			readonly kind: "sum";
			readonly match: EventMatch;
			readonly property: string;
			readonly days?: number;
			readonly needed: NumberTest;
			readonly actual: number;
	  }
	| {
			readonly kind: "moment";
			readonly match: EventMatch;
			readonly which: "first" | "last";
			readonly needed: DateTest;
			readonly actual?: number;
	  }
	| SequenceBecause
	| {
			readonly kind: "orders";
			readonly of: OrdersLeaf["of"];
			readonly days?: number;
			readonly needed: NumberTest;
			readonly actual?: number;
			/** Those that count, in the window: how many, and what they come to. */
			readonly orders: { readonly count: number; readonly revenue: number };
	  }
	| { readonly kind: "cart"; readonly needed: CartLeaf["test"]; readonly actual: readonly string[] }
	| {
			readonly kind: "interest";
			readonly in: InterestLeaf["in"];
			readonly value: string;
			readonly of: InterestLeaf["of"];
			readonly needed: NumberTest;
			readonly actual?: number;
	  }
	| {
			readonly kind: "list";
			readonly list: string;
			/** Of when they were put on it. */
			readonly needed?: DateTest;
			readonly actual?: number;
	  }
	| {
			readonly kind: "consent";
			readonly channel: Channel;
			readonly purpose: string;
			readonly needed: ConsentState;
			readonly actual?: { readonly state: ConsentState; readonly since: number };
	  }
	| { readonly kind: "segment"; readonly segment: string; readonly of: Because };

export interface TextBecause {
	readonly kind: "text";
	readonly field: TextField;
	readonly needed: TextTest;
	readonly actual?: string;
	/** Of whereabouts that are known. */
	readonly from?: WhereaboutsSource;
	/** Of a first touch that was: it stays what it is. */
	readonly isFixed?: true;
}

/**
 * `actual` counts no further than the facts remember, one more than the highest threshold that is published: where
 * `isAtLeast` is true, it may be more.
 */
export interface CountBecause {
	readonly kind: "events";
	readonly match: EventMatch;
	readonly withinMs?: number;
	readonly by?: Exclude<CountLeaf["by"], undefined>;
	readonly needed: Comparison;
	readonly actual: number;
	readonly isAtLeast: boolean;
	/** The latest match, in the window or not. */
	readonly lastAt?: number;
	/** When the oldest of those that count leaves the window. */
	readonly dropsAt?: number;
}

export interface SequenceBecause {
	readonly kind: "sequence";
	readonly first: EventMatch;
	readonly second: EventMatch;
	readonly thenWithinMs: number;
	readonly withinMs?: number;
	/** The latest pair that completes it, in the window or not. */
	readonly actual?: { readonly firstAt: number; readonly thenAt: number };
	/** A first that still waits for its other, and up to when. */
	readonly open?: { readonly firstAt: number; readonly until: number };
}

/** What a segment's condition is, by the segment's id. */
export type ConditionOf = (segment: string) => Condition | undefined;

/**
 * Explains a condition, node by node, from the same facts that `evaluate` reads.
 *
 * @throws where the condition asks for a segment whose condition `conditionOf` does not know, or for a tier: tier.ts puts
 * these in place.
 */
export function explain(
	condition: Condition,
	subject: Subject,
	now: number,
	conditionOf: ConditionOf = () => undefined,
): Because {
	const each = (members: readonly Condition[]): Because[] =>
		members.map((member) => explain(member, subject, now, conditionOf));
	const verdict = (): Verdict => evaluateOne(withSegments(condition, conditionOf), subject, now);
	if ("all" in condition) return { ...verdict(), kind: "all", members: each(condition.all) };
	if ("any" in condition) return { ...verdict(), kind: "any", members: each(condition.any) };
	if ("not" in condition)
		return { ...verdict(), kind: "not", member: explain(condition.not, subject, now, conditionOf) };
	if (condition.field === "tier") throw new Error(`tier ${condition.tier} is not in its place`);
	if (condition.field !== "segment") return { ...verdict(), ...explainLeaf(condition, subject, now) };
	const { segment } = condition;
	const of = explain(inPlaceOf(segment, conditionOf), subject, now, conditionOf);
	return { is: of.is, until: of.until, kind: "segment", segment, of };
}

function withSegments(condition: Condition, conditionOf: ConditionOf): Condition {
	const each = (members: readonly Condition[]) => members.map((member) => withSegments(member, conditionOf));
	if ("all" in condition) return { all: each(condition.all) };
	if ("any" in condition) return { any: each(condition.any) };
	if ("not" in condition) return { not: withSegments(condition.not, conditionOf) };
	if (condition.field !== "segment") return condition;
	return withSegments(inPlaceOf(condition.segment, conditionOf), conditionOf);
}

function inPlaceOf(segment: string, conditionOf: ConditionOf): Condition {
	const condition = conditionOf(segment);
	if (!condition) throw new Error(`segment ${segment} is not known`);
	return condition;
}

export function isLeaf(node: Because): node is Verdict & LeafBecause {
	return !("members" in node || "member" in node);
}

/** The leaf that was explained. */
export function leafOf(because: LeafBecause): Leaf {
	switch (because.kind) {
		case "text":
			return { field: because.field, test: because.needed };
		case "number":
			return { field: because.field, test: because.needed };
		case "date":
			return { field: because.field, test: because.needed };
		case "attribute":
			return { field: "attribute", name: because.name, test: because.needed };
		case "age":
			return { field: "age", test: because.needed };
		case "near": {
			const { latitude, longitude, km } = because;
			return { field: "near", latitude, longitude, km };
		}
		case "tag":
			return { field: "tag", tag: because.tag, count: because.needed };
		case "tagged":
			return { field: "tagged", tag: because.tag, which: because.which, test: because.needed };
		case "points":
			return { field: "points", programme: because.programme, of: because.of, test: because.needed };
		case "member":
			return { field: "member", programme: because.programme };
		case "events": {
			const { match, needed, withinMs, by } = because;
			return {
				field: "events",
				match,
				count: needed,
				...(withinMs === undefined ? {} : { withinMs }),
				...(by === undefined ? {} : { by }),
			};
		}
		case "sum": {
			const { match, property, needed, days } = because;
			return { field: "sum", match, property, test: needed, ...(days === undefined ? {} : { days }) };
		}
		case "moment":
			return { field: "moment", match: because.match, which: because.which, test: because.needed };
		case "sequence": {
			const { first, second, thenWithinMs, withinMs } = because;
			const window = withinMs === undefined ? {} : { withinMs };
			return { field: "sequence", first, second, thenWithinMs, ...window };
		}
		case "orders": {
			const { of, needed, days } = because;
			return { field: "orders", of, test: needed, ...(days === undefined ? {} : { days }) };
		}
		case "cart":
			return { field: "cartProducts", test: because.needed };
		case "interest":
			return {
				field: "interest",
				in: because.in,
				value: because.value,
				of: because.of,
				test: because.needed,
			};
		case "list": {
			const { list, needed } = because;
			return { field: "list", list, ...(needed === undefined ? {} : { test: needed }) };
		}
		case "consent": {
			const { channel, purpose, needed } = because;
			return { field: "consent", channel, purpose, state: needed };
		}
		case "segment":
			return { field: "segment", segment: because.segment };
	}
}
