-- What was done by hand is an entry of the ledger too: an event of its own, which has no cause.
DROP VIEW ledger;
CREATE VIEW ledger AS
	SELECT e.site, e.part, e.at, e.id AS event, x.value ->> 'name' AS name, x.value -> 'props' AS props, x.value ->> 'rule' AS rule
	FROM events e, json_each(e.effects) x
	UNION ALL
	SELECT site, part, at, 'clock', name, props, cause FROM events WHERE cause IS NOT NULL
	UNION ALL
	SELECT site, part, at, id, name, props, NULL FROM events
	WHERE cause IS NULL AND name IN ('Tag Added', 'Tag Removed', 'Programme Joined', 'Points Earned', 'Points Spent');
