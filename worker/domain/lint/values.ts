// Whether tests of one value can hold together: what a literal asks about, and the one question that the linter's whole
// reasoning comes down to. Never wrong when it says no; it may say yes where the answer is no.

import type { DateTest, ListTest, NumberTest, TextTest, ValueTest } from "../condition.ts";
import { fold } from "../text.ts";
import { type Asked, type Known, rangeOf } from "./numbers.ts";
import { canBeText } from "./texts.ts";

/** What stands there when a test is asked: what it can be, whether it can be missing. */
export type Domain =
	| { readonly is: "text"; readonly among?: readonly string[] }
	| ({ readonly is: "number"; readonly missing: boolean } & Known)
	/** Of any type: an attribute, a property. */
	| { readonly is: "value" }
	| { readonly is: "list" }
	/** Yes or no; and a yes stays one when each of the sizes grows. */
	| { readonly is: "extent" }
	/** Never there. */
	| { readonly is: "nothing" };

export type Test = ValueTest | { readonly op: "within"; readonly sizes: readonly number[] };

export function isPossible(domain: Domain, asked: readonly Asked<Test>[], now: number): boolean {
	const wanted = asked.some(({ yes }) => yes);
	switch (domain.is) {
		case "nothing":
			return !wanted;
		case "text":
			return canBeText(of(asked, isTextTest), domain.among);
		case "number":
			return (!wanted && domain.missing) || rangeOf(of(asked, isNumberTest), domain, now) !== undefined;
		case "list":
			return !wanted || canBeList(of(asked, isListTest));
		case "value":
			return !wanted || canBeValue(asked, now);
		case "extent":
			return !asked.some(
				(one) => one.yes && asked.some((other) => !other.yes && isNoLarger(one.test, other.test)),
			);
	}
}

/** Something is there: of one type, since no test crosses types. */
function canBeValue(asked: readonly Asked<Test>[], now: number): boolean {
	if (asked.some(({ test, yes }) => test.op === "exists" && !yes)) return false;
	const types = new Set(asked.flatMap(({ test, yes }) => (yes ? [typeOf(test)] : [])));
	types.delete("any");
	if (types.size > 1) {
		// How a test of text reads a list is not for us to know.
		return types.size === 2 && types.has("text") && types.has("list");
	}
	const [type] = types;
	switch (type) {
		case "number":
			return rangeOf(of(asked, isNumberTest), {}, now) !== undefined;
		case "text":
			return canBeText(of(asked, isTextTest));
		case "list":
			return canBeList(of(asked, isListTest));
		case "yes":
		case "no":
			return !asked.some(({ test, yes }) => !yes && typeOf(test) === type);
		default:
			return true;
	}
}

type Type = "text" | "number" | "list" | "yes" | "no" | "any";

function typeOf(test: Test): Type {
	switch (test.op) {
		case "exists":
		case "within":
			return "any";
		case "is-true":
			return "yes";
		case "is-false":
			return "no";
		case "has-any":
		case "has-all":
			return "list";
		case "is":
		case "contains":
		case "starts-with":
		case "ends-with":
		case "wildcard":
		case "any-of":
			return "text";
		default:
			return "number";
	}
}

function isTextTest(test: Test): test is TextTest {
	return typeOf(test) === "text" || test.op === "exists";
}

function isNumberTest(test: Test): test is NumberTest | DateTest {
	return typeOf(test) === "number";
}

function isListTest(test: Test): test is ListTest {
	return typeOf(test) === "list";
}

function of<T extends Test>(
	asked: readonly Asked<Test>[],
	isOne: (test: Test) => test is T,
): readonly Asked<T>[] {
	return asked.flatMap(({ test, yes }) => (isOne(test) ? [{ test, yes }] : []));
}

function canBeList(asked: readonly Asked<ListTest>[]): boolean {
	return !asked.some(
		({ test, yes }) =>
			yes &&
			((test.op === "has-any" && test.values.length === 0) ||
				asked.some((other) => !other.yes && listImplies(test, other.test))),
	);
}

/** Of a test for no values at all nothing is said. */
function listImplies(one: ListTest, other: ListTest): boolean {
	if (one.values.length === 0 || other.values.length === 0) return false;
	const had = new Set(one.values.map(fold));
	const asked = new Set(other.values.map(fold));
	const isAsked = (value: string): boolean => asked.has(value);
	const hasAll = [...asked].every((value) => had.has(value));
	if (one.op === "has-all") return other.op === "has-all" ? hasAll : [...had].some(isAsked);
	return other.op === "has-any" ? [...had].every(isAsked) : had.size === 1 && hasAll;
}

function isNoLarger(one: Test, other: Test): boolean {
	if (one.op !== "within" || other.op !== "within") return false;
	return one.sizes.every((size, place) => size <= (other.sizes[place] ?? Infinity));
}
