CREATE TABLE central_file (
    digest TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    held INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    touched_ms INTEGER NOT NULL,
    unnamed_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE central_file_piece (
    digest TEXT NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (digest, number)
) STRICT;
