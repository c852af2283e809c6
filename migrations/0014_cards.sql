-- What a card is made of where that is not one cell's to say. `parts.person` is for whom a part counts, so that whoever
-- asks by person need not know of the rest.

-- The card on whose timeline the part is shown, because its browser typed an identifier of the card's; NULL for what is
-- the person's own. `epoch` is from here on that of `person` and `tied_to` alone: what the part holds goes by `version`.
ALTER TABLE parts ADD COLUMN tied_to TEXT;
CREATE INDEX parts_tied ON parts (site, tied_to, id) WHERE tied_to IS NOT NULL;

-- Who somebody is now, who had a row in `people` and has none any more: an older epoch never brings it back.
CREATE TABLE forwards (
	site TEXT NOT NULL,
	person TEXT NOT NULL,
	into_person TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	PRIMARY KEY (site, person)
) WITHOUT ROWID;

-- An identifier of one person that is another's in the directory: for a person to settle, by a merge or by keeping the
-- two apart. Never is anybody merged because of it.
CREATE TABLE conflicts (
	site TEXT NOT NULL,
	person TEXT NOT NULL,
	other TEXT NOT NULL,
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	at INTEGER NOT NULL,
	settled_at INTEGER,
	PRIMARY KEY (site, person, other, kind, value)
) WITHOUT ROWID;
