-- What a site's visits come to, hour by hour. Nobody is told of: these are counts, and they stay when the details of who
-- was counted are gone. Rows written are the bill, so that an hour is one row, whatever is counted in it.

CREATE TABLE figures (
	site TEXT NOT NULL,
	-- Hours of UTC since 1970.
	hour INTEGER NOT NULL,
	-- JSONB: {dimension: {value: [four amounts]}}, as domain/figure.ts has them. The value "" is whatever comes when the hour
	-- has 64 KB of names already: who makes names up makes no row longer.
	counts BLOB NOT NULL,
	PRIMARY KEY (site, hour)
) WITHOUT ROWID;

-- Where counts are added: [[hour, dimension, value, amounts…]] as JSON. Name by name into the hour's object: to make the
-- whole of it anew takes a hundred times as long.
CREATE VIEW tallies AS SELECT '' AS site, '' AS counts;
CREATE TRIGGER tallies_are_added INSTEAD OF INSERT ON tallies BEGIN
	INSERT INTO figures (site, hour, counts)
	WITH RECURSIVE
		told AS MATERIALIZED (
			SELECT value ->> 0 AS hour, '$."' || replace(value ->> 1, '"', '') || '"."' AS dimension,
				replace(value ->> 2, '"', '') || '"' AS name, sum(value ->> 3) AS a, sum(value ->> 4) AS b,
				sum(value ->> 5) AS c, sum(value ->> 6) AS d
			FROM json_each(NEW.counts) GROUP BY 1, 2, 3),
		bound AS MATERIALIZED (
			SELECT t.hour, dimension || iif(length(f.counts) > 65536 AND f.counts -> (dimension || name) IS NULL, '"', name) AS path,
				sum(a) AS a, sum(b) AS b, sum(c) AS c, sum(d) AS d
			FROM told t LEFT JOIN figures f ON f.site = NEW.site AND f.hour = t.hour GROUP BY 1, 2),
		placed AS MATERIALIZED (
			SELECT *, row_number() OVER (PARTITION BY hour) AS place, count(*) OVER (PARTITION BY hour) AS places FROM bound),
		step (hour, place, places, counts) AS (
			SELECT hour, 0, places,
				coalesce((SELECT counts FROM figures f WHERE f.site = NEW.site AND f.hour = placed.hour), jsonb('{}'))
			FROM placed WHERE place = 1
			UNION ALL
			SELECT t.hour, t.place, t.places, jsonb_set(s.counts, t.path, jsonb_array(
				coalesce(s.counts ->> (t.path || '[0]'), 0) + coalesce(t.a, 0),
				coalesce(s.counts ->> (t.path || '[1]'), 0) + coalesce(t.b, 0),
				coalesce(s.counts ->> (t.path || '[2]'), 0) + coalesce(t.c, 0),
				coalesce(s.counts ->> (t.path || '[3]'), 0) + coalesce(t.d, 0)))
			FROM step s JOIN placed t ON t.hour = s.hour AND t.place = s.place + 1)
	SELECT NEW.site, hour, counts FROM step WHERE place = places
	ON CONFLICT (site, hour) DO UPDATE SET counts = excluded.counts;
END;

-- What an anonymous visit comes to stands in its own row, which is written anyway, until the row goes: forgotten, erased,
-- or a contact's from then on. Wherever it goes, its counts are added in the same batch.
-- What stands behind a long value is as far to read as that is long: so the column comes before the events.
CREATE TABLE arrivals_3 AS SELECT * FROM arrivals;
DROP TABLE arrivals;
CREATE TABLE arrivals (
	site TEXT NOT NULL,
	part TEXT NOT NULL,
	at INTEGER NOT NULL,
	id TEXT NOT NULL,
	last_at INTEGER NOT NULL,
	outline TEXT NOT NULL,
	-- As `tallies` takes them; NULL where it came to nothing.
	counts TEXT,
	events TEXT NOT NULL,
	PRIMARY KEY (site, part, at, id)
) WITHOUT ROWID;
INSERT INTO arrivals (site, part, at, id, last_at, outline, events)
	SELECT site, part, at, id, last_at, outline, events FROM arrivals_3;
