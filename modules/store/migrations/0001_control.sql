-- What the store keeps beside the records. Names start with "_", which no record type's can.

CREATE TABLE _meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

-- Operations that are alive: waiting, held back by central, answered but not yet seen in the feed, or quarantined.
CREATE TABLE _outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  op BLOB NOT NULL UNIQUE,
  type TEXT NOT NULL,
  record BLOB NOT NULL,               -- the record it acts on, aliases followed
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,             -- OutboxEntry::State
  version INTEGER NOT NULL DEFAULT 0, -- that central answered
  held_until INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  message TEXT,
  packed BLOB NOT NULL
) STRICT;
CREATE INDEX _outbox_record ON _outbox (record, seq);
CREATE INDEX _outbox_state ON _outbox (state, seq);

-- "after" of every operation in the outbox.
CREATE TABLE _outbox_needs (op BLOB NOT NULL, needs BLOB NOT NULL, PRIMARY KEY (needs, op)) STRICT, WITHOUT ROWID;
CREATE INDEX _outbox_needs_op ON _outbox_needs (op);

-- Central's state of each record that has live operations.
CREATE TABLE _base_state (
  record BLOB PRIMARY KEY,
  type TEXT NOT NULL,
  present INTEGER NOT NULL,           -- 0: central does not have it, or not that we know
  version INTEGER NOT NULL,
  packed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE _conflicts (
  op BLOB PRIMARY KEY,
  type TEXT NOT NULL,
  record BLOB NOT NULL,
  at INTEGER NOT NULL,
  title TEXT NOT NULL,
  fields BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Records that turned out to be other records.
CREATE TABLE _alias (alias BLOB PRIMARY KEY, type TEXT NOT NULL, target BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Operations that central has taken and the feed has shown: offered again should central go back in time.
CREATE TABLE _sent (op BLOB PRIMARY KEY, at INTEGER NOT NULL, version INTEGER NOT NULL, packed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX _sent_at ON _sent (at);
