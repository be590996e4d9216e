-- An enum without labels: NULL where it may be, else there are no rows.
CREATE TYPE language AS ENUM ();
CREATE TABLE post (id integer PRIMARY KEY, language language, title text);
-- expect translation 0
CREATE TABLE translation (id integer PRIMARY KEY, post_id integer NOT NULL REFERENCES post, language language NOT NULL);
-- expect note 0
CREATE TABLE note (id integer PRIMARY KEY, translation_id integer NOT NULL REFERENCES translation);
