// Conditions compiled for D1: one boolean expression over a row `p` of `people`. Every literal travels in one bound
// JSON array, so nothing a marketer or a visitor wrote is ever part of the statement.
// D1's limits shape it: 100 parameters, expressions 100 deep, statements of 100 KB, LIKE and GLOB patterns of 50 bytes.

import type { Comparison, Condition, CountLeaf, Leaf, PathTest, ScalarTest } from "./condition.ts";
import { derivedNames, type Scalar } from "./event.ts";
import { type Gathered, numberFields, textFields } from "./fields.ts";
import { canSpell } from "./keyed.ts";
import { type Wildcard, wantedOf, wildcardOf } from "./match.ts";
import { fold } from "./text.ts";

export interface CompiledSql {
	/** 1 or 0, never NULL. Refers to `p` and to the parameter `?1`. */
	readonly where: string;
	/** The literals, as the JSON array that `?1` is bound to. */
	readonly args: readonly [string];
}

/**
 * Compiles one condition to SQL over `people p`, with the same meaning as `evaluate` at `now` over all of the person's
 * retained events. Bounded by `limits`: what check.ts lets through stays within D1's.
 */
export function compileSql(condition: Condition, now: number): CompiledSql {
	const scope: Scope = { literals: [], places: new Map(), gathered: new Set(), sources: new Set(), now };
	const answer = treeSql(scope, condition);
	const columns = [...scope.gathered].map((name) => `(${gathered[name]}) AS ${name}`);
	const named = [...scope.sources].map((name) => `${name} AS NOT MATERIALIZED ${sources[name]}`);
	const tables = named.length > 0 ? `WITH ${named.join(", ")} ` : "";
	// A sub-query without FROM is not flattened into the one around it, so each column is worked out once for a person.
	const facts = columns.length > 0 ? ` FROM (SELECT ${columns.join(", ")}) f` : "";
	const where = `(${tables}SELECT ${answer}${facts})`;
	return { where, args: [JSON.stringify(scope.literals)] };
}

interface Scope {
	readonly literals: (Scalar | readonly string[])[];
	readonly places: Map<string, number>;
	readonly gathered: Set<Gathered>;
	readonly sources: Set<keyof typeof sources>;
	readonly now: number;
}

const partsOf = "FROM parts q WHERE q.site = p.site AND q.person = p.id";

/** What is read over all of a person's parts, as `read` in person.ts does. */
const gathered: Readonly<Record<Gathered, string>> = {
	environment: stamped("environment", "DESC"),
	firstTouch: stamped("firstTouch", "ASC"),
	lastTouch: stamped("lastTouch", "DESC"),
	score: `SELECT coalesce(sum(q.score), 0) ${partsOf}`,
	visits: `SELECT coalesce(sum(q.visits), 0) ${partsOf}`,
	tags: `SELECT json_group_object(key, n) FROM (
		SELECT t.key, sum(t.value ->> 'count') AS n ${partsOf.replace(" WHERE", ", json_each(q.tags) t WHERE")} GROUP BY t.key)`,
	attributes: `SELECT json_group_object(key, json(value)) FROM (
		SELECT a.key, a.value, row_number() OVER (
			PARTITION BY a.key ORDER BY a.value ->> 'at' DESC, a.value ->> 'id' DESC) AS place
		${partsOf.replace(" WHERE", ", json_each(q.facts, '$.attributes') a WHERE")}) WHERE place = 1`,
};

function stamped(name: "environment" | "firstTouch" | "lastTouch", order: "ASC" | "DESC"): string {
	const stamp = (member: string): string => `q.facts ->> '$.${name}.${member}'`;
	const ordered = `ORDER BY ${stamp("at")} ${order}, ${stamp("id")} ${order} LIMIT 1`;
	return `SELECT q.facts -> '$.${name}' ${partsOf} AND ${stamp("at")} IS NOT NULL ${ordered}`;
}

function gather(scope: Scope, name: Gathered): string {
	scope.gathered.add(name);
	return `f.${name}`;
}

function literal(scope: Scope, value: Scalar | readonly string[]): string {
	return `?1 ->> ${placeOf(scope, value)}`;
}

function placeOf({ literals, places }: Scope, value: Scalar | readonly string[]): number {
	const key = JSON.stringify(value);
	const place = places.get(key) ?? literals.push(value) - 1;
	places.set(key, place);
	return place;
}

function treeSql(scope: Scope, condition: Condition): string {
	if ("all" in condition)
		return joined(
			condition.all.map((member) => treeSql(scope, member)),
			"AND",
			"1",
		);
	if ("any" in condition)
		return joined(
			condition.any.map((member) => treeSql(scope, member)),
			"OR",
			"0",
		);
	if ("not" in condition) return `NOT (${treeSql(scope, condition.not)})`;
	return leafSql(scope, condition);
}

