CREATE TABLE audit_pending (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    account BLOB,
    device BLOB,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    record BLOB,
    op BLOB,
    details BLOB NOT NULL
) STRICT;
CREATE TABLE audit_entry (
    sequence INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    account BLOB,
    device BLOB,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    record BLOB,
    op BLOB,
    details BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE central_look (
    look BLOB NOT NULL PRIMARY KEY
) STRICT;
--sqlite
CREATE TRIGGER audit_pending_kept BEFORE UPDATE ON audit_pending BEGIN
    SELECT RAISE(ABORT, 'the audit journal is append-only');
END;
CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry BEGIN
    SELECT RAISE(ABORT, 'the audit journal is append-only');
END;
CREATE TRIGGER audit_entry_not_removed BEFORE DELETE ON audit_entry BEGIN
    SELECT RAISE(ABORT, 'the audit journal is append-only');
END;
CREATE TRIGGER audit_entry_appended BEFORE INSERT ON audit_entry
WHEN NEW.sequence <> coalesce((SELECT max(sequence) FROM audit_entry), 0) + 1 BEGIN
    SELECT RAISE(ABORT, 'the audit journal is append-only');
END;
--end
--postgresql
ALTER TABLE audit_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the audit journal is append-only''; END';
CREATE OR REPLACE TRIGGER audit_pending_kept BEFORE UPDATE ON audit_pending FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE OR REPLACE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE OR REPLACE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
--end
