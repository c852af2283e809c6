-- The live chat's transcripts, as each site's desk tells them: to be listed, searched and counted. `row` is a conversation as a
-- list shows it (JSON). Whose both are is said by the part of the browser that began it, which it keeps.
CREATE TABLE conversations (
	site TEXT NOT NULL,
	id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	person TEXT NOT NULL,
	part TEXT NOT NULL,
	visitor TEXT NOT NULL,
	state TEXT NOT NULL,
	agent TEXT,
	started_at INTEGER NOT NULL,
	last_at INTEGER NOT NULL,
	first_asked_at INTEGER,
	-- From the visitor's first message to an agent's first answer, and whose that was.
	first_answer_ms INTEGER,
	first_agent TEXT,
	stars INTEGER,
	row TEXT NOT NULL,
	PRIMARY KEY (site, id)
) WITHOUT ROWID;
CREATE INDEX conversations_by_time ON conversations (site, last_at);
CREATE INDEX conversations_by_part ON conversations (site, part);
CREATE INDEX conversations_by_person ON conversations (site, person);

-- What was written, by its number in the conversation's log. `kind`: sent, or noted among agents. A message that was taken
-- back is empty.
CREATE TABLE messages (
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
	PRIMARY KEY (site, part, conversation, seq)
) WITHOUT ROWID;
