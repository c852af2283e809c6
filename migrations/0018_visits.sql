-- A visit is a browser's events with no gap over 30 minutes, and is nothing beside them. What may be done while the
-- person is away is part of none: what rules and ledgers say, and an order of which another than a browser tells.
DROP VIEW visits;
CREATE VIEW visits AS
	SELECT site, part, min(at) AS started_at, max(at) AS ended_at,
		count(*) FILTER (WHERE name = 'Page Viewed') AS pages
	FROM (
		SELECT site, part, at, name, sum(opens) OVER (PARTITION BY site, part ORDER BY at, id) AS visit
		FROM (
			SELECT site, part, at, id, name,
				coalesce(at - lag(at) OVER (PARTITION BY site, part ORDER BY at, id) > 1800000, 1) AS opens
			FROM events WHERE cause IS NULL AND name NOT IN (
				'Tag Added', 'Tag Removed', 'Programme Joined', 'Points Earned', 'Points Spent',
				'Points Expired', 'Contact Imported', 'List Joined', 'List Left', 'Consent Given',
				'Consent Pending', 'Consent Withdrawn', 'Owner Assigned', 'Stage Changed', 'Profile Added',
				'Note Added')
				AND (name NOT IN ('Order Completed', 'Order Cancelled', 'Order Refunded', 'Order Updated')
					OR (SELECT k.kind FROM parts k WHERE k.site = events.site AND k.id = events.part) = 'browser')
		)
	)
	GROUP BY site, part, visit;
