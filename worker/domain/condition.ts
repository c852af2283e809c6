// The one language for "who" and "when": a closed, typed tree. Two compilers give it its meaning
// (predicate.ts for the edge, sql.ts for D1); neither compiles until it knows every field and operator.
//
// What both mean: the answer over a person's retained events and facts at an instant `now`. Nothing happens after `now`.
// A missing value makes every test false, so `not` of it is true. Days are days of UTC.

import type { Channel, ConsentState } from "./consent.ts";
import type { Scalar } from "./event.ts";
import type { DateField, NumberField, TextField } from "./fields.ts";

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

export type Leaf =
	| TextLeaf
	| NumberLeaf
	| DateLeaf
	| AttributeLeaf
	| AgeLeaf
	| NearLeaf
	| TagLeaf
	| TaggedLeaf
	| PointsLeaf
	| MemberLeaf
	| TierLeaf
	| CountLeaf
	| SumLeaf
	| MomentLeaf
	| SequenceLeaf
	| OrdersLeaf
	| CartLeaf
	| InterestLeaf
	| ListLeaf
	| ConsentLeaf
	| SegmentLeaf;

/** A field of text: one value for a person, or none. */
export interface TextLeaf {
	readonly field: TextField;
	readonly test: TextTest;
}
export interface NumberLeaf {
	readonly field: NumberField;
	readonly test: NumberTest;
}
export interface DateLeaf {
	readonly field: DateField;
	readonly test: DateTest;
}
/**
 * An attribute of the person's own or the site's: text, number, yes/no, date (as epoch ms, midnight UTC where it is a
 * day) or list of texts.
 */
export interface AttributeLeaf {
	readonly field: "attribute";
	readonly name: string;
	readonly test: ValueTest;
}
/**
 * How many whole years lie between the attribute `birthday` and now: one more from the midnight (UTC) with which a birthday
 * begins, that of 29 February on 1 March where the year has none. Missing where that is no date of the years 0 to 9999, or
 * one of a day to come.
 */
export interface AgeLeaf {
	readonly field: "age";
	readonly test: NumberTest;
}
/**
 * Whether the person's whereabouts are within `km` of a point, along the great circle (geography/distance.ts). Where they are is
 * what the first of these pairs of numbers says that is whole: the attributes `latitude` and `longitude`, the attributes
 * `delivery.latitude` and `delivery.longitude`, the browser's own when it was seen last.
 */
export interface NearLeaf {
	readonly field: "near";
	readonly latitude: number;
	readonly longitude: number;
	readonly km: number;
}
/** How many times the tag was added; a tag never added counts zero. */
export interface TagLeaf {
	readonly field: "tag";
	readonly tag: string;
	readonly count: Comparison;
}
/** When the tag was first or last added. */
export interface TaggedLeaf {
	readonly field: "tagged";
	readonly tag: string;
	readonly which: "first" | "last";
	readonly test: DateTest;
}
/**
 * Of a loyalty programme or another score than the site's own: points earned less those spent, or all ever earned.
 * Who never had any has 0.
 */
export interface PointsLeaf {
	readonly field: "points";
	readonly programme: string;
	readonly of: "balance" | "earned";
	readonly test: NumberTest;
}
/** Whether the person joined a loyalty programme. Of one that is everyone's, definitions put in place that they did. */
export interface MemberLeaf {
	readonly field: "member";
	readonly programme: string;
}
/**
 * Whether a member's tier is this one, or this or a higher one. Definitions put the points in its place before anything is
 * compiled (tier.ts).
 */
export interface TierLeaf {
	readonly field: "tier";
	readonly programme: string;
	readonly tier: string;
	readonly op: "is" | "at-least";
}
/**
 * How many events match, ever or within the last `withinMs`: at > now - withinMs. `by` counts something else than
 * events: the visits in which one matches (within the window), or the different values of a property (folded where they
 * are text, and 1 is not "1"; events without it do not count). A visit is of one part; only what makes visits is in one:
 * what rules, the clock or people by hand do (an event with a cause, a tag, points) is in none.
 */
export interface CountLeaf {
	readonly field: "events";
	readonly match: EventMatch;
	readonly count: Comparison;
	readonly withinMs?: number;
	readonly by?: "visit" | { readonly property: string };
}
/**
 * The sum of a number that events carry, each in whole hundredths (money.ts; what is no amount there is 0): ever, or
 * over today and the `days - 1` days before (of UTC). No matching event sums to zero. The numbers of the test are rounded
 * to whole hundredths too.
 */
export interface SumLeaf {
	readonly field: "sum";
	readonly match: EventMatch;
	readonly property: string;
	readonly test: NumberTest;
	readonly days?: number;
}
/** When an event that matches first or last happened. */
export interface MomentLeaf {
	readonly field: "moment";
	readonly match: EventMatch;
	readonly which: "first" | "last";
	readonly test: DateTest;
}
/**
 * First the one, then the second at most `thenWithinMs` later (and not at the same instant); the second within the last
 * `withinMs` where that is given. Of each, the latest `limits.sequence` events of every part are looked at.
 */
