-- In which reading of the feed central's state was seen last, as the rows of records have it.
ALTER TABLE _base_state ADD COLUMN feed INTEGER NOT NULL DEFAULT 0;
UPDATE _base_state SET feed = coalesce((SELECT value FROM _meta WHERE name = 'feed'), 1);
