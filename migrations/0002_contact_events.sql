-- What waits of anonymous people is one row for each visit, and contacts' events are a table that SQL can scan. How much
-- of a part's history D1 has stands in the part's own row, so no batch writes a watermark beside it.

-- Up to which number of its cell's outbox D1 has what was told of this part.
ALTER TABLE parts ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE parts SET seq = coalesce((
	SELECT w.seq FROM people p JOIN watermarks w ON w.site = p.site AND w.cell = p.cell
	WHERE p.site = parts.site AND p.id = parts.person), 0);

-- `watermarks` is from here on the watermark of erasures alone: the number of the cell's last line that erased a part.
-- What was sent before it and comes late is refused, for the part's own row is no longer there to do it.

-- One row for each event of whoever is not anonymous, kept without limit.
CREATE TABLE contact_events (
	site TEXT NOT NULL,
	part TEXT NOT NULL,
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
	PRIMARY KEY (site, part, at, id)
) WITHOUT ROWID;
INSERT INTO contact_events
	SELECT e.site, e.part, e.at, e.id, e.name, e.path, e.props, e.folded, e.effects, e.cause, e.touch, e.environment,
		e.decision
	FROM parts q JOIN people p ON p.site = q.site AND p.id = q.person AND p.identity <> 'anonymous'
	JOIN events e ON e.site = q.site AND e.part = q.id;

DROP VIEW ledger;
DROP VIEW visits;
DROP VIEW events;
ALTER TABLE arrivals RENAME TO arrivals_1;

-- What happened to anonymous people, until it lapses or they become contacts. Rows written are the bill, and a visit is
-- forgotten as a whole: so it is one row, to which each request adds. Of a part, events stand here or in contact_events,
-- never in both.
CREATE TABLE arrivals (
	site TEXT NOT NULL,
	part TEXT NOT NULL,
	-- Of the event with which the row began.
	at INTEGER NOT NULL,
	id TEXT NOT NULL,
	-- [{at, id, name, path?, props?, folded?, effects?, cause?, touch?, environment?, decision?}] in the order in which
	-- they came, each member as in contact_events. As JSON.stringify spells it: whether a name occurs is asked of the
	-- text first, before anything is parsed.
	events TEXT NOT NULL,
	PRIMARY KEY (site, part, at, id)
) WITHOUT ROWID;
INSERT INTO arrivals
	SELECT a.site, a.part, a.at, a.id, json_insert(coalesce(a.more, '[]'), '$[#]', json_patch('{}', json_object(
		'at', a.at, 'id', a.id, 'name', a.name, 'path', a.path, 'props', json(a.props), 'folded', json(a.folded),
		'effects', json(a.effects), 'cause', a.cause, 'touch', json(a.touch), 'environment', json(a.environment),
		'decision', json(a.decision))))
	FROM arrivals_1 a WHERE NOT EXISTS (SELECT 1 FROM contact_events c WHERE c.site = a.site AND c.part = a.part);
DROP TABLE arrivals_1;

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
