-- Ranges over types of any kind.
CREATE TYPE uuid_range AS RANGE (subtype = uuid);
CREATE TYPE text_range AS RANGE (subtype = text);
CREATE TYPE float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE block (id serial PRIMARY KEY, ids uuid_range NOT NULL, words text_range NOT NULL, sizes float_range, parts float_range[] NOT NULL);
CREATE TABLE block_index (day date NOT NULL, ids uuid_range NOT NULL, EXCLUDE USING gist (day WITH =, ids WITH &&));