DROP TABLE arrivals_3;
CREATE TRIGGER counts_of_arrivals_stay AFTER DELETE ON arrivals WHEN OLD.counts IS NOT NULL BEGIN
	INSERT INTO tallies (site, counts) VALUES (OLD.site, OLD.counts);
END;

-- What became of experiences is counted there too; of days gone by, at their noon.
INSERT INTO tallies (site, counts)
	SELECT site, json_group_array(json_array(day * 24 + 12, 'experience',
		experience || '|' || revision || '|' || variant || '|' || outcome || '|' || product, n))
	FROM experience_counts GROUP BY site;
DROP TABLE experience_counts;

-- When somebody became known, as the earliest of what they are known by says; NULL for whoever is anonymous.
ALTER TABLE people ADD COLUMN known_at INTEGER;
UPDATE people SET known_at = (
		SELECT min(a.value ->> 'at') FROM parts q CROSS JOIN json_each(q.facts, '$.attributes') a
		WHERE q.site = people.site AND q.person = people.id AND a.key IN ('email', 'phone', 'userId'))
	WHERE identity <> 'anonymous';

-- Where the visit came from in which an order was completed: {origin: value}, of nobody in particular.
ALTER TABLE credits ADD COLUMN origin TEXT;
-- What was tried out on whoever ordered, within a week before: [{experience, revision, variant}].
ALTER TABLE credits ADD COLUMN tried TEXT;

-- Where credits are added, as JSON. An order is told by everyone who knows of it: by the browser that placed it, by the card
-- that the shop's server names. What it is worth, whoever heard of it last knows; to what it is owed, whoever knows of the
-- better reason: a click is better than a view, either than nothing, and of two alike the later.
CREATE VIEW owed AS SELECT '' AS site, '' AS credits;
CREATE TRIGGER owed_is_added INSTEAD OF INSERT ON owed BEGIN
	INSERT INTO credits (site, digest, at, said_at, hundredths, experience, revision, variant, by, credited_at, assisted,
		products, origin, tried)
	SELECT NEW.site, value ->> 'order', value ->> 'at', value ->> 'saidAt', value ->> 'hundredths',
		value ->> '$.main.experience', value ->> '$.main.revision', value ->> '$.main.variant', value ->> '$.main.by',
		value ->> '$.main.at', value -> 'assisted', value -> 'products', value -> 'origin', value -> 'tried'
	FROM json_each(NEW.credits) WHERE true
	ON CONFLICT (site, digest) DO UPDATE SET
		at = min(at, excluded.at),
		hundredths = iif(excluded.said_at >= credits.said_at, excluded.hundredths, credits.hundredths),
		experience = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.experience ELSE credits.experience END,
		revision = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.revision ELSE credits.revision END,
		variant = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.variant ELSE credits.variant END,
		by = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.by ELSE credits.by END,
		assisted = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.assisted ELSE credits.assisted END,
		products = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.products ELSE credits.products END,
		credited_at = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND (coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)
			THEN excluded.credited_at ELSE credits.credited_at END,
		said_at = max(said_at, excluded.said_at),
		origin = coalesce(origin, excluded.origin),
		tried = iif(json_array_length(excluded.tried) > 0, excluded.tried, credits.tried);
END;

-- 1 where a visit begins with the event: contacts who are here now are looked for among the visits of some hours. It costs
-- a row for each visit of a contact; of anonymous people none, whose visits are rows of their own.
ALTER TABLE contact_events ADD COLUMN opens INTEGER;
CREATE INDEX contact_visits ON contact_events (site, at) WHERE opens = 1;
DROP VIEW anonymous_events;
CREATE VIEW anonymous_events AS
	SELECT a.site, a.part, m.value ->> 'at' AS at, m.value ->> 'id' AS id, m.value ->> 'name' AS name,
		m.value ->> 'path' AS path, coalesce(m.value -> 'props', '{}') AS props,
		coalesce(m.value -> 'folded', '{}') AS folded, coalesce(m.value -> 'effects', '[]') AS effects,
		m.value ->> 'cause' AS cause, m.value -> 'touch' AS touch, m.value -> 'environment' AS environment,
		m.value -> 'decision' AS decision, iif(m.key = 0, 1, NULL) AS opens
	FROM arrivals a CROSS JOIN json_each(a.events) m;
