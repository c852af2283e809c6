// Whether one value passes a test, and whether one event matches: the part of the condition language that looks at
// single values. Two-valued: a missing value passes nothing.

import type {
	DateTest,
	EventMatch,
	NumberTest,
	PathTest,
	ScalarTest,
	TextTest,
	ValueTest,
} from "./condition.ts";
import type { Event, Properties, Value } from "./event.ts";
import { asKey, own } from "./keyed.ts";
import { fold, foldPath } from "./text.ts";

/** Of a folded text, with what is wanted of it prepared. */
function textTester(test: TextTest): (text: string) => boolean {
	if (test.op === "exists") return () => true;
	if (test.op === "any-of") {
		const all = new Set(test.values.map(fold));
		return (text) => all.has(text);
	}
	const wanted = fold(test.value);
	switch (test.op) {
		case "is":
			return (text) => text === wanted;
		case "contains":
			return (text) => text.includes(wanted);
		case "starts-with":
			return (text) => text.startsWith(wanted);
		case "ends-with":
			return (text) => text.endsWith(wanted);
		case "wildcard": {
			const wildcard = wildcardOf(wanted);
			return (text) => passesWildcard(wildcard, text);
		}
	}
}

export function passesScalar(test: ScalarTest, value: Value | undefined): boolean {
	return scalarTester(test)(value);
}

/** `passesScalar` with what is wanted prepared. A list is no scalar: it passes nothing but "exists". */
export function scalarTester(test: ScalarTest): (value: Value | undefined) => boolean {
	switch (test.op) {
		case "exists":
			return (value) => value !== undefined;
		case "is-true":
			return (value) => value === true;
		case "is-false":
			return (value) => value === false;
		case ">=":
		case "<=":
		case "=":
		case "between": {
			const { low, high } = rangeOf(test);
			return (value) => typeof value === "number" && value >= low && value <= high;
		}
		default: {
			const passes = textTester(test);
			return (value) => typeof value === "string" && passes(fold(value));
		}
	}
}

/** Any test of a number is one of a range, its ends included. */
export function rangeOf(test: NumberTest): { readonly low: number; readonly high: number } {
	switch (test.op) {
		case "between":
			return { low: test.from, high: test.to };
		case ">=":
			return { low: test.n, high: Infinity };
		case "<=":
			return { low: -Infinity, high: test.n };
		case "=":
			return { low: test.n, high: test.n };
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

/** A wildcard taken apart: how the text starts, what it holds in this order, how it ends; `end` is absent without a `*`. */
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
export function passesWildcard({ start, middle, end }: Wildcard, text: string): boolean {
	if (end === undefined) return text === start;
	if (text.length < start.length + end.length) return false;
	if (!text.startsWith(start) || !text.endsWith(end)) return false;
	const stop = text.length - end.length;
	let at = start.length;
	for (const piece of middle) {
		const found = text.indexOf(piece, at);
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
	return restTester(match)(event.props, event.at);
}

/** Whether an event's properties and time are as the match asks. */
export function restTester({ where = [], during }: EventMatch): (props: Properties, at: number) => boolean {
	const tests = where.map(({ property, test }) => {
		const key = asKey(property);
		const passes = scalarTester(test);
		return (props: Properties): boolean => passes(own(props, key));
	});
	const [only] = tests;
	if (!only) return during ? (_props, at) => at >= during.from && at < during.to : () => true;
	const passesAll = tests.length === 1 ? only : (props: Properties) => tests.every((passes) => passes(props));
	if (!during) return passesAll;
	return (props, at) => at >= during.from && at < during.to && passesAll(props);
}

/** The same text for the same match, however its members were ordered: the key of its counter. */
export function matchKey({ name, path, where = [], during }: EventMatch): string {
	const tests = where.map(({ property, test }) => JSON.stringify([property, sorted(test)])).sort();
	const key = [name, path ? [path.op, path.value] : null, tests];
	return JSON.stringify(during ? [...key, [during.from, during.to]] : key);
}

function sorted(test: ScalarTest): readonly [string, unknown][] {
	return Object.entries(test).sort(([a], [b]) => (a < b ? -1 : 1));
}

const dateOps: Readonly<Record<DateTest["op"], true>> = {
	before: true,
	after: true,
	"in-the-last": true,
	"longer-ago": true,
	"in-the-next": true,
	anniversary: true,
};

export function isDateTest(test: ValueTest): test is DateTest {
	return Object.hasOwn(dateOps, test.op);
}
