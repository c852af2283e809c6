-- What experiences come to. Neither table tells of anybody: counts have no person, and an order stands as its digest.
CREATE TABLE experience_counts (
	site TEXT NOT NULL,
	experience TEXT NOT NULL,
	-- Days of UTC since 1970.
	day INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	variant TEXT NOT NULL,
	outcome TEXT NOT NULL,
	product TEXT NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (site, experience, day, revision, variant, outcome, product)
) WITHOUT ROWID;

CREATE TABLE credits (
	site TEXT NOT NULL,
	-- Of the order's id: each order once, however many people and sources tell of it.
	digest TEXT NOT NULL,
	at INTEGER NOT NULL,
	-- When what was said last of the order was said.
	said_at INTEGER NOT NULL,
	-- What is left of it, in hundredths of the site's currency; NULL where it does not count.
	hundredths INTEGER,
	-- NULL where it is owed to none.
	experience TEXT,
	revision INTEGER,
	variant TEXT,
	-- click or view
	by TEXT,
	credited_at INTEGER,
	-- [{experience, revision, variant, by, at}]
	assisted TEXT NOT NULL,
	-- [[product, experience, hundredths]]
	products TEXT NOT NULL,
	PRIMARY KEY (site, digest)
) WITHOUT ROWID;
CREATE INDEX credits_by_time ON credits (site, at);
