-- What conditions ask of a part's consents. NULL where there are none.
-- {"channel/purpose": {given, asserted, pending, withdrawn: {at, id, place, version}}}: the latest act of each kind.
ALTER TABLE parts ADD COLUMN consents TEXT;
