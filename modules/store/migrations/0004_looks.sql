-- Personal data that were shown here and that central's audit journal has yet to hear of.
CREATE TABLE _look (
  look BLOB NOT NULL PRIMARY KEY,
  type TEXT NOT NULL,
  record BLOB NOT NULL,
  fields TEXT NOT NULL,               -- names, with commas
  author BLOB NOT NULL,
  device_ms INTEGER NOT NULL,
  offset_ms INTEGER NOT NULL          -- device clock minus central clock
) STRICT;
