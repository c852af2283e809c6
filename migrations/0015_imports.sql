-- Imports of a site, for whoever lists them. How far one has come, its own object says.
CREATE TABLE imports (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;