export interface SequenceLeaf {
	readonly field: "sequence";
	readonly first: EventMatch;
	readonly second: EventMatch;
	readonly thenWithinMs: number;
	readonly withinMs?: number;
}
/**
 * Orders that were completed and not taken back (order.ts): how many, what they come to in the site's currency after
 * refunds, or that for each of them (missing where there is none). Ever, or those completed today and on the
 * `days - 1` days before (of UTC). Of each part the latest `limits.orders` are looked at. Amounts are compared in whole
 * hundredths, to which the numbers of the test are rounded; an average is not rounded.
 */
export interface OrdersLeaf {
	readonly field: "orders";
	readonly of: "count" | "revenue" | "average";
	readonly test: NumberTest;
	readonly days?: number;
}
/** Whether products, by their ids, lie in the cart now. */
export interface CartLeaf {
	readonly field: "cartProducts";
	readonly test: ListTest;
}
/**
 * How much a category or a brand draws the person: affinity.ts says what counts and how it fades. `strength` is what the
 * views, additions and purchases come to today, 0 where there were none; `share` is its part of all strength, in percent;
 * `rank` is its place among all, 1 for the strongest, and missing where it has none.
 */
export interface InterestLeaf {
	readonly field: "interest";
	readonly in: "category" | "brand";
	readonly value: string;
	readonly of: "strength" | "share" | "rank";
	readonly test: NumberTest;
}
/** Whether people put the person on a static list, and where `test` is given, when. */
export interface ListLeaf {
	readonly field: "list";
	readonly list: string;
	readonly test?: DateTest;
}
/** Whether the consent to a channel for a purpose stands so now (consent.ts); who never acted on it has none of these. */
export interface ConsentLeaf {
	readonly field: "consent";
	readonly channel: Channel;
	readonly purpose: string;
	readonly state: ConsentState;
}
/** Whether the person meets the condition of another segment. Definitions put it in place before anything is compiled. */
export interface SegmentLeaf {
	readonly field: "segment";
	readonly segment: string;
}

/** Both sides are folded. A missing value makes each of them false. */
export type TextTest =
	| { readonly op: "is" | "contains" | "starts-with" | "ends-with"; readonly value: string }
	| { readonly op: "any-of"; readonly values: readonly string[] }
	| { readonly op: "wildcard"; readonly value: string }
	| { readonly op: "exists" };
export type NumberTest = Comparison | { readonly op: "between"; readonly from: number; readonly to: number };
/** A test never crosses types: text is never equal to a number. */
export type ScalarTest = TextTest | NumberTest | { readonly op: "is-true" | "is-false" };
/** Of a list: whether one of the texts, or each of them, is in it. Folded. A text is no list, and no list is a text. */
export type ListTest = {
	readonly op: "has-any" | "has-all";
	readonly values: readonly string[];
};
/**
 * Of an instant `t`. `before`: t < at. `after`: t >= at. `in-the-last`: now - ms < t <= now. `longer-ago`: t <= now - ms.
 * `in-the-next`: now < t <= now + ms. `anniversary`: its day and month (UTC) come today or within the `days` days after;
 * 29 February comes on 1 March where the year has none.
 * An instant outside the years 0 to 9999 has no anniversary.
 */
export type DateTest =
	| { readonly op: "before" | "after"; readonly at: number }
	| { readonly op: "in-the-last" | "longer-ago" | "in-the-next"; readonly ms: number }
	| { readonly op: "anniversary"; readonly days: number };
/** Of an attribute. A date is a number that a date test reads. */
export type ValueTest = ScalarTest | ListTest | DateTest;

/** `n` of a count is 0 to 100 (see `limits`); of a score any safe integer. */
export interface Comparison {
	readonly op: ">=" | "<=" | "=";
	readonly n: number;
}

/** An event by its name, the path of its page, its properties and its time; all that are given must hold. */
export interface EventMatch {
	readonly name: string;
	readonly path?: PathTest;
	readonly where?: readonly PropertyTest[];
	/** Epoch ms: from <= at < to. */
	readonly during?: { readonly from: number; readonly to: number };
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

export type { Scalar };

/** Each leaf of a condition, in order. */
export function* leavesOf(condition: Condition): Generator<Leaf> {
	if ("all" in condition) for (const member of condition.all) yield* leavesOf(member);
	else if ("any" in condition) for (const member of condition.any) yield* leavesOf(member);
	else if ("not" in condition) yield* leavesOf(condition.not);
	else yield condition;
}

/** The matches that a leaf asks of, if any. */
export function matchesOf(leaf: Leaf): readonly EventMatch[] {
	switch (leaf.field) {
		case "events":
		case "sum":
		case "moment":
			return [leaf.match];
		case "sequence":
			return [leaf.first, leaf.second];
		default:
			return [];
	}
}