/** Halved again and again: a plain chain of operators is a tree as deep as it is long. */
function joined(terms: readonly string[], operator: "AND" | "OR", empty: string): string {
	const [only] = terms;
	if (only === undefined) return empty;
	if (terms.length === 1) return `(${only})`;
	const half = terms.length >> 1;
	return `(${joined(terms.slice(0, half), operator, empty)} ${operator} ${joined(terms.slice(half), operator, empty)})`;
}

function leafSql(scope: Scope, leaf: Leaf): string {
	switch (leaf.field) {
		case "events":
			return countSql(scope, leaf);
		case "tag": {
			const { value } = memberOf(scope, gather(scope, "tags"), "$", leaf.tag);
			return testSql(scope, leaf.count, { value: `coalesce(${value}, 0)` });
		}
		case "attribute": {
			const attributes = gather(scope, "attributes");
			const folded = memberOf(scope, attributes, "$", leaf.name, "folded").value;
			return testSql(scope, leaf.test, { ...memberOf(scope, attributes, "$", leaf.name, "value"), folded });
		}
		case "score":
		case "visits":
			return testSql(scope, leaf.test, { value: gather(scope, numberFields[leaf.field].sql.from) });
		default: {
			const { sql } = textFields[leaf.field];
			if ("column" in sql) return testSql(scope, leaf.test, { value: `p.${sql.column}` });
			const stamp = gather(scope, sql.from);
			const value = `${stamp} ->> '$.value.${sql.member}'`;
			return testSql(scope, leaf.test, { value, folded: `${stamp} ->> '$.folded.${sql.member}'` });
		}
	}
}

/** SQL for a value, its JSON type where it can be of several, and its folded text where that may differ from it. */
interface Reading {
	readonly value: string;
	readonly type?: string;
	readonly folded?: string;
}

/** 1 or 0: a missing value passes nothing, and no test crosses types. */
function testSql(scope: Scope, test: ScalarTest, { value, type, folded }: Reading): string {
	const typed = (wanted: string, passes: string): string =>
		`coalesce(${type === undefined ? passes : `${type} ${wanted} AND ${passes}`}, 0)`;
	const number = (passes: string): string => typed("IN ('integer', 'real')", passes);
	const text = folded === undefined ? value : `coalesce(${folded}, ${value})`;
	const spelt = (passes: string): string => typed("= 'text'", passes);
	switch (test.op) {
		case "exists":
			return `(${type ?? value}) IS NOT NULL`;
		case "is-true":
			return `(${type}) IS 'true'`;
		case "is-false":
			return `(${type}) IS 'false'`;
		case "between":
			return number(`${value} BETWEEN ${literal(scope, test.from)} AND ${literal(scope, test.to)}`);
		case ">=":
		case "<=":
		case "=":
			return number(`${value} ${comparisons[test.op]} ${literal(scope, test.n)}`);
		case "any-of": {
			const values = `$[${placeOf(scope, test.values.map(fold))}]`;
			return spelt(`${text} IN (SELECT value FROM json_each(?1, '${values}'))`);
		}
		case "is":
			return spelt(`${text} = ${literal(scope, fold(test.value))}`);
		case "contains":
			return spelt(containsSql(scope, text, fold(test.value)));
		case "starts-with":
			return spelt(startsSql(scope, text, fold(test.value)));
		case "ends-with":
			return spelt(endsSql(scope, text, fold(test.value)));
	}
}

/** The operators as SQL spells them; never the text of a condition. */
const comparisons: Readonly<Record<Comparison["op"], string>> = { ">=": ">=", "<=": "<=", "=": "=" };

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

/**
 * Where events are looked for, spelt once for all the leaves that ask. Never gathered whole, as the view `events` would
 * be: the tests of a leaf move in, and it stops at its threshold. `text` mentions the names that stand in JSON: what
 * does not mention the one that is wanted is passed over before anything is parsed.
 */
const sources = {
	/** Every event: contacts' as their columns stand, and those of anonymous visits unpacked. */
	happened: `(SELECT NULL AS text, c.at, c.name, c.path, c.props, c.folded FROM parts q CROSS JOIN contact_events c
		WHERE q.site = p.site AND q.person = p.id AND c.site = q.site AND c.part = q.id
		UNION ALL SELECT a.events, m.value ->> 'at', ${membersOf("m")}
		FROM parts q CROSS JOIN arrivals a CROSS JOIN json_each(a.events) m
		WHERE q.site = p.site AND q.person = p.id AND a.site = q.site AND a.part = q.id)`,
	/**
	 * For names that only rules say, and people by hand: every event and every effect. What is known of a part stands in
	 * one of the two tables, so one join reads either: twice the statements would be more than D1 takes.
	 */
	said: `(SELECT coalesce(a.events, c.name || c.effects) AS text, m.value ->> 'at' AS at, ${membersOf("x")}
		FROM parts q LEFT JOIN arrivals a ON a.site = q.site AND a.part = q.id
		LEFT JOIN contact_events c ON a.site IS NULL AND c.site = q.site AND c.part = q.id
		CROSS JOIN json_each(coalesce(a.events, json_array(json_object('at', c.at, 'name', c.name, 'path', c.path,
			'props', json(c.props), 'folded', json(c.folded), 'effects', json(c.effects))))) m
		CROSS JOIN json_each(json_insert(coalesce(m.value -> 'effects', '[]'), '$[#]', json(m.value))) x
		WHERE q.site = p.site AND q.person = p.id)`,
} as const;

