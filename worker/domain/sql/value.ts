// Tests of a single value, as match.ts makes them. Every test is 1 or 0, never NULL.

import { anniversaries, years } from "../calendar.ts";
import type { DateTest, ListTest, PathTest, ScalarTest, TextTest, ValueTest } from "../condition.ts";
import { canSpell } from "../keyed.ts";
import { isDateTest, type Wildcard, wantedOf, wildcardOf } from "../match.ts";
import { fold } from "../text.ts";
import { compared, literal, literals, placeOf, type Scope } from "./scope.ts";

/** SQL for a value, its JSON type where it can be of several, and its folded text where that may differ from it. */
export interface Reading {
	readonly value: string;
	readonly type?: string;
	readonly folded?: string;
}

/** A missing value passes nothing, and no test crosses types. */
export function testSql(scope: Scope, test: ValueTest, { value, type, folded }: Reading): string {
	const typed = (wanted: string, passes: string): string =>
		`coalesce(${type === undefined ? passes : `${type} ${wanted} AND ${passes}`}, 0)`;
	const numeric = "IN ('integer', 'real')";
	const text = folded === undefined ? value : `coalesce(${folded}, ${value})`;
	if (isDateTest(test)) return typed(numeric, `(${dateSql(scope, test, value)})`);
	switch (test.op) {
		case "exists":
			return `(${type ?? value}) IS NOT NULL`;
		case "is-true":
			return `(${type}) IS 'true'`;
		case "is-false":
			return `(${type}) IS 'false'`;
		case "between":
		case ">=":
		case "<=":
		case "=":
			return typed(numeric, compared(scope, test, value));
		case "has-any":
		case "has-all":
			return typed("= 'array'", listSql(scope, test, text));
		default:
			return typed("= 'text'", textSql(scope, test, text));
	}
}

/** Of a folded text. */
function textSql(scope: Scope, test: Exclude<TextTest, { op: "exists" }>, text: string): string {
	switch (test.op) {
		case "any-of":
			return `${text} IN ${literals(scope, test.values.map(fold))}`;
		case "is":
			return `${text} = ${literal(scope, fold(test.value))}`;
		case "contains":
			return containsSql(scope, text, fold(test.value));
		case "starts-with":
			return startsSql(scope, text, fold(test.value));
		case "ends-with":
			return endsSql(scope, text, fold(test.value));
		case "wildcard":
			return `(SELECT ${wildcardSql(scope, wildcardOf(fold(test.value)), "t")} FROM (SELECT ${text} AS t))`;
	}
}

/** Of the text of a JSON array of folded texts. */
export function listSql(scope: Scope, { op, values }: ListTest, list: string): string {
	const wanted = [...new Set(values.map(fold))];
	const found = `FROM json_each(${list}) x WHERE x.value IN ${literals(scope, wanted)}`;
	return op === "has-any"
		? `EXISTS (SELECT 1 ${found})`
		: `(SELECT count(DISTINCT x.value) ${found}) = ${wanted.length}`;
}

/** Of an instant, which may be NULL: then the answer is as well. */
export function dateSql(scope: Scope, test: DateTest, at: string): string {
	const { now } = scope;
	switch (test.op) {
		case "before":
			return `${at} < ${literal(scope, test.at)}`;
		case "after":
			return `${at} >= ${literal(scope, test.at)}`;
		case "in-the-last":
			return `${at} > ${literal(scope, now - test.ms)} AND ${at} <= ${literal(scope, now)}`;
		case "longer-ago":
			return `${at} <= ${literal(scope, now - test.ms)}`;
		case "in-the-next":
			return `${at} > ${literal(scope, now)} AND ${at} <= ${literal(scope, now + test.ms)}`;
		case "anniversary": {
			// SQLite knows months and days of years before 0, too; condition.ts knows none.
			const isKnown = `${at} >= ${years.from} AND ${at} < ${years.to}`;
			const monthDay = `strftime('%m-%d', floor(${at} / 86400000.0) * 86400, 'unixepoch')`;
			return `${isKnown} AND ${monthDay} IN ${literals(scope, [...anniversaries(now, test.days)])}`;
		}
	}
}

/** Of a folded path. */
export function pathSql(scope: Scope, test: PathTest, path: string): string {
	const wanted = wantedOf(test);
	switch (test.op) {
		case "is":
			// As plain as an index wants it: where it is NULL nothing is found.
			return `${path} = ${literal(scope, wanted)}`;
		case "starts-with":
			return `coalesce(${startsSql(scope, path, wanted)}, 0)`;
		case "contains":
			return `coalesce(${containsSql(scope, path, wanted)}, 0)`;
		case "wildcard":
			return `coalesce(${wildcardSql(scope, wildcardOf(wanted), path)}, 0)`;
	}
}

// Lengths are of characters, as SQLite counts them; what was folded is well-formed, so there is no other count.
const lengthOf = (text: string): number => [...text].length;
const containsSql = (scope: Scope, text: string, wanted: string): string =>
	`instr(${text}, ${literal(scope, wanted)}) > 0`;
const startsSql = (scope: Scope, text: string, wanted: string): string =>
	`substr(${text}, 1, ${lengthOf(wanted)}) = ${literal(scope, wanted)}`;
// Cutting nothing off the end means cutting nothing off at all.
const endsSql = (scope: Scope, text: string, wanted: string): string =>
	wanted === ""
		? `(${text}) IS NOT NULL`
		: `substr(${text}, -${lengthOf(wanted)}) = ${literal(scope, wanted)}`;

/** Piece by piece as passesWildcard does it: `r` is what is left to look in after the first `i` pieces. */
function wildcardSql(scope: Scope, { start, middle, end }: Wildcard, text: string): string {
	if (end === undefined) return `${text} = ${literal(scope, start)}`;
	const taken = lengthOf(start) + lengthOf(end);
	const ends = `length(${text}) >= ${taken} AND ${startsSql(scope, text, start)} AND ${endsSql(scope, text, end)}`;
	if (middle.length === 0) return ends;
	const piece = `?1 -> ${placeOf(scope, middle)} ->> i`;
	const first = `SELECT 0, substr(${text}, ${lengthOf(start) + 1}, length(${text}) - ${taken})`;
	const after = `SELECT i + 1, substr(r, instr(r, ${piece}) + length(${piece}))`;
	const next = `${after} FROM w WHERE i < ${middle.length} AND instr(r, ${piece})`;
	return `${ends} AND (WITH RECURSIVE w(i, r) AS (${first} UNION ALL ${next}) SELECT max(i) = ${middle.length} FROM w)`;
}

/**
 * A member by a name from outside. A JSON path can spell most names; the others are searched for, because how SQLite
 * reads escapes within a path differs between its versions.
 */
export function memberOf(
	scope: Scope,
	json: string,
	name: string,
): Required<Pick<Reading, "value" | "type">> {
	if (canSpell(name)) {
		const path = literal(scope, `$."${name}"`);
		return { value: `${json} ->> (${path})`, type: `json_type(${json}, ${path})` };
	}
	const found = `FROM json_each(${json}) WHERE key = ${literal(scope, name)}`;
	return { value: `(SELECT value ${found})`, type: `(SELECT type ${found})` };
}

/** A scalar test of a property of an event, whose JSON columns these are. */
export function propertySql(
	scope: Scope,
	test: ScalarTest,
	{ name, props, folded }: { readonly name: string; readonly props: string; readonly folded: string },
): string {
	return testSql(scope, test, {
		...memberOf(scope, props, name),
		folded: memberOf(scope, folded, name).value,
	});
}
