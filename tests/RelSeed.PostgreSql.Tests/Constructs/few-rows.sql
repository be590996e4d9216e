-- Tables with at most so many rows, by keys over few values.
-- expect setting 1
-- expect version 2
-- expect level 3
-- expect flag 2
-- expect pair 6
-- expect slot 5
-- expect level_note all
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE setting (lock char(1) PRIMARY KEY DEFAULT 'X' CHECK (lock = 'X'), name text NOT NULL);
CREATE TABLE version (version text, at timestamptz NOT NULL);
CREATE UNIQUE INDEX version_once ON version ((version IS NOT NULL));
CREATE TABLE level (name text PRIMARY KEY CHECK (name IN ('low', 'mid', 'high')), rank integer NOT NULL UNIQUE);
CREATE TABLE flag (is_on boolean PRIMARY KEY, label text NOT NULL);
CREATE TABLE pair (mood mood NOT NULL, is_on boolean NOT NULL, PRIMARY KEY (mood, is_on));
CREATE TABLE slot (n smallint PRIMARY KEY CHECK (n BETWEEN 1 AND 5), note text);
CREATE TABLE level_note (id integer PRIMARY KEY, level text NOT NULL REFERENCES level, body text NOT NULL);
