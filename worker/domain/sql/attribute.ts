// Attributes: of each the value that was said last in any of the person's parts.

import { bornBetween } from "../calendar.ts";
import type { AgeLeaf, AttributeLeaf, ValueTest } from "../condition.ts";
import { canSpell } from "../keyed.ts";
import { isDateTest, rangeOf } from "../match.ts";
import { literal, type Scope } from "./scope.ts";
import { type OfParts, partsOf, stampOf } from "./source.ts";
import { testSql } from "./value.ts";

type Member = "value" | "folded" | "at" | "id";

export function attributeSql(scope: Scope, { name, test }: AttributeLeaf): string {
	const passes = testSql(scope, test, { value: "v", type: "k" });
	return passesSql(attributeOf(scope, name), readBy(test), passes);
}

export function ageSql(scope: Scope, { test }: AgeLeaf): string {
	const { from, to } = bornBetween(scope.now, rangeOf(test));
	const isBorn = `v >= ${literal(scope, from)} AND v < ${literal(scope, to)}`;
	const passes = `coalesce(k IN ('integer', 'real') AND ${isBorn}, 0)`;
	return passesSql(`SELECT jsonb_extract(q.facts, '$.attributes.birthday') AS a ${partsOf}`, "value", passes);
}

/** What a test looks at: columns cost, and there may be many tests. */
function readBy(test: ValueTest): Columns {
	if (isDateTest(test)) return "value";
	switch (test.op) {
		case "exists":
		case "is-true":
		case "is-false":
			return "type";
		case "between":
		case ">=":
		case "<=":
		case "=":
			return "value";
		default:
			return "folded";
	}
}

/** The folded text of an attribute of ours, NULL where it is none. */
export function textAttribute(name: string): OfParts {
	return latestOf(name, "folded", (k, v) => `CASE ${k} WHEN 'text' THEN ${v} END`);
}

/** The number that an attribute of ours is, as the JSON that spells it; NULL where it is none. */
export function numberAttribute(name: string): OfParts {
	return latestOf(name, "json", (k, v) => `CASE WHEN ${k} IN ('integer', 'real') THEN ${v} END`);
}

/** What each part says of the attribute, as JSON. */
function attributeOf(scope: Scope, name: string): string {
	if (canSpell(name))
		return `SELECT jsonb_extract(q.facts, ${literal(scope, `$.attributes."${name}"`)}) AS a ${partsOf}`;
	const each = partsOf.replace(" WHERE", ", json_each(q.facts, '$.attributes') x WHERE");
	return `SELECT x.value AS a ${each} AND x.key = ${literal(scope, name)}`;
}

/** Where its members are: the path of each from a JSON column. */
interface Place {
	readonly json: string;
	readonly path: (member: Member) => string;
}

/** Of the latest: nothing but its JSON type, or its value as well, folded where it is text, or the JSON of it. */
type Columns = "type" | "value" | "folded" | "json";

/**
 * 1 or 0, never NULL: a test of the type `k` and the value `v` of what was said last. There may be many of these, so
 * nothing stands here twice. `k` and `v` are of the row in which SQLite finds the maximum. The limit keeps SQLite from
 * looking the attribute up again for each of its members.
 */
function passesSql(attribute: string, columns: Columns, passes: string): string {
	const { type, value, stamp } = columnsOf({ json: "a", path: (member) => `'$.${member}'` }, columns);
	const latest = `SELECT ${type} AS k, ${value} AS v, max(${stamp}) FROM (${attribute} LIMIT -1) WHERE a IS NOT NULL`;
	return `coalesce((SELECT ${passes} FROM (${latest})), 0)`;
}

/** What is asked of the type and the value, of an attribute of ours. */
function latestOf(name: string, columns: Columns, asked: (type: string, value: string) => string): OfParts {
	const path = (member: Member): string => `'$.attributes."${name}".${member}'`;
	const { type, value, stamp } = columnsOf({ json: "q.facts", path }, columns);
	const one = asked(type, value);
	return { one, several: `SELECT ${one} ${partsOf} ORDER BY ${stamp} DESC LIMIT 1` };
}

function columnsOf({ json, path }: Place, columns: Columns) {
	const text = (member: Member): string => `${json} ->> ${path(member)}`;
	const value = {
		type: "NULL",
		value: text("value"),
		folded: `coalesce(${text("folded")}, ${text("value")})`,
		json: `${json} -> ${path("value")}`,
	}[columns];
	return { type: `json_type(${json}, ${path("value")})`, value, stamp: stampOf(text("at"), text("id")) };
}
