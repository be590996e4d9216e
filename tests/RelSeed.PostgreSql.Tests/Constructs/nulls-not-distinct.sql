-- Keys in which nulls are equal: one row may hold them.
-- server 15
CREATE TABLE channel (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE route (id integer PRIMARY KEY, channel_id integer REFERENCES channel, target text, weight integer NOT NULL, UNIQUE NULLS NOT DISTINCT (channel_id, target));
CREATE TABLE pin (place text UNIQUE NULLS NOT DISTINCT, body text NOT NULL);
