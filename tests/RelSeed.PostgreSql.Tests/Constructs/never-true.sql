-- A check that is never true keeps every row out of a table that others inherit from.
CREATE TYPE kind AS ENUM ('person', 'group');
-- expect object 0
CREATE TABLE object (id integer NOT NULL, name text NOT NULL, CHECK (false) NO INHERIT);
CREATE TABLE person (kind kind GENERATED ALWAYS AS ('person'::kind) STORED, email text, PRIMARY KEY (id)) INHERITS (object);
CREATE TABLE membership (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES person);
-- expect remark 0
CREATE TABLE remark (id integer PRIMARY KEY, text text NOT NULL, CHECK (1 > 2));
