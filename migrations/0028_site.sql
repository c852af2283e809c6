-- What a site's owners set up besides its definitions, how many people its segments have day by day, and its end.

-- Names that visitors bring along are bounded each by themselves: whoever makes them up pushes out none but their like.
-- Products stand apart from the experiences that they were shown in, so that these are read without them.
UPDATE figures SET counts = jsonb_set(counts,
		'$.product', (SELECT jsonb_group_object(key, jsonb(value)) FROM json_each(figures.counts, '$.experience') WHERE key LIKE '%|%|%|%|_%'),
		'$.experience', (SELECT jsonb_group_object(rtrim(key, '|'), jsonb(value)) FROM json_each(figures.counts, '$.experience') WHERE key NOT LIKE '%|%|%|%|_%'))
	WHERE counts -> '$.experience' IS NOT NULL;

DROP TRIGGER tallies_are_added;
CREATE TRIGGER tallies_are_added INSTEAD OF INSERT ON tallies BEGIN
	INSERT INTO figures (site, hour, counts)
	WITH RECURSIVE
		-- Older cells, and rows of visits from before, tell of products under experiences.
		said AS MATERIALIZED (
			SELECT value ->> 0 AS hour, replace(value ->> 2, '"', '') AS name,
				iif(value ->> 1 = 'experience' AND value ->> 2 LIKE '%|%|%|%|_%', 'product', replace(value ->> 1, '"', '')) AS dimension,
				value ->> 3 AS a, value ->> 4 AS b, value ->> 5 AS c, value ->> 6 AS d
			FROM json_each(NEW.counts)),
		told AS MATERIALIZED (
			SELECT hour, dimension, iif(dimension = 'experience', rtrim(name, '|'), name) || '"' AS name,
				CASE WHEN dimension IN ('landing', 'campaign', 'product') THEN 24576
					WHEN dimension IN ('source', 'medium') THEN 8192 ELSE 49152 END AS most,
				sum(a) AS a, sum(b) AS b, sum(c) AS c, sum(d) AS d
			FROM said GROUP BY 1, 2, 3),
		bound AS MATERIALIZED (
			SELECT t.hour, '$."' || dimension || '"."' || iif(
					length(jsonb_extract(f.counts, '$."' || dimension || '"')) > most
						AND f.counts -> ('$."' || dimension || '"."' || name) IS NULL, '"', name) AS path,
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

-- Out of which coupon pools the codes came that the order was placed with: [pool], where they were given to whoever ordered.
ALTER TABLE credits ADD COLUMN pools TEXT;
DROP TRIGGER owed_is_added;
CREATE TRIGGER owed_is_added INSTEAD OF INSERT ON owed BEGIN
	INSERT INTO credits (site, digest, at, said_at, hundredths, experience, revision, variant, by, credited_at, assisted,
		products, origin, tried, pools)
	SELECT NEW.site, value ->> 'order', value ->> 'at', value ->> 'saidAt', value ->> 'hundredths',
		value ->> '$.main.experience', value ->> '$.main.revision', value ->> '$.main.variant', value ->> '$.main.by',
		value ->> '$.main.at', value -> 'assisted', value -> 'products', value -> 'origin', value -> 'tried', value -> 'pools'
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
		tried = iif(json_array_length(excluded.tried) > 0, excluded.tried, credits.tried),
		pools = coalesce(excluded.pools, credits.pools);
END;

-- How many contacts each segment has, and how many have how many points, at the end of each day of the site's zone. A day
-- is one row.
CREATE TABLE sizes (
	site TEXT NOT NULL,
	-- YYYY-MM-DD on the site's clock.
	day TEXT NOT NULL,
	-- When it was counted: the last count of a day is the one that stays.
	at INTEGER NOT NULL,
	-- {segments: {id: people}, scores: {least points of the band: people}}
	counts TEXT NOT NULL,
	PRIMARY KEY (site, day)
) WITHOUT ROWID;

-- Questions that visitors ask, with the site's own answers.
CREATE TABLE faq (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	place INTEGER NOT NULL,
	-- Raised with each change: who changes an older one is told.
	version INTEGER NOT NULL,
	-- {language: {question, answer}}
	texts TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	changed_by TEXT NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;

-- Attributes that a site's own people gave a name and a type.
CREATE TABLE attributes (
	site TEXT NOT NULL,
	name TEXT NOT NULL,
	-- Raised with each change: who changes an older one is told.
	version INTEGER NOT NULL,
	-- {names: {pl, en}, kind}
	body TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	changed_by TEXT NOT NULL,
	PRIMARY KEY (site, name)
) WITHOUT ROWID;

-- Sites that are to be deleted: closed at once, and gone after `due_at`. Its row goes last.
CREATE TABLE removals (
	site TEXT PRIMARY KEY,
	-- Who did it; NULL for the operator.
	account TEXT,
	asked_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	-- When nothing can be undone any more: the deletion has begun.
	begun_at INTEGER
) WITHOUT ROWID;
-- Digests of what deleted sites were called. Nobody is called so again: keys and tokens of theirs are still about.
CREATE TABLE removed_sites (
	digest TEXT PRIMARY KEY,
	at INTEGER NOT NULL
) WITHOUT ROWID;

-- The log of a site goes with the site, and never before.
DROP TRIGGER audit_is_never_shortened;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
	WHEN NOT EXISTS (SELECT 1 FROM removals r WHERE r.site = OLD.site AND r.begun_at IS NOT NULL)
BEGIN
	SELECT raise(ABORT, 'the audit log is only ever added to');
END;
