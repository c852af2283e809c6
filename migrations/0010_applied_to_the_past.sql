-- Of an entry that a rule made when it was applied to the past, the ledger names the event because of which it is. Its
-- own id begins with it: <event>/<rule>/<entered at>/<n>. Where time alone did it, it begins with the clock's.
-- A line has an id, for one rule may make several of one event: as the scale was, and as it is.
DROP VIEW ledger;
CREATE VIEW ledger AS
	SELECT e.site, e.part, e.at, e.id || '/' || x.key AS id, e.id AS event,
		x.value ->> 'name' AS name, x.value -> 'props' AS props, x.value ->> 'rule' AS rule
	FROM events e, json_each(e.effects) x
	UNION ALL
	SELECT site, part, at, id, iif(id LIKE 'clock:%', 'clock', substr(id, 1, instr(id, '/') - 1)), name, props, cause
	FROM events WHERE cause IS NOT NULL
	UNION ALL
	SELECT site, part, at, id, id, name, props, NULL FROM events
	WHERE cause IS NULL AND name IN ('Tag Added', 'Tag Removed', 'Programme Joined', 'Points Earned', 'Points Spent');
