-- What conditions ask of events and facts, laid out for whoever goes through all people. A contact's event costs one row
-- written more; of anonymous visits no row does.

-- A leaf asks for events of one name of one part, often on one path: these stand together here, with all that it may
-- test of them.
CREATE INDEX contact_events_by_name ON contact_events (site, name, part, path, at, cause, props, folded);

-- As JSONB from here on, which is read without being parsed.
UPDATE parts SET facts = jsonb(facts);

DROP VIEW ledger;
DROP VIEW visits;
DROP VIEW events;
DROP VIEW anonymous_events;
ALTER TABLE arrivals RENAME TO arrivals_2;

-- What happened to anonymous people, until it lapses or they become contacts: one row for each visit, to which each
-- request adds. Of a part, events stand here or in contact_events, never in both.
CREATE TABLE arrivals (
	site TEXT NOT NULL,
	part TEXT NOT NULL,
	-- Of the event with which the row began.
	at INTEGER NOT NULL,
	id TEXT NOT NULL,
	-- Of the latest event.
	last_at INTEGER NOT NULL,
	-- [[at, name, path or null, cause or null]] of the events below, in their order: what conditions ask first, at a tenth
	-- of the cost. It stands before them because what is behind a long value is as far to read as that is long.
	outline TEXT NOT NULL,
	-- [{at, id, name, path?, props?, folded?, effects?, cause?, touch?, environment?, decision?}] in the order in which
	-- they came, each member as in contact_events. As JSON.stringify spells it: whether a name occurs is asked of the
	-- text first, before anything is parsed.
	events TEXT NOT NULL,
	PRIMARY KEY (site, part, at, id)
) WITHOUT ROWID;
INSERT INTO arrivals
	SELECT a.site, a.part, a.at, a.id, max(m.value ->> 'at'), json_group_array(json_array(
		m.value ->> 'at', m.value ->> 'name', m.value ->> 'path', m.value ->> 'cause') ORDER BY m.key), a.events
	FROM arrivals_2 a CROSS JOIN json_each(a.events) m GROUP BY a.site, a.part, a.at, a.id;
DROP TABLE arrivals_2;

-- The events of anonymous people, each as a row.
CREATE VIEW anonymous_events AS
	SELECT a.site, a.part, m.value ->> 'at' AS at, m.value ->> 'id' AS id, m.value ->> 'name' AS name,
		m.value ->> 'path' AS path, coalesce(m.value -> 'props', '{}') AS props,
		coalesce(m.value -> 'folded', '{}') AS folded, coalesce(m.value -> 'effects', '[]') AS effects,
		m.value ->> 'cause' AS cause, m.value -> 'touch' AS touch, m.value -> 'environment' AS environment,
		m.value -> 'decision' AS decision
	FROM arrivals a CROSS JOIN json_each(a.events) m;

-- Every event as a row. What narrows it must be constant (`site = ?1 AND part IN (…)`): SQLite moves that into both
-- halves, but gathers the whole of it for a join by columns of another table.
CREATE VIEW events AS
	SELECT site, part, at, id, name, path, props, folded, effects, cause, touch, environment, decision
	FROM contact_events
	UNION ALL
	SELECT site, part, at, id, name, path, props, folded, effects, cause, touch, environment, decision
	FROM anonymous_events;

-- A visit is a browser's events with no gap over 30 minutes, and is nothing beside them. What may be done while the
-- person is away is part of none.
CREATE VIEW visits AS
	SELECT site, part, min(at) AS started_at, max(at) AS ended_at,
		count(*) FILTER (WHERE name = 'Page Viewed') AS pages
	FROM (
		SELECT site, part, at, name, sum(opens) OVER (PARTITION BY site, part ORDER BY at, id) AS visit
		FROM (
			SELECT site, part, at, id, name,
				coalesce(at - lag(at) OVER (PARTITION BY site, part ORDER BY at, id) > 1800000, 1) AS opens
			FROM events WHERE cause IS NULL AND name NOT IN ('Tag Added', 'Tag Removed', 'Programme Joined',
				'Points Earned', 'Points Spent', 'Points Expired')
		)
	)
	GROUP BY site, part, visit;

-- Everything that a person's history caused, one row for each tag added, point earned and segment change.
CREATE VIEW ledger AS
	SELECT e.site, e.part, e.at, e.id AS event, x.value ->> 'name' AS name, x.value -> 'props' AS props, x.value ->> 'rule' AS rule
	FROM events e, json_each(e.effects) x
	UNION ALL
	SELECT site, part, at, 'clock', name, props, cause FROM events WHERE cause IS NOT NULL;