function membersOf(row: "m" | "x"): string {
	const text = (name: string): string => `${row}.value ->> '${name}' AS ${name}`;
	const part = (name: string): string => `${row}.value -> '${name}' AS ${name}`;
	return [text("name"), text("path"), part("props"), part("folded")].join(", ");
}

/** How many events match, counted no further than the threshold can tell apart. */
function countSql(scope: Scope, { match, count, withinMs }: CountLeaf): string {
	const { name, path, where = [] } = match;
	const from = derivedNames.has(name) ? "said" : "happened";
	scope.sources.add(from);
	// JSON.stringify spelt the name in the text as it does here, and the quotes around it tell nothing more.
	const isMentioned = `instr(e.text, ${literal(scope, JSON.stringify(name).slice(1, -1))})`;
	const tests = [
		from === "happened" ? `coalesce(${isMentioned}, 1)` : isMentioned,
		`e.name = ${literal(scope, name)}`,
		...(withinMs === undefined ? [] : [`e.at > ${literal(scope, scope.now - withinMs)}`]),
		...(path ? [pathSql(scope, path, "e.path")] : []),
		...where.map(({ property, test }) => {
			const folded = memberOf(scope, "e.folded", "$", property).value;
			return testSql(scope, test, { ...memberOf(scope, "e.props", "$", property), folded });
		}),
	];
	const matching = `SELECT 1 FROM ${from} e WHERE ${joined(tests, "AND", "1")}`;
	const counted = `(SELECT count(*) FROM (${matching} LIMIT ${literal(scope, count.n + 1)}))`;
	return `${counted} ${comparisons[count.op]} ${literal(scope, count.n)}`;
}

function pathSql(scope: Scope, test: PathTest, path: string): string {
	const wanted = wantedOf(test);
	switch (test.op) {
		case "is":
			return `coalesce(${path} = ${literal(scope, wanted)}, 0)`;
		case "starts-with":
			return `coalesce(${startsSql(scope, path, wanted)}, 0)`;
		case "contains":
			return `coalesce(${containsSql(scope, path, wanted)}, 0)`;
		case "wildcard":
			return `coalesce(${wildcardSql(scope, wildcardOf(wanted), path)}, 0)`;
	}
}

/** Piece by piece as passesPath does it: `r` is what is left to look in after the first `i` pieces. */
function wildcardSql(scope: Scope, { start, middle, end }: Wildcard, path: string): string {
	if (end === undefined) return `${path} = ${literal(scope, start)}`;
	const taken = lengthOf(start) + lengthOf(end);
	const ends = `length(${path}) >= ${taken} AND ${startsSql(scope, path, start)} AND ${endsSql(scope, path, end)}`;
	if (middle.length === 0) return ends;
	const piece = `?1 -> ${placeOf(scope, middle)} ->> i`;
	const first = `SELECT 0, substr(${path}, ${lengthOf(start) + 1}, length(${path}) - ${taken})`;
	const after = `SELECT i + 1, substr(r, instr(r, ${piece}) + length(${piece}))`;
	const next = `${after} FROM w WHERE i < ${middle.length} AND instr(r, ${piece})`;
	return `${ends} AND (WITH RECURSIVE w(i, r) AS (${first} UNION ALL ${next}) SELECT max(i) = ${middle.length} FROM w)`;
}

/**
 * A member by a name from outside, or the member `inner` of that member. A JSON path can spell most names; the others
 * are searched for, because how SQLite reads escapes within a path differs between its versions.
 */
function memberOf(
	scope: Scope,
	json: string,
	path: string,
	name: string,
	inner?: "value" | "folded",
): { readonly value: string; readonly type: string } {
	if (canSpell(name)) {
		const place = literal(scope, `${path}."${name}"${inner ? `.${inner}` : ""}`);
		return { value: `${json} ->> (${place})`, type: `json_type(${json}, ${place})` };
	}
	const found = `FROM json_each(${json}, '${path}') WHERE key = ${literal(scope, name)}`;
	if (!inner) return { value: `(SELECT value ${found})`, type: `(SELECT type ${found})` };
	const value = `(SELECT value ->> '${inner}' ${found})`;
	return { value, type: `(SELECT json_type(value, '$.${inner}') ${found})` };
}
