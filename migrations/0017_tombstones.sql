-- Who was erased: digests of the ids of people, their parts and their browsers. What comes late of them is taken in by
-- nobody. Kept for as long as a token or an offline queue may still bring something.
CREATE TABLE tombstones (
	site TEXT NOT NULL,
	digest TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (site, digest)
) WITHOUT ROWID;
