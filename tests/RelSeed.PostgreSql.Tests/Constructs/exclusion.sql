-- Disjoint ranges inside a key.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE room (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE booking (id integer PRIMARY KEY, room_id integer NOT NULL REFERENCES room, during tstzrange NOT NULL, EXCLUDE USING gist (room_id WITH =, during WITH &&));
CREATE TABLE entity (vid bigserial PRIMARY KEY, id text NOT NULL, block_range int4range NOT NULL, EXCLUDE USING gist (id WITH =, block_range WITH &&));
CREATE TABLE shift (id integer PRIMARY KEY, room_id integer NOT NULL REFERENCES room, starts timestamp NOT NULL, ends timestamp NOT NULL, is_cancelled boolean NOT NULL,
  CHECK (starts < ends), EXCLUDE USING gist (room_id WITH =, tsrange(starts, ends) WITH &&) WHERE (NOT is_cancelled));
CREATE TABLE closed (days daterange NOT NULL, EXCLUDE USING gist (days WITH &&));
