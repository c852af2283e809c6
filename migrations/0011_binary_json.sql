-- As JSONB from here on, as the facts of parts already are: conditions read these of all people, and parsing took as long
-- as all else. Readers that want text say json(…); the view does, so that an event of whichever table reads alike.

UPDATE parts SET tags = jsonb(tags), points = jsonb(points), cart = jsonb(cart), orders = jsonb(orders),
	interests = jsonb(interests), lists = jsonb(lists);
-- The index is made anew: row by row it would take several times as long.
DROP INDEX contact_events_by_name;
UPDATE contact_events SET props = jsonb(props), folded = jsonb(folded);
CREATE INDEX contact_events_by_name ON contact_events (site, name, part, path, at, cause, props, folded);

DROP VIEW events;
CREATE VIEW events AS
	SELECT site, part, at, id, name, path, json(props) AS props, json(folded) AS folded, effects, cause, touch,
		environment, decision
	FROM contact_events
	UNION ALL
	SELECT site, part, at, id, name, path, props, folded, effects, cause, touch, environment, decision
	FROM anonymous_events;
