// What a definition may cost, checked when it is saved. The shape is the protocol's business; this is total over
// conditions of the right shape, however large, and gives up at the first breach.

import { fits, isKnownAttribute, knownAttributes } from "./attributes.ts";
import {
	type AttributeLeaf,
	type Comparison,
	type Condition,
	type DateTest,
	type EventMatch,
	type Leaf,
	limits,
	type ValueTest,
} from "./condition.ts";
import { canSpell } from "./keyed.ts";
import { weightOf } from "./weight.ts";

export type Reason =
	| "too-deep"
	| "too-many-nodes"
	| "list-too-long"
	| "text-too-long"
	| "text-empty"
	| "text-malformed"
	| "name-reserved"
	| "count-out-of-range"
	| "window-out-of-range"
	| "days-out-of-range"
	| "instant-out-of-range"
	| "range-reversed"
	| "number-out-of-range"
	| "test-unfit"
	| "place-out-of-range";

/** The way to something within a condition, as a JSON path has it: `["all", 1, "match", "where", 0]`. */
export type Place = readonly (string | number)[];

/** `at` leads to the breach. */
export interface Refusal {
	readonly reason: Reason;
	readonly at: Place;
}

/**
 * Why a condition is too much, or nothing where it is not. What SQL has to spell out counts as a node (weight.ts), so
 * that the SQL made of a condition is as bounded as its predicate.
 */
export function refuse(condition: Condition): Refusal | undefined {
	let nodes = 0;

	function walk(node: Condition, depth: number): Refusal | undefined {
		// Before looking inside: a hostile tree may be deeper than the stack.
		if (depth > limits.depth) return here("too-deep");
		if (++nodes > limits.nodes) return here("too-many-nodes");
		if ("all" in node) return within("all", walkEach(node.all, depth + 1));
		if ("any" in node) return within("any", walkEach(node.any, depth + 1));
		if ("not" in node) return within("not", walk(node.not, depth + 1));
		nodes += weightOf(node) - 1;
		return nodes > limits.nodes ? here("too-many-nodes") : refuseLeaf(node);
	}
	function walkEach(members: readonly Condition[], depth: number): Refusal | undefined {
		return members.length > limits.list
			? here("list-too-long")
			: firstOf(members, (member) => walk(member, depth));
	}

	return walk(condition, 1);
}

function refuseLeaf(leaf: Leaf): Refusal | undefined {
	switch (leaf.field) {
		case "events":
			return (
				within("match", refuseMatch(leaf.match)) ??
				within("count", refuseCount(leaf.count)) ??
				within("withinMs", refuseWindow(leaf.withinMs)) ??
				(typeof leaf.by === "object"
					? within("by", within("property", refuseKey(leaf.by.property)))
					: undefined)
			);
		case "sum":
			return (
				within("match", refuseMatch(leaf.match)) ??
				within("property", refuseKey(leaf.property)) ??
				within("test", refuseTest(leaf.test, isMoney)) ??
				within("days", refuseDays(leaf.days))
			);
		case "moment":
			return within("match", refuseMatch(leaf.match)) ?? within("test", refuseDate(leaf.test));
		case "sequence":
			return (
				within("first", refuseMatch(leaf.first)) ??
				within("second", refuseMatch(leaf.second)) ??
				within("thenWithinMs", refuseWindow(leaf.thenWithinMs)) ??
				within("withinMs", refuseWindow(leaf.withinMs))
			);
		case "orders":
			return (
				within("test", refuseTest(leaf.test, leaf.of === "count" ? Number.isSafeInteger : isMoney)) ??
				within("days", refuseDays(leaf.days))
			);
		case "tag":
			return within("tag", refuseOwnName(leaf.tag, limits.text)) ?? within("count", refuseCount(leaf.count));
		case "tagged":
			return within("tag", refuseOwnName(leaf.tag, limits.text)) ?? within("test", refuseDate(leaf.test));
		case "points":
			return (
				within("programme", refuseOwnName(leaf.programme, limits.property)) ??
				within("test", refuseTest(leaf.test, Number.isSafeInteger))
			);
		case "interest":
			return (
				within("value", refuseText(leaf.value)) ??
				within("test", refuseTest(leaf.test, leaf.of === "rank" ? Number.isSafeInteger : Number.isFinite))
			);
		case "list":
			return (
				within("list", refuseOwnName(leaf.list, limits.property)) ??
				(leaf.test && within("test", refuseDate(leaf.test)))
			);
		case "consent":
			return within("purpose", refuseOwnName(leaf.purpose, limits.property));
		case "segment":
			return within("segment", refuseOwnName(leaf.segment, limits.property));
		case "near":
			return (
				within("latitude", refusePlace(Math.abs(leaf.latitude) <= 90)) ??
				within("longitude", refusePlace(Math.abs(leaf.longitude) <= 180)) ??
				within("km", refusePlace(leaf.km > 0 && leaf.km <= limits.km))
			);
		case "attribute":
			return (
				within("name", refuseKey(leaf.name)) ??
				within("test", refuseTest(leaf.test, Number.isFinite) ?? refuseUnfit(leaf))
			);
		case "age":
			return within(
				"test",
				refuseTest(leaf.test, (n) => isWhole(n, 0, limits.age)),
			);
		case "member":
			return within("programme", refuseOwnName(leaf.programme, limits.property));
		case "tier":
			return (
				within("programme", refuseOwnName(leaf.programme, limits.property)) ??
				within("tier", refuseOwnName(leaf.tier, limits.property))
			);
		case "score":
		case "visits":
		case "visitPages":
		case "cartItems":
			return within("test", refuseTest(leaf.test, Number.isSafeInteger));
		case "cartValue":
			return within("test", refuseTest(leaf.test, isMoney));
		default:
			return within("test", refuseTest(leaf.test, Number.isFinite));
	}
}

