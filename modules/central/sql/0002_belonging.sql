ALTER TABLE central_commit RENAME COLUMN unit TO left_units;
ALTER TABLE central_feed RENAME COLUMN unit TO left_units;
