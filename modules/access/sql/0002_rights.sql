CREATE TABLE access_revision (
    number INTEGER NOT NULL
) STRICT;
INSERT INTO access_revision (number) VALUES (1);
