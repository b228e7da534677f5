-- Lists of the outbox, the quarantine and the conflicts are filtered, sorted and paged on the screen.

ALTER TABLE _outbox ADD COLUMN title TEXT;   -- of the record as this change leaves it
ALTER TABLE _outbox ADD COLUMN words TEXT;   -- of the title, folded: searched and sorted by
ALTER TABLE _outbox ADD COLUMN follows BLOB; -- the step in conflict that this entry only tells of: it is settled with that

-- One row for each thing to decide. An empty field means the record as a whole: its deletion or its merging.
CREATE TABLE _conflict (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  op BLOB NOT NULL,
  field TEXT NOT NULL,
  kind INTEGER NOT NULL,              -- of the operation
  type TEXT NOT NULL,
  record BLOB NOT NULL,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  noted INTEGER NOT NULL,
  is_state INTEGER NOT NULL,          -- 1: the state of a workflow, which is never chosen
  theirs_by TEXT NOT NULL,
  theirs_ms INTEGER NOT NULL,
  mine_by BLOB NOT NULL,
  mine_ms INTEGER NOT NULL,           -- by central's clock
  packed BLOB NOT NULL,               -- base, mine, theirs
  batch INTEGER,                      -- in which it was settled, kept for the undo of that; NULL: open
  settled_op BLOB,                    -- the operation that settling made, if any
  UNIQUE (op, field)
) STRICT;
CREATE INDEX _conflict_batch ON _conflict (batch, op);
