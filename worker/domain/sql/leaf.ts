// Each leaf as SQL. What asks of events is in event.ts.

import type {
	ConsentLeaf,
	DateLeaf,
	Leaf,
	ListLeaf,
	MemberLeaf,
	NearLeaf,
	NumberLeaf,
	PointsLeaf,
	TaggedLeaf,
	TagLeaf,
	TextLeaf,
} from "../condition.ts";
import { type ConsentActs, type ConsentState, consentKey } from "../consent.ts";
import { type DateField, isDateField, isNumberField, numberFields, textFields } from "../fields.ts";
import { reach } from "../geography/distance.ts";
import { canSpell } from "../keyed.ts";
import { ageSql, attributeSql } from "./attribute.ts";
import { countSql, momentSql, sequenceSql, sumSql } from "./event.ts";
import { interestSql } from "./interest.ts";
import { orderMoment, ordersSql } from "./order.ts";
import { compared, gather, literal, type Scope } from "./scope.ts";
import { partsOf } from "./source.ts";
import { dateSql, listSql, testSql } from "./value.ts";

/** 1 or 0, never NULL. */
export function leafSql(scope: Scope, leaf: Leaf): string {
	switch (leaf.field) {
		case "events":
			return countSql(scope, leaf);
		case "sum":
			return sumSql(scope, leaf);
		case "moment":
			return momentSql(scope, leaf);
		case "sequence":
			return sequenceSql(scope, leaf);
		case "attribute":
			return attributeSql(scope, leaf);
		case "age":
			return ageSql(scope, leaf);
		case "tag":
			return tagSql(scope, leaf);
		case "tagged":
			return taggedSql(scope, leaf);
		case "points":
			return pointsSql(scope, leaf);
		case "member":
			return memberSql(scope, leaf);
		case "near":
			return nearSql(scope, leaf);
		case "orders":
			return ordersSql(scope, leaf);
		case "cartProducts":
			return listSql(scope, leaf.test, `coalesce(${gather(scope, "cart")} -> 'products', '[]')`);
		case "interest":
			return interestSql(scope, leaf);
		case "list":
			return onListSql(scope, leaf);
		case "consent":
			return consentSql(scope, leaf);
		case "segment":
			throw new Error(`segment ${leaf.segment} is not in its place`);
		case "tier":
			throw new Error(`tier ${leaf.tier} is not in its place`);
		default:
			return fieldSql(scope, leaf);
	}
}

function fieldSql(scope: Scope, leaf: TextLeaf | NumberLeaf | DateLeaf): string {
	if (isDateLeaf(leaf)) return `coalesce((${dateSql(scope, leaf.test, dates[leaf.field](scope))}), 0)`;
	if (isNumberLeaf(leaf)) {
		const { from, member, otherwise, scale } = numberFields[leaf.field].sql;
		const column = gather(scope, from);
		const read = member === undefined ? column : `${column} ->> '$.${member}'`;
		const known = otherwise === undefined ? read : `coalesce(${read}, ${otherwise})`;
		return testSql(scope, leaf.test, { value: scale === undefined ? known : `${known} / ${scale}` });
	}
	const { sql } = textFields[leaf.field];
	if ("column" in sql) return testSql(scope, leaf.test, { value: `p.${sql.column}` });
	return testSql(scope, leaf.test, { value: gather(scope, sql.from) });
}

/** Each mentioned twice in a test: so only what is a column, or may be worked out again. */
const dates: Readonly<Record<DateField, (scope: Scope) => string>> = {
	"seen.first": (scope) => gather(scope, "firstSeenAt"),
	"seen.last": (scope) => gather(scope, "lastSeenAt"),
	"order.first": (scope) => orderMoment(scope, "first"),
	"order.last": (scope) => orderMoment(scope, "last"),
	"cart.changed": (scope) => `(${gather(scope, "cart")} ->> 'at')`,
};

function isDateLeaf(leaf: TextLeaf | NumberLeaf | DateLeaf): leaf is DateLeaf {
	return isDateField(leaf.field);
}

function isNumberLeaf(leaf: TextLeaf | NumberLeaf): leaf is NumberLeaf {
	return isNumberField(leaf.field);
}

/** A part may know of a removal alone: over all parts there are as many as were added and not removed, or none. */
function tagSql(scope: Scope, { tag, count }: TagLeaf): string {
	const { from, member } = keyed(scope, "tags", tag);
	return `(SELECT ${compared(scope, count, `max(coalesce(sum(${member("count")}), 0), 0)`)} ${from})`;
}

