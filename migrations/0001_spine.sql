-- No foreign keys: the cells' outboxes feed these tables, each in its own time.
-- WITHOUT ROWID: one b-tree for each table, so a row written is one row billed.

CREATE TABLE sites (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	settings TEXT NOT NULL,
	created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Drafts of what a marketer defines: tag rules, scoring rules, segments, experiences.
CREATE TABLE definitions (
	site TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	body TEXT NOT NULL,
	updated_at INTEGER NOT NULL,
	PRIMARY KEY (site, kind, id)
) WITHOUT ROWID;

-- Every snapshot that was ever published.
CREATE TABLE publications (
	site TEXT NOT NULL,
	revision INTEGER NOT NULL,
	snapshot TEXT NOT NULL,
	published_at INTEGER NOT NULL,
	PRIMARY KEY (site, revision)
) WITHOUT ROWID;

-- How far each cell's outbox has been taken in. Moved by the batch that takes it in.
CREATE TABLE watermarks (
	site TEXT NOT NULL,
	cell TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (site, cell)
) WITHOUT ROWID;

-- (epoch, version): an older pair never overwrites a newer.
CREATE TABLE people (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	cell TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	version INTEGER NOT NULL,
	identity TEXT NOT NULL,
	-- Anonymous details lapse this long after the last event; NULL for a contact.
	retention_ms INTEGER,
	-- {id: entered at}
	segments TEXT NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE TABLE parts (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	version INTEGER NOT NULL,
	kind TEXT NOT NULL,
	-- typed, linked or verified once the part is tied to a card; NULL before.
	proof TEXT,
	-- NULL where the part saw nothing: acts by hand.
	first_seen_at INTEGER,
	visits INTEGER NOT NULL,
	score INTEGER NOT NULL,
	-- {tag: {count, firstAt, lastAt}}
	tags TEXT NOT NULL,
	-- {environment, firstTouch, lastTouch, attributes: {name: …}}, each {value, at, id, folded?}: folded is what
	-- conditions compare, where it differs from the value.
	facts TEXT NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;
CREATE INDEX parts_of_person ON parts (site, person);

-- What happened, in the order in which a history is read: one row for each request that brought it. Rows written are
-- the bill, and a page's request brings two or three events that are read, and forgotten, together. Only the intake
-- writes here; the view below gives every event as a row of its own.
CREATE TABLE arrivals (
	site TEXT NOT NULL,
	part TEXT NOT NULL,
	-- The row's own event: the request's page view, or else its first.
	at INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	-- Folded, so that path and text conditions compare without regard to case and accents.
	path TEXT,
	props TEXT NOT NULL,
	-- The text properties whose folded form differs from the one in props.
	folded TEXT NOT NULL,
	-- What rules made of the event: [{name, props, rule, folded?, path?}]. Their time is the event's.
	effects TEXT NOT NULL,
	-- The rule or segment that the clock fired, where no event did.
	cause TEXT,
	-- Of a page view: where it came from, where that is known, and with what browser.
	touch TEXT,
	environment TEXT,
	-- Of something shown: every candidate with its reason.
	decision TEXT,
	-- The other events of the request, if any: [{at, id, name, path?, props?, folded?, effects?, cause?, touch?,
	-- environment?, decision?}], in the order in which they came. Each has a time of its own, before or after the row's.
	-- As JSON.stringify spells it: whether a name occurs is asked of the text first, before anything is parsed.
	more TEXT,
	PRIMARY KEY (site, part, at, id)
) WITHOUT ROWID;

-- Every event as a row. What narrows it must be constant (`site = ?1 AND part IN (…)`): SQLite moves that into both
-- halves, but gathers the whole of it for a join by columns of another table.
CREATE VIEW events AS
	SELECT site, part, at, id, name, path, props, folded, effects, cause, touch, environment, decision FROM arrivals
	UNION ALL
	SELECT a.site, a.part, m.value ->> 'at', m.value ->> 'id', m.value ->> 'name', m.value ->> 'path',
		coalesce(m.value -> 'props', '{}'), coalesce(m.value -> 'folded', '{}'), coalesce(m.value -> 'effects', '[]'),
		m.value ->> 'cause', m.value -> 'touch', m.value -> 'environment', m.value -> 'decision'
	FROM arrivals a CROSS JOIN json_each(a.more) m WHERE a.more IS NOT NULL;

-- A visit is a browser's events with no gap over 30 minutes, and is nothing beside them.
CREATE VIEW visits AS
	SELECT site, part, min(at) AS started_at, max(at) AS ended_at,
		count(*) FILTER (WHERE name = 'Page Viewed') AS pages
	FROM (
		SELECT site, part, at, name, sum(opens) OVER (PARTITION BY site, part ORDER BY at, id) AS visit
		FROM (
			SELECT site, part, at, id, name,
				coalesce(at - lag(at) OVER (PARTITION BY site, part ORDER BY at, id) > 1800000, 1) AS opens
			FROM events WHERE cause IS NULL
		)
	)
	GROUP BY site, part, visit;

-- Everything that a person's history caused, one row for each tag added, point earned and segment change.
CREATE VIEW ledger AS
	SELECT e.site, e.part, e.at, e.id AS event, x.value ->> 'name' AS name, x.value -> 'props' AS props, x.value ->> 'rule' AS rule
	FROM events e, json_each(e.effects) x
	UNION ALL
	SELECT site, part, at, 'clock', name, props, cause FROM events WHERE cause IS NOT NULL;
