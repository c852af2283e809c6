-- What conditions ask of a part beside its events. NULL where there is nothing, as in most parts.

-- When something of the part's own last happened.
ALTER TABLE parts ADD COLUMN last_seen_at INTEGER;
-- {programme: {earned, spent}}
ALTER TABLE parts ADD COLUMN points TEXT;
-- What the part tells of orders: [{id, firstAt?, at?, event?, hundredths?, cancelled?, refunds?: [{id, at, event,
-- hundredths?}]}]. `firstAt` is the earliest completion, `at` and `event` the one said last where that is another. An
-- order without completion waits for one in another part.
ALTER TABLE parts ADD COLUMN orders TEXT;
-- {at, id, hundredths, items, products}: the cart as it was said last, with folded product ids.
ALTER TABLE parts ADD COLUMN cart TEXT;
