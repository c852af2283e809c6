-- The site's own people: who signs in, what they may do where, and what they did. Of whatever opens a door (sessions, links,
-- recovery codes) a digest alone is kept, of passwords a slow hash, and the second factor's secret is sealed under a key
-- that no database has.

CREATE TABLE accounts (
	id TEXT PRIMARY KEY,
	-- In lower case.
	email TEXT NOT NULL,
	name TEXT NOT NULL,
	-- Null where passkeys alone open it.
	password TEXT,
	-- Since when the address is known to be theirs: whoever is invited by a link only says so.
	proven_at INTEGER,
	-- Sealed; it holds from `second_factor_at` on, when the first code was right.
	second_factor TEXT,
	second_factor_at INTEGER,
	-- The step of the last code that was taken: none is taken twice.
	last_step INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX accounts_by_email ON accounts (email);

CREATE TABLE memberships (
	account TEXT NOT NULL,
	site TEXT NOT NULL,
	role TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (account, site)
) WITHOUT ROWID;
CREATE INDEX memberships_by_site ON memberships (site);

CREATE TABLE sessions (
	digest TEXT PRIMARY KEY,
	-- What it is called in lists: opens nothing.
	id TEXT NOT NULL,
	account TEXT NOT NULL,
	-- Browser, system and country, in words.
	agent TEXT NOT NULL,
	place TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	-- When the person last proved who they are: by a password, a code or a passkey.
	confirmed_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE recovery_codes (
	account TEXT NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (account, digest)
) WITHOUT ROWID;

CREATE TABLE passkeys (
	-- As the authenticator calls it, in base64url.
	id TEXT PRIMARY KEY,
	account TEXT NOT NULL,
	name TEXT NOT NULL,
	-- SPKI in base64url, and the COSE number of the algorithm.
	public_key TEXT NOT NULL,
	algorithm INTEGER NOT NULL,
	-- How often it signed, as it says: a copy of it says less.
	uses INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX passkeys_by_account ON passkeys (account);

-- Challenges that a passkey is to sign, each once and within minutes.
CREATE TABLE challenges (
	digest TEXT PRIMARY KEY,
	-- Null where whoever signs in is not known yet.
	account TEXT,
	expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE invitations (
	digest TEXT PRIMARY KEY,
	id TEXT NOT NULL,
	site TEXT NOT NULL,
	role TEXT NOT NULL,
	email TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX invitations_by_site ON invitations (site);

CREATE TABLE recoveries (
	digest TEXT PRIMARY KEY,
	account TEXT NOT NULL,
	expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX recoveries_by_account ON recoveries (account);

-- How often somebody guessed at something, by a digest of what they guessed at or of where they came from.
CREATE TABLE guesses (
	digest TEXT PRIMARY KEY,
	count INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What was done, by whom: only ever added to. `about` holds names and numbers as JSON, of people digests, and nothing that
-- is personal or secret.
CREATE TABLE audit (
	id TEXT PRIMARY KEY,
	at INTEGER NOT NULL,
	-- Null where it was done to an account and not at a site.
	site TEXT,
	-- Null for the operator.
	account TEXT,
	act TEXT NOT NULL,
	about TEXT NOT NULL,
	-- `done`, or `failed` where it may have happened in part.
	outcome TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX audit_by_site ON audit (site, id);
CREATE INDEX audit_by_account ON audit (account, id) WHERE site IS NULL;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
	SELECT raise(ABORT, 'the audit log is only ever added to');
END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN
	SELECT raise(ABORT, 'the audit log is only ever added to');
END;
