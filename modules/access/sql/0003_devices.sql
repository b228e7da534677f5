ALTER TABLE access_device ADD COLUMN account BLOB;
ALTER TABLE access_device ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE access_device ADD COLUMN revoked_ms INTEGER;
ALTER TABLE access_device ADD COLUMN revoked_by BLOB;
ALTER TABLE access_credential ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access_credential ADD COLUMN unlocked_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access_credential ADD COLUMN signed_in_ms INTEGER;
CREATE INDEX access_session_device ON access_session (device);
