// Leaves that look for events: counts, sums, moments, sequences.

import { isWorkedOut } from "../bought.ts";
import { dayMs, dayOf } from "../calendar.ts";
import type { Comparison, CountLeaf, EventMatch, MomentLeaf, SequenceLeaf, SumLeaf } from "../condition.ts";
import { derivedNames } from "../event.ts";
import { limits } from "../limits.ts";
import { wantedOf } from "../match.ts";
import { wholeHundredths } from "../money.ts";
import { visitGapMs } from "../visit.ts";
import { compared, gather, joined, literal, type Scope } from "./scope.ts";
import { happened, isSeenAs, latestWithin } from "./source.ts";
import { dateSql, memberOf, pathSql, propertySql } from "./value.ts";

/**
 * Keeps a query of events apart from the one that adds them up, which SQLite would else make one: then it hands over row by
 * row, with all columns, what it now tests where it stands, and works out a column anew wherever it is mentioned.
 */
const apart = "LIMIT -1";

/** How many, looked for no further than the threshold can tell apart. */
export function countSql(scope: Scope, leaf: CountLeaf): string {
	const { match, count, by } = leaf;
	const since = leaf.withinMs === undefined ? [] : [`e.at > ${literal(scope, scope.now - leaf.withinMs)}`];
	const enough = `LIMIT ${literal(scope, count.op === ">=" ? count.n : count.n + 1)}`;
	const counted = (found: string): string =>
		compared(scope, count, `(SELECT count(*) FROM (${found} ${enough}))`);
	if (by === undefined) return counted(matching(scope, match, "1", since));
	if (by === "visit") return compared(scope, count, visitsSql(scope, match, since, count));
	const { value, type } = memberOf(scope, "e.props", by.property);
	const folded = memberOf(scope, "e.folded", by.property).value;
	// Kinds do not mix: a text begins with a quote, and yes and no are words without one.
	const told = `CASE ${type} WHEN 'text' THEN '"' || coalesce(${folded}, ${value})
		WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE ${value} END`;
	const values = matching(scope, match, `${told} AS v`, [...since, `${type} IS NOT NULL`]);
	return counted(`SELECT DISTINCT v FROM (${values} ${apart})`);
}

/**
 * The visits in which something matches: the matches that no other follows within the visit. There are at most as many as
 * matches, and most people have too few of those to be looked at any further.
 */
function visitsSql(scope: Scope, match: EventMatch, since: readonly string[], { op, n }: Comparison): string {
	if (isWorkedOut(match)) return "0";
	// An effect belongs to no visit, so what only rules say need not be looked for among them.
	const found = happenedSql(scope, match, "e.part, e.at", [...since, isSeenAs(match.name)]);
	scope.looks.all = true;
	const listed = `SELECT value ->> 0 AS part, value ->> 1 AS at FROM jsonb_each(r.matches)`;
	const before = `SELECT *, lag(at) OVER (PARTITION BY part ORDER BY at) AS prior FROM (${listed})`;
	// From the match before, always on to the latest event within reach, until this one is.
	const onward = `SELECT ${latestWithin(visitGapMs)} FROM way WHERE at < m.at - ${visitGapMs}`;
	const reached = `WITH RECURSIVE way(at) AS (SELECT m.prior UNION ALL ${onward}) SELECT max(at) FROM way`;
	const isSame = `m.at - m.prior <= ${visitGapMs} OR (${reached}) >= m.at - ${visitGapMs}`;
	const enough = literal(scope, op === ">=" ? n : n + 1);
	const begun = `SELECT 1 FROM (${before}) m WHERE m.prior IS NULL OR NOT (${isSame}) LIMIT ${enough}`;
	return `(SELECT CASE WHEN n < ${literal(scope, op === "<=" ? n + 1 : n)} THEN n ELSE (SELECT count(*) FROM (${begun})) END
		FROM (SELECT count(*) AS n, jsonb_group_array(jsonb_array(part, at)) AS matches FROM (${found} ${apart})) r)`;
}

