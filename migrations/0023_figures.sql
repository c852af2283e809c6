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
