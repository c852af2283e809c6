// Whether one value passes a test, and whether one event matches: the part of the condition language that looks at
// single values. Two-valued: a missing value passes nothing.

import type { Comparison, EventMatch, NumberTest, PathTest, ScalarTest, TextTest } from "./condition.ts";
import type { Event, Scalar } from "./event.ts";
import { own } from "./keyed.ts";
import { fold, foldPath } from "./text.ts";

export function passesText(test: TextTest, value: string | undefined): boolean {
	if (value === undefined) return false;
	if (test.op === "exists") return true;
	const text = fold(value);
	switch (test.op) {
		case "any-of":
			return test.values.some((one) => fold(one) === text);
		case "is":
			return text === fold(test.value);
		case "contains":
			return text.includes(fold(test.value));
		case "starts-with":
			return text.startsWith(fold(test.value));
		case "ends-with":
			return text.endsWith(fold(test.value));
	}
}

export function passesNumber(test: NumberTest, value: number | undefined): boolean {
	if (value === undefined) return false;
	if (test.op === "between") return value >= test.from && value <= test.to;
	return compares(test, value);
}

export function compares({ op, n }: Comparison, value: number): boolean {
	switch (op) {
		case ">=":
			return value >= n;
		case "<=":
			return value <= n;
		case "=":
			return value === n;
	}
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

const testers = new WeakMap<PathTest, (path: string) => boolean>();

/** `path` is folded already. The pattern is prepared once for as long as the test lives. */
export function passesPath(test: PathTest, path: string): boolean {
	let tester = testers.get(test);
	if (!tester) {
		tester = pathTester(test);
		testers.set(test, tester);
	}
	return tester(path);
}

/** `passesPath` with the pattern prepared. */
export function pathTester(test: PathTest): (path: string) => boolean {
	const wanted = wantedOf(test);
	switch (test.op) {
		case "is":
			return (path) => path === wanted;
		case "starts-with":
			return (path) => path.startsWith(wanted);
		case "contains":
			return (path) => path.includes(wanted);
		case "wildcard": {
			const wildcard = wildcardOf(wanted);
			return (path) => passesWildcard(wildcard, path);
		}
	}
}

/** What a path is compared with: folded, and for a whole path without the slash at its end. */
export function wantedOf({ op, value }: PathTest): string {
	const wanted = fold(value);
	return op === "is" && wanted.length > 1 && wanted.endsWith("/") ? wanted.slice(0, -1) : wanted;
}

/** A wildcard taken apart: how the path starts, what it holds in this order, how it ends; `end` is absent without a `*`. */
export interface Wildcard {
	readonly start: string;
	readonly middle: readonly string[];
	readonly end?: string;
}

export function wildcardOf(pattern: string): Wildcard {
	const [start = "", ...rest] = pattern.split("*");
	const end = rest.pop();
	if (end === undefined) return { start, middle: [] };
	return { start, middle: rest.filter((piece) => piece !== ""), end };
}

/** Greedy left to right: each piece at its first place after the one before. No regular expression, no backtracking. */
function passesWildcard({ start, middle, end }: Wildcard, path: string): boolean {
	if (end === undefined) return path === start;
	if (path.length < start.length + end.length) return false;
	if (!path.startsWith(start) || !path.endsWith(end)) return false;
	const stop = path.length - end.length;
	let at = start.length;
	for (const piece of middle) {
		const found = path.indexOf(piece, at);
		if (found < 0 || found + piece.length > stop) return false;
		at = found + piece.length;
	}
	return true;
}

/** The folded path of the page an event happened on, or none. */
export function pathOf(event: Event): string | undefined {
	const path = own(event.props, "path");
	return typeof path === "string" ? foldPath(path) : undefined;
}

export function matches(match: EventMatch, event: Event): boolean {
	if (match.name !== event.name) return false;
	if (match.path) {
		const path = pathOf(event);
		if (path === undefined || !passesPath(match.path, path)) return false;
	}
	return passesWhere(match, event);
}

/** Whether the event's properties are as the match asks. */
export function passesWhere({ where }: EventMatch, { props }: Event): boolean {
	return where === undefined || where.every(({ property, test }) => passesScalar(test, own(props, property)));
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
