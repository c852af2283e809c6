// A value that shows why a condition is true of everyone: one that a member is not true of, and another is.

import type { Condition, Leaf, ScalarTest } from "../condition.ts";
import type { Scalar } from "../event.ts";
import { passesScalar } from "../match.ts";
import type { Place } from "../refusal.ts";
import { isDateTest, type Literal, literalOf } from "./literal.ts";
import type { Test } from "./values.ts";
import type { Example } from "./warning.ts";

/** A leaf of a condition, or that it is not true. */
interface Side {
	readonly at: Place;
	readonly leaf: Leaf;
	readonly literal: Literal;
	readonly yes: boolean;
}

/** A value that fails the first of two members and passes the second; none where they are no leaves of one key. */
export function exampleFor(
	first: Condition,
	firstAt: Place,
	second: Condition,
	secondAt: Place,
	now: number,
): Example | undefined {
	const one = sideOf(first, firstAt, now);
	const other = sideOf(second, secondAt, now);
	if (!one || !other || one.literal.key !== other.literal.key) return undefined;
	const candidates = [...valuesNear(one.literal.test), ...valuesNear(other.literal.test), null];
	const value = candidates.find(
		(candidate) => canStand(one.literal, candidate) && !holds(one, candidate) && holds(other, candidate),
	);
	return value === undefined ? undefined : { at: one.at, field: one.leaf.field, value, holds: secondAt };
}

/** The least that a leaf can find, which it is true of already. */
export function exampleOf(leaf: Leaf, at: Place, now: number): Example | undefined {
	const { domain } = literalOf(leaf, now);
	if (domain.is !== "number" || domain.least === undefined) return undefined;
	return { at, field: leaf.field, value: domain.least, holds: at };
}

function sideOf(condition: Condition, at: Place, now: number): Side | undefined {
	if ("field" in condition) return { at, leaf: condition, literal: literalOf(condition, now), yes: true };
	if (!("not" in condition)) return undefined;
	const side = sideOf(condition.not, [...at, "not"], now);
	return side && { ...side, yes: !side.yes };
}

/** What a test names, and what lies next to it. */
function valuesNear(test: Test): readonly Scalar[] {
	if ("n" in test) return [test.n, test.n - 1, test.n + 1];
	if (test.op === "between") return [test.from, test.from - 1, test.to + 1];
	if (test.op === "is-true" || test.op === "is-false") return [true, false];
	if ("value" in test) return [test.value];
	if ("values" in test) return test.values;
	return [];
}

function canStand({ domain }: Literal, value: Scalar | null): boolean {
	if (domain.is === "text")
		return value === null ? !domain.among : domain.among?.includes(String(value)) !== false;
	if (domain.is === "number") {
		if (value === null) return domain.missing;
		return (
			typeof value === "number" && value >= (domain.least ?? -Infinity) && value <= (domain.most ?? Infinity)
		);
	}
	return domain.is === "value";
}

function holds({ literal: { test }, yes }: Side, value: Scalar | null): boolean {
	return isScalarTest(test) && passesScalar(test, value ?? undefined) === yes;
}

function isScalarTest(test: Test): test is ScalarTest {
	return !isDateTest(test) && test.op !== "within" && test.op !== "has-any" && test.op !== "has-all";
}
