// Whether one value passes a test, and whether one event matches: the part of the condition language that looks at
// single values. Two-valued: a missing value passes nothing.

import type { Comparison, EventMatch, NumberTest, PathTest, ScalarTest, TextTest } from "./condition.ts";
import type { Event, Scalar } from "./event.ts";
import { fold, foldPath } from "./text.ts";

export function passesText(test: TextTest, value: string | undefined): boolean {
	if (value === undefined) return false;
	if (test.op === "exists") return true;
	const text = fold(value);
	if (test.op === "any-of") return test.values.some((one) => fold(one) === text);
	const wanted = fold(test.value);
	if (test.op === "is") return text === wanted;
	if (test.op === "contains") return text.includes(wanted);
	if (test.op === "starts-with") return text.startsWith(wanted);
	return text.endsWith(wanted);
}

export function passesNumber(test: NumberTest, value: number | undefined): boolean {
	if (value === undefined) return false;
	if (test.op === "between") return value >= test.from && value <= test.to;
	return compares(test, value);
}

export function compares({ op, n }: Comparison, value: number): boolean {
	if (op === ">=") return value >= n;
	if (op === "<=") return value <= n;
	return value === n;
}

export function passesScalar(test: ScalarTest, value: Scalar | undefined): boolean {
	switch (test.op) {
		case "exists":
			return value !== undefined;
		case "is-true":
			return value === true;
		case "is-false":
			return value === false;
		case ">=":
		case "<=":
		case "=":
		case "between":
			return typeof value === "number" && passesNumber(test, value);
		default:
			return typeof value === "string" && passesText(test, value);
	}
}

/** `path` is folded already; the pattern is folded here. */
export function passesPath(test: PathTest, path: string): boolean {
	const wanted = fold(test.value);
	switch (test.op) {
		case "is":
			return path === (wanted.length > 1 && wanted.endsWith("/") ? wanted.slice(0, -1) : wanted);
		case "starts-with":
			return path.startsWith(wanted);
		case "contains":
			return path.includes(wanted);
		case "wildcard":
			return passesWildcard(wanted, path);
	}
}

/** Greedy left to right: each piece at its first place after the one before. No regular expression, no backtracking. */
function passesWildcard(pattern: string, path: string): boolean {
	const pieces = pattern.split("*");
	const first = pieces[0] ?? "";
	if (pieces.length === 1) return path === first;
	const last = pieces[pieces.length - 1] ?? "";
	if (path.length < first.length + last.length) return false;
	if (!path.startsWith(first) || !path.endsWith(last)) return false;
	const end = path.length - last.length;
	let at = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const found = path.indexOf(piece, at);
		if (found < 0 || found + piece.length > end) return false;
		at = found + piece.length;
	}
	return true;
}

/** The folded path of the page an event happened on, or none. */
export function pathOf(event: Event): string | undefined {
	const path = event.props.path;
	return typeof path === "string" ? foldPath(path) : undefined;
}

export function matches(match: EventMatch, event: Event): boolean {
	if (match.name !== event.name) return false;
	if (match.path) {
		const path = pathOf(event);
		if (path === undefined || !passesPath(match.path, path)) return false;
	}
	return (match.where ?? []).every(({ property, test }) => passesScalar(test, propertyOf(event, property)));
}

function propertyOf(event: Event, name: string): Scalar | undefined {
	return Object.hasOwn(event.props, name) ? event.props[name] : undefined;
}

/** The same text for the same match, however its members were ordered: the key of its counter. */
export function matchKey(match: EventMatch): string {
	const where = (match.where ?? [])
		.map(({ property, test }) => JSON.stringify([property, sorted(test)]))
		.sort();
	return JSON.stringify([match.name, match.path ? [match.path.op, match.path.value] : null, where]);
}

function sorted(test: ScalarTest): readonly [string, unknown][] {
	return Object.entries(test).sort(([a], [b]) => (a < b ? -1 : 1));
}
