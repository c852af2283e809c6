-- Whoever asks who meets a condition goes through the contacts, and not through everybody whom the site ever saw. It costs a
-- row when somebody becomes one, and none at a page view.
CREATE INDEX people_contacts ON people (site, id, identity, retention_ms) WHERE retention_ms IS NULL;
