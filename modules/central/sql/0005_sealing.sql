CREATE TABLE central_seal_key (
    record BLOB NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT;