function taggedSql(scope: Scope, { tag, which, test }: TaggedLeaf): string {
	const { from, member } = keyed(scope, "tags", tag);
	const at = which === "first" ? `min(${member("firstAt")})` : `max(${member("lastAt")})`;
	return `(SELECT coalesce(sum(${member("count")}) > 0 AND (${dateSql(scope, test, at)}), 0) ${from})`;
}

/** Who never had points of a programme has none: 0. */
function pointsSql(scope: Scope, { programme, of, test }: PointsLeaf): string {
	const { from, member } = keyed(scope, "points", programme);
	const points = of === "earned" ? member("earned") : `${member("earned")} - ${member("spent")}`;
	return `(SELECT ${compared(scope, test, `coalesce(sum(${points}), 0)`)} ${from})`;
}

/** As what was said last in any part has it. */
function onListSql(scope: Scope, { list, test }: ListLeaf): string {
	const { from, member } = keyed(scope, "lists", list);
	const [at, id] = [member("at"), member("id")];
	const latest = `SELECT ${member("value")} AS so, ${at} AS at ${from} AND ${at} IS NOT NULL ORDER BY at DESC, ${id} DESC LIMIT 1`;
	const passes = test ? `so AND (${dateSql(scope, test, "at")})` : "so";
	return `coalesce((SELECT ${passes} FROM (${latest})), 0)`;
}

/** As `standingOf` (consent.ts), over the latest of each kind of act in any part. */
function consentSql(scope: Scope, { channel, purpose, state }: ConsentLeaf): string {
	const { from, member } = keyed(scope, "consents", consentKey(channel, purpose));
	const latest = (kind: keyof ConsentActs): string => `max(${member(`${kind}.at`)}) AS ${kind}`;
	const acts = `SELECT ${latest("given")}, ${latest("asserted")}, ${latest("pending")}, ${latest("withdrawn")} ${from}`;
	return `(SELECT ${standings[state]} FROM (${acts}))`;
}

const isGiven =
	"iif(withdrawn IS NULL, coalesce(given, asserted) IS NOT NULL, coalesce(given > withdrawn, 0))";
const isPending = `(NOT ${isGiven} AND iif(withdrawn IS NULL, pending IS NOT NULL, coalesce(pending > withdrawn, 0)))`;
const standings: Readonly<Record<ConsentState, string>> = {
	given: isGiven,
	pending: isPending,
	withdrawn: `(withdrawn IS NOT NULL AND NOT ${isGiven} AND NOT ${isPending})`,
};

/** Whether any part knows when the person joined. */
function memberSql(scope: Scope, { programme }: MemberLeaf): string {
	const { from, member } = keyed(scope, "points", programme);
	return `(SELECT max(${member("joinedAt")}) IS NOT NULL ${from})`;
}

/** What parts hold under a name from outside: one JSON column of theirs. */
function keyed(
	scope: Scope,
	column: "tags" | "points" | "lists" | "consents",
	name: string,
): { readonly from: string; readonly member: (name: string) => string } {
	if (canSpell(name))
		return {
			from: partsOf,
			member: (member) => `(q.${column} ->> (${literal(scope, `$."${name}".${member}`)}))`,
		};
	const from = partsOf.replace(" WHERE", `, json_each(q.${column}) x WHERE`);
	return {
		from: `${from} AND x.key = ${literal(scope, name)}`,
		member: (member) => `(x.value ->> '$.${member}')`,
	};
}

/** The steps of `haversine` (geography/distance.ts), in its order. */
function nearSql(scope: Scope, { latitude, longitude, km }: NearLeaf): string {
	const radians = (degrees: string): string => `(${degrees}) * ${Math.PI} / 180`;
	const half = (angle: string): string => `sin(${radians(angle)} / 2)`;
	const steps = `SELECT ${half(`${literal(scope, latitude)} - y`)} AS n, ${half(`${literal(scope, longitude)} - x`)} AS e,
		cos(${radians("y")}) * cos(${radians(literal(scope, latitude))}) AS c`;
	const place = gather(scope, "place");
	const angle = `SELECT n * n + c * (e * e) AS h FROM (${steps} FROM (SELECT ${place} ->> 0 AS y, ${place} ->> 1 AS x))`;
	return `coalesce((SELECT h <= ${literal(scope, reach(km))} FROM (${angle})), 0)`;
}
