// Attributes: of each the value that was said last in any of the person's parts.

import { bornBetween } from "../calendar.ts";
import type { AgeLeaf, AttributeLeaf, ValueTest } from "../condition.ts";
import { canSpell } from "../keyed.ts";
import { isDateTest, rangeOf } from "../match.ts";
import { literal, type Scope } from "./scope.ts";
import { partsOf } from "./source.ts";
import { testSql } from "./value.ts";

type Member = "value" | "folded" | "at" | "id";

export function attributeSql(scope: Scope, { name, test }: AttributeLeaf): string {
	const passes = testSql(scope, test, { value: "v", type: "k" });
	return `coalesce((SELECT ${passes} FROM (${latestSql(placeOf(scope, name), readBy(test))})), 0)`;
}

export function ageSql(scope: Scope, { test }: AgeLeaf): string {
	const { from, to } = bornBetween(scope.now, rangeOf(test));
	const isBorn = `v >= ${literal(scope, from)} AND v < ${literal(scope, to)}`;
	const passes = `coalesce(k IN ('integer', 'real') AND ${isBorn}, 0)`;
	return `coalesce((SELECT ${passes} FROM (${latestSql(ourPlace("birthday"), "value")})), 0)`;
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
export function textAttribute(name: string): string {
	return `(SELECT CASE k WHEN 'text' THEN v END FROM (${latestSql(ourPlace(name), "folded")}))`;
}

/** The number that an attribute of ours is, as the JSON that spells it; NULL where it is none. */
export function numberAttribute(name: string): string {
	return `(SELECT CASE WHEN k IN ('integer', 'real') THEN v END FROM (${latestSql(ourPlace(name), "json")}))`;
}

/** Where the attribute is: rows of parts, and the path of each member from a JSON column of theirs. */
interface Place {
	readonly json: string;
	readonly path: (member: Member) => string;
	readonly from: string;
}

function placeOf(scope: Scope, name: string): Place {
	const path = (member: Member): string => `(${literal(scope, `$.attributes."${name}".${member}`)})`;
	if (canSpell(name)) return { json: "q.facts", path, from: partsOf };
	const from = partsOf.replace(" WHERE", ", json_each(q.facts, '$.attributes') x WHERE");
	return {
		json: "x.value",
		path: (member) => `'$.${member}'`,
		from: `${from} AND x.key = ${literal(scope, name)}`,
	};
}

function ourPlace(name: string): Place {
	const path = (member: Member): string => `'$.attributes."${name}".${member}'`;
	// Most people have none: what is not there need not be put in order.
	return { json: "q.facts", path, from: `${partsOf} AND q.facts ->> ${path("at")} IS NOT NULL` };
}

/** Of the latest: nothing but its JSON type `k`, or as `v` its value as well, folded where it is text, or the JSON of it. */
type Columns = "type" | "value" | "folded" | "json";

function latestSql({ json, path, from }: Place, columns: Columns): string {
	const text = (member: Member): string => `${json} ->> ${path(member)}`;
	const value = {
		type: "",
		value: `, ${text("value")} AS v`,
		folded: `, coalesce(${text("folded")}, ${text("value")}) AS v`,
		json: `, ${json} -> ${path("value")} AS v`,
	}[columns];
	// Parts without the attribute come last.
	const order = `ORDER BY ${text("at")} DESC, ${text("id")} DESC LIMIT 1`;
	return `SELECT json_type(${json}, ${path("value")}) AS k${value} ${from} ${order}`;
}
