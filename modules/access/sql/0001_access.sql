CREATE TABLE access_credential (
    account BLOB NOT NULL PRIMARY KEY,
    password TEXT NOT NULL,
    changed_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE access_device (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE access_session (
    family BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    device BLOB NOT NULL,
    access_hash BLOB NOT NULL,
    access_expires_ms INTEGER NOT NULL,
    refresh_hash BLOB NOT NULL,
    refresh_expires_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX access_session_access ON access_session (access_hash);
CREATE UNIQUE INDEX access_session_refresh ON access_session (refresh_hash);
CREATE INDEX access_session_account ON access_session (account);
CREATE TABLE access_spent_token (
    refresh_hash BLOB NOT NULL PRIMARY KEY,
    family BLOB NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX access_spent_token_family ON access_spent_token (family);
