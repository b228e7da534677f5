CREATE TABLE central_meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
CREATE TABLE central_operation (
    op BLOB NOT NULL PRIMARY KEY,
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    version INTEGER NOT NULL,
    author BLOB NOT NULL,
    device BLOB NOT NULL,
    transition TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    acted_ms INTEGER NOT NULL,
    time_note TEXT NOT NULL,
    operation BLOB NOT NULL,
    answer BLOB NOT NULL
) STRICT;
CREATE INDEX central_operation_record ON central_operation (record, version);
CREATE TABLE central_commit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    id BLOB NOT NULL,
    version INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    unit BLOB,
    changed_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX central_commit_record ON central_commit (id);
--postgresql
ALTER TABLE central_commit SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--end
CREATE TABLE central_feed (
    sequence INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    id BLOB NOT NULL,
    version INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    unit BLOB,
    changed_ms INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE central_counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