function refuseMatch({ name, path, where = [], during }: EventMatch): Refusal | undefined {
	if (where.length > limits.where) return within("where", here("list-too-long"));
	return (
		within("name", refuseName(name, limits.text)) ??
		(path && within("path", within("value", refuseText(path.value)))) ??
		within(
			"where",
			firstOf(
				where,
				({ property, test }) =>
					within("property", refuseKey(property)) ?? within("test", refuseTest(test, Number.isFinite)),
			),
		) ??
		(during && within("during", refuseSpan(during)))
	);
}

function refuseSpan({ from, to }: { readonly from: number; readonly to: number }): Refusal | undefined {
	return (
		within("from", refuseInstant(from)) ??
		within("to", refuseInstant(to)) ??
		(from < to ? undefined : here("range-reversed"))
	);
}

function refuseTest(test: ValueTest, isNumber: (n: number) => boolean): Refusal | undefined {
	switch (test.op) {
		case "is":
		case "contains":
		case "starts-with":
		case "ends-with":
		case "wildcard":
			return within("value", refuseText(test.value));
		case "any-of":
		case "has-any":
		case "has-all":
			return within(
				"values",
				test.values.length > limits.list ? here("list-too-long") : firstOf(test.values, refuseText),
			);
		case ">=":
		case "<=":
		case "=":
			return within("n", isNumber(test.n) ? undefined : here("number-out-of-range"));
		case "between":
			if (!isNumber(test.from)) return within("from", here("number-out-of-range"));
			if (!isNumber(test.to)) return within("to", here("number-out-of-range"));
			return test.from <= test.to ? undefined : here("range-reversed");
		case "exists":
		case "is-true":
		case "is-false":
			return undefined;
		default:
			return refuseDate(test);
	}
}

/** Of an attribute of ours it is asked what it can be. */
function refuseUnfit({ name, test }: AttributeLeaf): Refusal | undefined {
	return isKnownAttribute(name) && !fits(knownAttributes[name], test) ? here("test-unfit") : undefined;
}

function refuseDate(test: DateTest): Refusal | undefined {
	switch (test.op) {
		case "before":
		case "after":
			return within("at", refuseInstant(test.at));
		case "in-the-last":
		case "longer-ago":
		case "in-the-next":
			return within("ms", refuseWindow(test.ms, limits.dateMs));
		case "anniversary":
			return within(
				"days",
				isWhole(test.days, 0, limits.anniversaryDays) ? undefined : here("days-out-of-range"),
			);
	}
}

/** Texts that are looked for. SQLite stores neither half a letter nor what follows a NUL. */
function refuseText(text: string): Refusal | undefined {
	return refuseName(text, limits.text);
}

function refuseName(name: string, limit: number): Refusal | undefined {
	if (name === "") return here("text-empty");
	if (name.length > limit) return here("text-too-long");
	return name.isWellFormed() && !name.includes("\0") ? undefined : here("text-malformed");
}

const birthNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Names that are keys of plain objects somewhere: none that an object has by birth. */
function refuseOwnName(name: string, limit: number): Refusal | undefined {
	return refuseName(name, limit) ?? (birthNames.has(name) ? here("name-reserved") : undefined);
}

/** Names of properties and attributes: none is accepted from a page that a JSON path could not spell. */
function refuseKey(name: string): Refusal | undefined {
	return refuseOwnName(name, limits.property) ?? (canSpell(name) ? undefined : here("text-malformed"));
}

function refuseCount({ n }: Comparison): Refusal | undefined {
	return within("n", isWhole(n, 0, limits.count) ? undefined : here("count-out-of-range"));
}

function refuseWindow(ms: number | undefined, most: number = limits.windowMs): Refusal | undefined {
	return ms === undefined || isWhole(ms, 1, most) ? undefined : here("window-out-of-range");
}

function refuseDays(days: number | undefined): Refusal | undefined {
	return days === undefined || isWhole(days, 1, limits.windowDays) ? undefined : here("days-out-of-range");
}

/** The instants that a date can have, before 1970 as well. */
const furthest = 8_640_000_000_000_000;

function refuseInstant(at: number): Refusal | undefined {
	return isWhole(at, -furthest, furthest) ? undefined : here("instant-out-of-range");
}

function refusePlace(isThere: boolean): Refusal | undefined {
	return isThere ? undefined : here("place-out-of-range");
}

/** Money is summed in whole hundredths, and these must be exact. */
function isMoney(n: number): boolean {
	return Math.abs(n) <= Number.MAX_SAFE_INTEGER / 100;
}

function isWhole(n: number, from: number, to: number): boolean {
	return Number.isSafeInteger(n) && n >= from && n <= to;
}

function here(reason: Reason): Refusal {
	return { reason, at: [] };
}

function within(step: string | number, refusal: Refusal | undefined): Refusal | undefined {
	return refusal && { reason: refusal.reason, at: [step, ...refusal.at] };
}

function firstOf<T>(members: readonly T[], of: (member: T) => Refusal | undefined): Refusal | undefined {
	for (const [place, member] of members.entries()) {
		const refusal = within(place, of(member));
		if (refusal) return refusal;
	}
	return undefined;
}
