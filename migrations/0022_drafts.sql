-- Definitions one by one: of each every change is kept as a revision, and of these one is the draft and one may be live.
-- What is published is made of what is live.

CREATE TABLE revisions (
	site TEXT NOT NULL,
	-- A site's settings are kept like a definition, as the kind `settings`.
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	-- NULL where it was deleted.
	body TEXT,
	at INTEGER NOT NULL,
	by TEXT NOT NULL,
	-- The version that was brought back, where one was.
	of INTEGER,
	PRIMARY KEY (site, kind, id, version)
) WITHOUT ROWID;

CREATE TABLE kept (
	site TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	-- Of the draft: the latest revision.
	version INTEGER NOT NULL,
	-- The version that was published last, who did and when.
	live INTEGER,
	live_at INTEGER,
	live_by TEXT,
	-- paused or archived: then it is in no snapshot, whatever was published.
	stopped TEXT,
	stopped_at INTEGER,
	stopped_by TEXT,
	PRIMARY KEY (site, kind, id)
) WITHOUT ROWID;

-- What was published last is version 1 of each; a draft that is something else is the next.
CREATE TABLE published (
	site TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	body TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (site, kind, id)
) WITHOUT ROWID;
INSERT INTO published
	SELECT p.site, member.value, one.value ->> 'id', one.value, p.published_at
	FROM (SELECT site, max(revision) AS revision FROM publications GROUP BY site) latest
	JOIN publications p ON p.site = latest.site AND p.revision = latest.revision
	JOIN json_each('{"tagRules": "tag-rule", "scoreRules": "score-rule", "programmes": "programme",
		"interestTags": "interest-tag", "lists": "list", "segments": "segment", "experiences": "experience",
		"groups": "group"}') AS member
	JOIN json_each(p.snapshot, '$.definitions.' || member.key) AS one;
INSERT INTO published
	SELECT p.site, 'attention', 'attention', p.snapshot -> '$.definitions.attention', p.published_at
	FROM (SELECT site, max(revision) AS revision FROM publications GROUP BY site) latest
	JOIN publications p ON p.site = latest.site AND p.revision = latest.revision
	WHERE p.snapshot -> '$.definitions.attention' IS NOT NULL;

INSERT INTO revisions (site, kind, id, version, body, at, by)
	SELECT site, kind, id, 1, body, at, 'operator' FROM published;
INSERT INTO revisions (site, kind, id, version, body, at, by)
	SELECT d.site, d.kind, d.id, 1 + (p.id IS NOT NULL), d.body, d.updated_at, 'operator'
	FROM definitions d LEFT JOIN published p USING (site, kind, id)
	WHERE p.body IS NOT d.body;
INSERT INTO revisions (site, kind, id, version, at, by)
	SELECT p.site, p.kind, p.id, 2, p.at, 'operator'
	FROM published p LEFT JOIN definitions d USING (site, kind, id)
	WHERE d.id IS NULL;
-- How the site's own login vouches for people was in no publication: as it is written now, it counts as published.
INSERT INTO revisions (site, kind, id, version, body, at, by)
	SELECT id, 'settings', 'settings', 1, settings, created_at, 'operator' FROM sites;
INSERT INTO published
	SELECT id, 'settings', 'settings', '', (SELECT max(published_at) FROM publications WHERE site = sites.id)
	FROM sites WHERE id IN (SELECT site FROM publications);

INSERT INTO kept (site, kind, id, version, live, live_at, live_by)
	SELECT r.site, r.kind, r.id, max(r.version), iif(p.id IS NULL, NULL, 1), p.at, iif(p.id IS NULL, NULL, 'operator')
	FROM revisions r LEFT JOIN published p USING (site, kind, id)
	GROUP BY r.site, r.kind, r.id;

DROP TABLE published;
DROP TABLE definitions;
ALTER TABLE kept RENAME TO definitions;

-- Changes with every change of a draft or of what is live: whoever writes says which they read, so that nothing that was
-- checked together is written apart.
ALTER TABLE sites ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
ALTER TABLE sites DROP COLUMN settings;
ALTER TABLE publications ADD COLUMN published_by TEXT NOT NULL DEFAULT 'operator';
