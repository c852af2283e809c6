// Where events are looked for, spelt once for all the leaves that ask. Contacts' are never gathered whole, as the view
// `events` would be: the tests of a leaf move to them, and it stops at its threshold. Those of anonymous visits are few,
// and stand in rows so long that looking one up takes longer than unpacking all of them.

import { ordered, untimely } from "../facts.ts";
import { joined, literal, literals, type Scope } from "./scope.ts";

const parts = "parts q INDEXED BY parts_of_person";

/**
 * Of the person's parts. By name, for SQLite takes any index that begins with the site for as good as this one: then it
 * goes through the parts of all people for each of them.
 */
export const partsOf = `FROM ${parts} WHERE q.site = p.site AND q.person = p.id`;

/**
 * What the parts say together. Most people have one part: `one` is the answer of its row `q`, where nothing need be put
 * in order. `several` is a query that answers whatever there is.
 */
export interface OfParts {
	readonly one: string;
	readonly several: string;
}

/** As a query. Where there is one part, nothing is put in order, and of one row alone a column may stand beside its count. */
export function ofParts({ one, several }: OfParts): string {
	return `SELECT CASE count(*) WHEN 1 THEN ${one} ELSE (${several}) END ${partsOf}`;
}

/** A text that is in the order of `isLater`: instants have 13 digits until the year 2286. NULL where there is no stamp. */
export function stampOf(at: string, id: string): string {
	return `substr('00' || (${at}), -15) || (${id})`;
}

const ofContact = `FROM ${parts} CROSS JOIN contact_events c`;
const isOfContact = "q.site = p.site AND q.person = p.id AND c.site = q.site AND c.part = q.id";
/** JSON with a sign, which takes its affinity: of these two, one half has text as JSONB and the other what was unpacked. */
const columns = (of: "c" | "w"): string =>
	`${["part", "at", "name", "path", "cause"].map((column) => `${of}.${column}`).join(", ")}, +${of}.props AS props, +${of}.folded AS folded`;

/**
 * Events of one name, the test of which is to follow. Not as a CTE: SQLite moves tests into one only where it is used
 * once.
 */
export const happened = `(SELECT ${columns("c")} ${ofContact} INDEXED BY contact_events_by_name
	WHERE ${isOfContact} UNION ALL SELECT ${columns("w")} FROM waiting w WHERE w.person = p.id)`;

const listOf = (names: ReadonlySet<string>): string => [...names].map((name) => `'${name}'`).join(", ");

const isOfBrowser = (of: "c" | "w" | "e"): string =>
	`(SELECT k.kind FROM parts k WHERE k.site = p.site AND k.id = ${of}.part) = 'browser'`;

/** True of an event that makes visits. Whose part it is, is asked of orders alone. */
const isSeen = (of: "c" | "w"): string =>
	`${of}.cause IS NULL AND ${of}.name NOT IN (${listOf(untimely)})
		AND (${of}.name NOT IN (${listOf(ordered)}) OR ${isOfBrowser(of)})`;

/** The same of an event `e` of that name. */
export function isSeenAs(name: string): string {
	if (untimely.has(name)) return "0";
	return ordered.has(name) ? `e.cause IS NULL AND ${isOfBrowser("e")}` : "e.cause IS NULL";
}

/** The latest instant that is seen of the part `m.part` within so many ms after `way.at`; NULL where nothing is. */
export function latestWithin(ms: number): string {
	const latest = (from: string, of: "c" | "w"): string => `(SELECT max(${of}.at) FROM ${from}
		AND ${of}.part = m.part AND ${of}.at > way.at AND ${of}.at <= way.at + ${ms} AND ${isSeen(of)})`;
	return `coalesce(${latest("contact_events c WHERE c.site = p.site", "c")}, ${latest("waiting w WHERE w.person = p.id", "w")})`;
}

/**
 * For names that only rules say, and people by hand: every event and every effect. What is known of a part stands in
 * one of the two tables, so one join reads either: twice the statements would be more than D1 takes. `text` mentions
 * the names that stand in JSON: what does not mention the one that is wanted is passed over before anything is parsed.
 */
const said = `(SELECT coalesce(a.events, c.name || c.effects) AS text, q.id AS part, m.value ->> 'at' AS at, ${membersOf("x")}
	FROM ${parts} LEFT JOIN arrivals a ON a.site = q.site AND a.part = q.id
	LEFT JOIN contact_events c ON a.site IS NULL AND c.site = q.site AND c.part = q.id
	CROSS JOIN json_each(coalesce(a.events, json_array(json_object('at', c.at, 'name', c.name, 'path', c.path,
		'props', json(c.props), 'folded', json(c.folded), 'effects', json(c.effects))))) m
	CROSS JOIN json_each(json_insert(coalesce(m.value -> 'effects', '[]'), '$[#]', json(m.value))) x
	WHERE q.site = p.site AND q.person = p.id)`;