/** In whole hundredths, rounded as `hundredths` of money.ts does it: `x` is the number that an event carries. */
export function sumSql(scope: Scope, { match, property, test, days }: SumLeaf): string {
	const { value, type } = memberOf(scope, "e.props", property);
	const since = days === undefined ? [] : [`e.at >= ${literal(scope, firstDay(scope, days))}`];
	const amounts = matching(scope, match, `${value} AS x`, [...since, `${type} IN ('integer', 'real')`]);
	// Not sum(): that of whole numbers fails where it grows beyond 64 bits.
	const sum = "total(sign(x) * CAST(abs(x) * 100.0 + 0.5 AS INTEGER))";
	return `(SELECT ${compared(scope, test, sum, wholeHundredths)} FROM (${amounts} ${apart}) WHERE x > -1e12 AND x < 1e12)`;
}

/** The midnight (UTC) with which the last so many days begin. */
export function firstDay({ now }: Scope, days: number): number {
	return (dayOf(now) - days + 1) * dayMs;
}

export function momentSql(scope: Scope, { match, which, test }: MomentLeaf): string {
	const at = which === "first" ? "min(at)" : "max(at)";
	const passes = dateSql(scope, test, at);
	return `(SELECT coalesce(${passes}, 0) FROM (${matching(scope, match, "e.at", [])} ${apart}))`;
}

export function sequenceSql(scope: Scope, { first, second, thenWithinMs, withinMs }: SequenceLeaf): string {
	const since = (ms: number): string[] =>
		withinMs === undefined ? [] : [`e.at > ${literal(scope, scope.now - withinMs - ms)}`];
	const seconds = latestSql(scope, second, since(0));
	const firsts = latestSql(scope, first, since(thenWithinMs));
	const follows = `f.at < s.at AND f.at >= s.at - ${literal(scope, thenWithinMs)}`;
	return `EXISTS (SELECT 1 FROM (${seconds}) s CROSS JOIN (${firsts}) f WHERE ${follows})`;
}

/** The latest of each part. */
function latestSql(scope: Scope, match: EventMatch, since: readonly string[]): string {
	const all = matching(scope, match, "e.at, e.part", since);
	const ranked = `SELECT at, row_number() OVER (PARTITION BY part ORDER BY at DESC) AS place FROM (${all} ${apart})`;
	return `SELECT at FROM (${ranked}) WHERE place <= ${limits.sequence}`;
}

/** A query of the events `e` that match and pass more tests. */
function matching(scope: Scope, match: EventMatch, columns: string, more: readonly string[]): string {
	if (isWorkedOut(match)) {
		const each = `SELECT '' AS part, NULL AS path, value ->> 0 AS at, value -> 1 AS props, value -> 2 AS folded
			FROM json_each(${gather(scope, "bought")})`;
		return `SELECT ${columns} FROM (${each}) e WHERE ${testsOf(scope, match, more)}`;
	}
	if (!derivedNames.has(match.name)) return happenedSql(scope, match, columns, more);
	scope.sources.add("said");
	// JSON.stringify spelt the name in the text as it does here, and the quotes around it tell nothing more.
	const isMentioned = `instr(e.text, ${literal(scope, JSON.stringify(match.name).slice(1, -1))})`;
	return `SELECT ${columns} FROM said e WHERE ${namedTests(scope, match, [isMentioned, ...more])}`;
}

function happenedSql(scope: Scope, match: EventMatch, columns: string, more: readonly string[]): string {
	const { name, path, where } = match;
	scope.sources.add("waiting");
	if (path?.op === "is") scope.looks.paths.add(wantedOf(path));
	else scope.looks.names.add(name);
	scope.looks.props ||= columns.includes("e.props") || (where ?? []).length > 0;
	return `SELECT ${columns} FROM ${happened} e WHERE ${namedTests(scope, match, more)}`;
}

/** The name first: most rows differ there, and its column is at hand. */
function namedTests(scope: Scope, match: EventMatch, more: readonly string[]): string {
	return `e.name = ${literal(scope, match.name)} AND ${testsOf(scope, match, more)}`;
}

function testsOf(scope: Scope, { path, where = [], during }: EventMatch, more: readonly string[]): string {
	// What is dear to test comes last.
	const tests = [
		...(during ? [`e.at >= ${literal(scope, during.from)}`, `e.at < ${literal(scope, during.to)}`] : []),
		...(path ? [pathSql(scope, path, "e.path")] : []),
		...more,
		...where.map(({ property, test }) =>
			propertySql(scope, test, { name: property, props: "e.props", folded: "e.folded" }),
		),
	];
	return joined(tests, "AND");
}
