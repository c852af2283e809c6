// Where events are looked for, spelt once for all the leaves that ask. Never gathered whole, as the view `events` would
// be: the tests of a leaf move into both tables, and it stops at its threshold.

const parts = "parts q INDEXED BY parts_of_person";

/**
 * Of the person's parts. By name, for SQLite takes any index that begins with the site for as good as this one: then it
 * goes through the parts of all people for each of them.
 */
export const partsOf = `FROM ${parts} WHERE q.site = p.site AND q.person = p.id`;

/** Of the types of the columns in `contact_events`: SQLite moves a query into both halves only where these are alike. */
const members = [
	"CAST(m.value ->> 'at' AS INTEGER)",
	...["->> 'id'", "->> 'name'", "->> 'path'", "-> 'props'", "-> 'folded'", "->> 'cause'"].map(
		(member) => `CAST(m.value ${member} AS TEXT)`,
	),
].join(", ");

/**
 * `text` mentions the names that stand in JSON: what does not mention the one that is wanted is passed over before
 * anything is parsed.
 */
export const sources = {
	/** Every event: contacts' as their columns stand, and those of anonymous visits unpacked. */
	happened: `(SELECT CAST(NULL AS TEXT) AS text, c.part, c.at, c.id, c.name, c.path, c.props, c.folded, c.cause
		FROM ${parts} CROSS JOIN contact_events c
		WHERE q.site = p.site AND q.person = p.id AND c.site = q.site AND c.part = q.id
		UNION ALL SELECT a.events, a.part, ${members}
		FROM ${parts} CROSS JOIN arrivals a CROSS JOIN json_each(a.events) m
		WHERE q.site = p.site AND q.person = p.id AND a.site = q.site AND a.part = q.id)`,
	/**
	 * For names that only rules say, and people by hand: every event and every effect. What is known of a part stands in
	 * one of the two tables, so one join reads either: twice the statements would be more than D1 takes.
	 */
	said: `(SELECT coalesce(a.events, c.name || c.effects) AS text, q.id AS part, m.value ->> 'at' AS at, ${membersOf("x")}
		FROM ${parts} LEFT JOIN arrivals a ON a.site = q.site AND a.part = q.id
		LEFT JOIN contact_events c ON a.site IS NULL AND c.site = q.site AND c.part = q.id
		CROSS JOIN json_each(coalesce(a.events, json_array(json_object('at', c.at, 'name', c.name, 'path', c.path,
			'props', json(c.props), 'folded', json(c.folded), 'effects', json(c.effects))))) m
		CROSS JOIN json_each(json_insert(coalesce(m.value -> 'effects', '[]'), '$[#]', json(m.value))) x
		WHERE q.site = p.site AND q.person = p.id)`,
} as const;
export type SourceName = keyof typeof sources;

function membersOf(row: "x"): string {
	const text = (name: string): string => `${row}.value ->> '${name}' AS ${name}`;
	const part = (name: string): string => `${row}.value -> '${name}' AS ${name}`;
	return [text("name"), text("path"), part("props"), part("folded")].join(", ");
}
