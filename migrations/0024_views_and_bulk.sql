-- Lists of people that marketers come back to: whom, with which columns, in which order.
CREATE TABLE views (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	-- Whose it is; NULL for everybody's of the site.
	owner TEXT,
	-- Raised with each change: who changes an older one is told.
	version INTEGER NOT NULL,
	-- {name, condition, q?, columns, sort}
	body TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;

-- Bulk acts of a site, for whoever lists them. How far one has come, its own object says.
CREATE TABLE bulk_jobs (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;
