-- Items of lists and fields of composites, whose types are domains with checks.
CREATE DOMAIN permission AS text CHECK (VALUE ~ '^[a-z_]+:[a-z_]+$');
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN colour AS text CHECK (VALUE IN ('red', 'green', 'blue'));
CREATE TYPE share AS (part percent, kind permission);
CREATE TABLE role (id serial PRIMARY KEY, permissions permission[] NOT NULL, shares percent[] NOT NULL, colours colour[] NOT NULL, rest share NOT NULL);
