-- What contacts did with products, in the order in which it happened: what the recommender learns from, since where it
-- left off. Without it each look would go through all that contacts ever did. A row more for each such event of a contact;
-- none for page views, and none for anonymous visitors, whose visits of some hours are gone through instead.
CREATE INDEX contact_events_of_products ON contact_events (site, at)
	WHERE name IN ('Product Viewed', 'Product Added', 'Cart Updated', 'Order Completed');
