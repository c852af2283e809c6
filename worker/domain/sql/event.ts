// Leaves that look for events: counts, sums, moments, sequences.

import { dayMs, dayOf } from "../calendar.ts";
import {
	type CountLeaf,
	type EventMatch,
	limits,
	type MomentLeaf,
	type SequenceLeaf,
	type SumLeaf,
} from "../condition.ts";
import { derivedNames } from "../event.ts";
import { untimely } from "../facts.ts";
import { wholeHundredths } from "../money.ts";
import { visitGapMs } from "../visit.ts";
import { compared, joined, literal, type Scope } from "./scope.ts";
import { dateSql, memberOf, pathSql, propertySql } from "./value.ts";

/** How many, looked for no further than the threshold can tell apart. */
export function countSql(scope: Scope, leaf: CountLeaf): string {
	const { match, count, by } = leaf;
	const since = leaf.withinMs === undefined ? [] : [`e.at > ${literal(scope, scope.now - leaf.withinMs)}`];
	const enough = `LIMIT ${literal(scope, count.op === ">=" ? count.n : count.n + 1)}`;
	const counted = (found: string): string =>
		compared(scope, count, `(SELECT count(*) FROM (${found} ${enough}))`);
	if (by === undefined) return counted(matching(scope, match, "1", since));
	if (by === "visit") return compared(scope, count, visitsSql(scope, match, since, enough));
	const { value, type } = memberOf(scope, "e.props", by.property);
	const folded = memberOf(scope, "e.folded", by.property).value;
	// Kinds do not mix: a text begins with a quote, and yes and no are words without one.
	const told = `CASE ${type} WHEN 'text' THEN '"' || coalesce(${folded}, ${value})
		WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE ${value} END`;
	const values = matching(scope, match, `${told} AS v`, [...since, `${type} IS NOT NULL`]);
	return counted(`SELECT DISTINCT v FROM (${values})`);
}

/**
 * The visits in which something matches, made out of the events between the first and the last that may: what comes
 * before or after tells none of those apart. Most people have none, and are passed over before.
 */
function visitsSql(scope: Scope, match: EventMatch, since: readonly string[], enough: string): string {
	// An effect belongs to no visit, so what only rules say need not be looked for among them.
	scope.sources.add("happened");
	const { during, ...rest } = match;
	const isMatch = joined(matchTests(scope, rest, []), "AND");
	const seen = `e.cause IS NULL AND e.name NOT IN (${[...untimely].map((name) => `'${name}'`).join(", ")})`;
	const tests = joined([...since, ...duringTests(scope, during), seen], "AND");
	const events = `SELECT e.part, e.at, e.id, ${isMatch} AS so FROM happened e WHERE ${tests}`;
	const inOrder = "OVER (PARTITION BY part ORDER BY at, id)";
	const opening = `SELECT *, coalesce(at - lag(at) ${inOrder} > ${visitGapMs}, 1) AS opens FROM v`;
	const numbered = `SELECT part, so, sum(opens) ${inOrder} AS visit FROM (${opening})`;
	const visits = `SELECT DISTINCT part, visit FROM (${numbered}) WHERE so ${enough}`;
	return `(WITH v AS MATERIALIZED (${events})
		SELECT CASE WHEN EXISTS (SELECT 1 FROM v WHERE so) THEN (SELECT count(*) FROM (${visits})) ELSE 0 END)`;
}

/** In whole hundredths, rounded as `hundredths` of money.ts does it: `x` is the number that an event carries. */
export function sumSql(scope: Scope, { match, property, test, days }: SumLeaf): string {
	const { value, type } = memberOf(scope, "e.props", property);
	const since = days === undefined ? [] : [`e.at >= ${literal(scope, firstDay(scope, days))}`];
	const amounts = matching(scope, match, `${value} AS x`, [...since, `${type} IN ('integer', 'real')`]);
	// Not sum(): that of whole numbers fails where it grows beyond 64 bits.
	const sum = "total(sign(x) * CAST(abs(x) * 100.0 + 0.5 AS INTEGER))";
	return `(SELECT ${compared(scope, test, sum, wholeHundredths)} FROM (${amounts}) WHERE x > -1e12 AND x < 1e12)`;
}

/** The midnight (UTC) with which the last so many days begin. */
export function firstDay({ now }: Scope, days: number): number {
	return (dayOf(now) - days + 1) * dayMs;
}

export function momentSql(scope: Scope, { match, which, test }: MomentLeaf): string {
	const at = which === "first" ? "min(at)" : "max(at)";
	const passes = dateSql(scope, test, at);
	return `(SELECT coalesce(${passes}, 0) FROM (${matching(scope, match, "e.at", [])}))`;
}

export function sequenceSql(scope: Scope, { first, then, thenWithinMs, withinMs }: SequenceLeaf): string {
	const since = (ms: number): string[] =>
		withinMs === undefined ? [] : [`e.at > ${literal(scope, scope.now - withinMs - ms)}`];
	const thens = latestSql(scope, then, since(0));
	const firsts = latestSql(scope, first, since(thenWithinMs));
	const follows = `s.at < t.at AND s.at >= t.at - ${literal(scope, thenWithinMs)}`;
	return `EXISTS (SELECT 1 FROM (${thens}) t CROSS JOIN (${firsts}) s WHERE ${follows})`;
}

/** The latest of each part. */
function latestSql(scope: Scope, match: EventMatch, since: readonly string[]): string {
	const all = matching(scope, match, "e.at, e.part", since);
	const ranked = `SELECT at, row_number() OVER (PARTITION BY part ORDER BY at DESC) AS place FROM (${all})`;
	return `SELECT at FROM (${ranked}) WHERE place <= ${limits.sequence}`;
}

/** A query of the events `e` that match and pass more tests. */
function matching(scope: Scope, match: EventMatch, columns: string, more: readonly string[]): string {
	const from = derivedNames.has(match.name) ? "said" : "happened";
	scope.sources.add(from);
	return `SELECT ${columns} FROM ${from} e WHERE ${testsOf(scope, match, from, more)}`;
}

/** The name first: most rows differ there, and its column is at hand. */
function testsOf(
	scope: Scope,
	match: EventMatch,
	from: "said" | "happened",
	more: readonly string[],
): string {
	// JSON.stringify spelt the name in the text as it does here, and the quotes around it tell nothing more.
	const isMentioned = `instr(e.text, ${literal(scope, JSON.stringify(match.name).slice(1, -1))})`;
	const mention = from === "happened" ? `coalesce(${isMentioned}, 1)` : isMentioned;
	const [name = "1", ...tests] = matchTests(scope, match, more);
	return `${name} AND ${joined([mention, ...tests], "AND")}`;
}

function matchTests(
	scope: Scope,
	{ name, path, where = [], during }: EventMatch,
	more: readonly string[],
): readonly string[] {
	return [
		`e.name = ${literal(scope, name)}`,
		...more,
		...duringTests(scope, during),
		...(path ? [pathSql(scope, path, "e.path")] : []),
		...where.map(({ property, test }) =>
			propertySql(scope, test, { name: property, props: "e.props", folded: "e.folded" }),
		),
	];
}

function duringTests(scope: Scope, during: EventMatch["during"]): readonly string[] {
	return during ? [`e.at >= ${literal(scope, during.from)}`, `e.at < ${literal(scope, during.to)}`] : [];
}
