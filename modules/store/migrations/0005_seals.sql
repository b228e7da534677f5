-- Keys of the personal data in records, wrapped by the vault that signing in opens, or by the secrets of the snapshot that brought them.
CREATE TABLE _seal_key (
  record BLOB NOT NULL,
  id BLOB NOT NULL,
  wrapped BLOB NOT NULL,
  rank INTEGER NOT NULL,              -- 0: what central seals with now, 1: made here, 2: a former one of central
  PRIMARY KEY (record, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX _seal_key_others ON _seal_key (record) WHERE rank>0;

-- Sent operations carry the key of their personal data: it goes when that record's does.
ALTER TABLE _sent ADD COLUMN record BLOB;
CREATE INDEX _sent_record ON _sent (record);

-- Rows written while the vault was closed: words of what is sealed in them are not in the search index yet.
CREATE TABLE _seal_unindexed (type TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (type, key)) STRICT, WITHOUT ROWID;

-- Secrets of snapshots, wrapped by the vault.
CREATE TABLE _seal_wrap (wrap BLOB PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
