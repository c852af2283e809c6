-- Searching transcripts by their words, and counting conversations by when they began.

-- What was written, by a number of its own, under which its words are found.
CREATE TABLE told (
	doc INTEGER PRIMARY KEY,
	site TEXT NOT NULL,
	part TEXT NOT NULL,
	conversation TEXT NOT NULL,
	seq INTEGER NOT NULL,
	id TEXT NOT NULL,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	author TEXT NOT NULL,
	text TEXT NOT NULL,
	-- Without regard to case and accents, for searching.
	folded TEXT NOT NULL,
	UNIQUE (site, part, conversation, seq)
);
INSERT INTO told (site, part, conversation, seq, id, at, kind, author, text, folded)
	SELECT site, part, conversation, seq, id, at, kind, author, text, folded FROM messages ORDER BY at;
DROP TABLE messages;
ALTER TABLE told RENAME TO messages;

-- A message costs three rows written, one of them in the index of words, which takes at most 75 B for it where there are 200,000
-- (of trigrams it would be 440 B, to find within words what begins no word). The words of all sites stand in one index: whose they are is a word too, so that no search reads through another site's.
-- The text itself stays where it is. A token of a site is letters and digits alone.
CREATE VIEW message_contents (doc, site, folded) AS SELECT doc, 's' || hex(site), folded FROM messages;
CREATE VIRTUAL TABLE message_words USING fts5(site, folded, content = 'message_contents', content_rowid = 'doc',
	columnsize = 0, detail = 'column', tokenize = 'unicode61 remove_diacritics 0');
-- Whatever is deleted is out of the index at once, and not when its pages happen to be merged.
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
INSERT INTO message_words (rowid, site, folded) SELECT doc, site, folded FROM message_contents;

CREATE TRIGGER messages_are_indexed AFTER INSERT ON messages BEGIN
	INSERT INTO message_words (rowid, site, folded) VALUES (NEW.doc, 's' || hex(NEW.site), NEW.folded);
END;
CREATE TRIGGER messages_are_indexed_anew AFTER UPDATE OF folded ON messages BEGIN
	INSERT INTO message_words (message_words, rowid, site, folded)
		VALUES ('delete', OLD.doc, 's' || hex(OLD.site), OLD.folded);
	INSERT INTO message_words (rowid, site, folded) VALUES (NEW.doc, 's' || hex(NEW.site), NEW.folded);
END;
CREATE TRIGGER messages_are_forgotten AFTER DELETE ON messages BEGIN
	INSERT INTO message_words (message_words, rowid, site, folded)
		VALUES ('delete', OLD.doc, 's' || hex(OLD.site), OLD.folded);
END;

CREATE INDEX conversations_by_start ON conversations (site, started_at);
