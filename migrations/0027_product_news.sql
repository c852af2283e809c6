-- Changes of price and stock that people are still to be told of who viewed the product or left it in their cart: a row
-- for each batch, gone once all of them know.
CREATE TABLE product_news (
	-- A UUIDv7, made of what is in it: noted again, it is the same.
	id TEXT PRIMARY KEY,
	site TEXT NOT NULL,
	-- [{id, name, at, props}]: the events that they are told.
	news TEXT NOT NULL,
	-- The last person who was told; people are told in the order of their ids.
	told_to TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- As in 0018, but for what a catalogue tells: nobody visits because a price dropped.
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
				AND (name NOT IN ('Order Completed', 'Order Cancelled', 'Order Refunded', 'Order Updated',
						'Product Price Dropped', 'Product Back in Stock')
					OR (SELECT k.kind FROM parts k WHERE k.site = events.site AND k.id = events.part) = 'browser')
		)
	)
	GROUP BY site, part, visit;
