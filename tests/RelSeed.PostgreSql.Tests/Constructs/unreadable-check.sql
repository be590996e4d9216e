-- A check that is an error for every text: its table stays empty, the others are filled. Where the column may be null, it is.
-- expect phone 0
CREATE DOMAIN number AS text CHECK (value ~ '^+7\d{10}$');
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE phone (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES person, number number NOT NULL);
CREATE TABLE call (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES person, number number);