export type SourceName = "waiting" | "said";

export const saidSql = `said AS NOT MATERIALIZED ${said}`;

/**
 * The anonymous visits that have not been forgotten, gathered once for all who ask: it takes longer to go through these rows,
 * which are long, than through whatever is asked of them. Where an outline is enough, with what is wanted of it.
 */
export function visitsSql(scope: Scope): string {
	const wanted = isOutlined(scope) ? `, ${wantedOutline(scope)} AS wanted` : "";
	return `visits AS MATERIALIZED (SELECT q.person, a.part, q.last_seen_at${wanted}
		FROM arrivals a CROSS JOIN parts q WHERE a.site = ?2 AND q.site = ?2 AND q.id = a.part)`;
}

/** Whether an outline is enough, which is read at a fraction of the cost. What an event carries stands in the event alone. */
const isOutlined = ({ sources, looks }: Scope): boolean => sources.has("waiting") && !looks.props;

/** Few visits mention what is asked for, and these are cut down to it before they are kept. */
function wantedOutline(scope: Scope): string {
	if (scope.looks.all) return "a.outline";
	const members = `SELECT jsonb_group_array(jsonb(m.value)) FROM jsonb_each(a.outline) m WHERE ${isWanted(scope)}`;
	return `CASE WHEN ${isMentioned(scope)} THEN (${members}) END`;
}

/** The events of anonymous visits, gathered once for all leaves, as far as one of them may ask for more. */
export function waitingSql(scope: Scope): string {
	const { all, props } = scope.looks;
	const carried = (name: "props" | "folded"): string => {
		const json = `jsonb_extract(m.value, '$.${name}')`;
		return props
			? `${all ? `CASE WHEN ${isWanted(scope)} THEN ${json} END` : json} AS ${name}`
			: `NULL AS ${name}`;
	};
	const from = isOutlined(scope)
		? "visits CROSS JOIN jsonb_each(wanted) m WHERE wanted IS NOT NULL"
		: `arrivals a CROSS JOIN parts q CROSS JOIN jsonb_each(a.events) m
			WHERE a.site = ?2 AND q.site = ?2 AND q.id = a.part
			${all ? "" : `AND ${isMentioned(scope)} AND ${isWanted(scope)}`}`;
	// Of the types of the columns in `contact_events`: SQLite moves a query into both halves only where these are alike.
	return `waiting AS MATERIALIZED (SELECT person, part, CAST(${memberOf(scope, "at")} AS INTEGER) AS at,
		CAST(${memberOf(scope, "name")} AS TEXT) AS name, CAST(${memberOf(scope, "path")} AS TEXT) AS path,
		CAST(${memberOf(scope, "cause")} AS TEXT) AS cause, ${carried("props")}, ${carried("folded")}
		FROM ${from})`;
}

/** Of an event or its outline: whether it is of a name or on a path that a leaf asks for. */
function isWanted(scope: Scope): string {
	const { names, paths } = scope.looks;
	const isAmong = (texts: ReadonlySet<string>, value: string): readonly string[] =>
		texts.size > 0 ? [`${value} IN ${literals(scope, [...texts])}`] : [];
	return joined(
		[...isAmong(names, memberOf(scope, "name")), ...isAmong(paths, memberOf(scope, "path"))],
		"OR",
	);
}

/** As it stands in the text: most visits are passed over before they are unpacked. */
function isMentioned(scope: Scope): string {
	const { names, paths } = scope.looks;
	const texts = [...names, ...paths].map(
		(text) => `instr(a.outline, ${literal(scope, JSON.stringify(text).slice(1, -1))})`,
	);
	return joined(texts, "OR");
}

/** Of `m`, a member of a visit: an event, or its outline. */
function memberOf({ looks }: Scope, name: keyof typeof outlined): string {
	return `m.value ->> ${looks.props ? `'${name}'` : outlined[name]}`;
}

/** Where they stand in a member of an outline. */
const outlined = { at: 0, name: 1, path: 2, cause: 3 } as const;

function membersOf(row: "x"): string {
	const text = (name: string): string => `${row}.value ->> '${name}' AS ${name}`;
	const part = (name: string): string => `${row}.value -> '${name}' AS ${name}`;
	return [text("name"), text("path"), part("props"), part("folded")].join(", ");
}
