-- How many became known in some hours is asked of these alone, and not of everybody whom the site ever saw.
CREATE INDEX people_known ON people (site, known_at) WHERE known_at IS NOT NULL;
