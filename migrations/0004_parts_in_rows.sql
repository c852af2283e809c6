-- Parts as rows with a number, so that looking one up is cheap. A row of a WITHOUT ROWID table stands in the tree that is
-- searched; what is longer than a quarter of a page flows over, and SQLite gathers the whole of every such row that it
-- compares on its way. A part's facts are so long: one look-up took 8 µs, and every condition makes one for each person.
-- It costs one row more, once: when a part is new. Short columns come first, so that reading them reads no more.

CREATE TABLE parts_2 (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	version INTEGER NOT NULL,
	kind TEXT NOT NULL,
	-- typed, linked or verified once the part is tied to a card; NULL before.
	proof TEXT,
	-- NULL where the part saw nothing: acts by hand.
	first_seen_at INTEGER,
	last_seen_at INTEGER,
	visits INTEGER NOT NULL,
	score INTEGER NOT NULL,
	-- Up to which number of its cell's outbox D1 has what was told of this part.
	seq INTEGER NOT NULL DEFAULT 0,
	-- {tag: {count, firstAt, lastAt}}
	tags TEXT NOT NULL,
	-- What these three hold is told in 0003; NULL where there is nothing.
	points TEXT,
	cart TEXT,
	orders TEXT,
	-- {environment, firstTouch, lastTouch, attributes: {name: …}}, each {value, at, id, folded?}: folded is what
	-- conditions compare, where it differs from the value.
	facts TEXT NOT NULL,
	PRIMARY KEY (site, id)
);
INSERT INTO parts_2
	SELECT site, id, person, epoch, version, kind, proof, first_seen_at, last_seen_at, visits, score, seq, tags, points,
		cart, orders, facts
	FROM parts ORDER BY site, id;
DROP TABLE parts;
ALTER TABLE parts_2 RENAME TO parts;
-- With the id, which is what most look for there: the row itself is not read.
CREATE INDEX parts_of_person ON parts (site, person, id);
