// Conditions compiled for D1: one boolean expression over a row `p` of `people`. Every literal travels in one bound
// JSON array, so nothing a marketer or a visitor wrote is ever part of the statement.
// D1's limits shape it: 100 parameters, expressions 100 deep, statements of 100 KB, LIKE and GLOB patterns of 50 bytes.

import type { Condition } from "./condition.ts";
import { gathered } from "./sql/gathered.ts";
import { leafSql } from "./sql/leaf.ts";
import { columnOf, joined, newScope, type Scope } from "./sql/scope.ts";
import { saidSql, visitsSql, waitingSql } from "./sql/source.ts";

export interface CompiledSql {
	/** What stands before the statement: a WITH, to which more may be added. Refers to `?1` and `?2`. */
	readonly tables: string;
	/** 1 or 0, never NULL. Refers to `p`, to the tables, to the parameter `?1` and to the site as `?2`. */
	readonly where: string;
	/** The literals, as the JSON array that `?1` is bound to. */
	readonly args: readonly [string];
}

/**
 * Compiles one condition to SQL over `people p`, with the same meaning as `evaluate` at `now` over all of the person's
 * retained events. Bounded by `limits`: what check.ts lets through stays within D1's.
 *
 * @throws where the condition still asks for another segment or a tier: `inlined` (segment.ts) puts that in place before.
 */
export function compileSql(condition: Condition, now: number): CompiledSql {
	const scope = newScope(now);
	let answer = treeSql(scope, condition);
	const columns: string[] = [];
	for (const name of scope.gathered) {
		const pieces = answer.split(columnOf(name));
		// What is asked once is worked out in its place, where what is asked before it may make that needless.
		if (pieces.length === 2) answer = pieces.join(`(${gathered[name]})`);
		else columns.push(`(${gathered[name]}) AS "${name}"`);
	}
	const said = scope.sources.has("said") ? `WITH ${saidSql} ` : "";
	// A sub-query without FROM is not flattened into the one around it, so each column is worked out once for a person.
	const facts = columns.length > 0 ? ` FROM (SELECT ${columns.join(", ")}) f` : "";
	const where = `(${said}SELECT ${answer}${facts})`;
	const tables = `WITH ${visitsSql(scope)}${scope.sources.has("waiting") ? `, ${waitingSql(scope)}` : ""}`;
	return { tables, where, args: [JSON.stringify(scope.literals)] };
}

function treeSql(scope: Scope, condition: Condition): string {
	const each = (members: readonly Condition[]): string[] => members.map((member) => treeSql(scope, member));
	if ("all" in condition) return joined(each(condition.all), "AND");
	if ("any" in condition) return joined(each(condition.any), "OR");
	if ("not" in condition) return `NOT (${treeSql(scope, condition.not)})`;
	return leafSql(scope, condition);
}
