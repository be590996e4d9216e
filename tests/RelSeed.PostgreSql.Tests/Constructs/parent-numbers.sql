-- Checks of children that want parents with great numbers: those are numbered from there on.
-- rows low=20
-- rows high=20
CREATE TABLE pat (id integer PRIMARY KEY, name text);
CREATE TABLE membership (group_id integer NOT NULL REFERENCES pat CHECK (group_id >= 100), member_id integer NOT NULL REFERENCES pat, PRIMARY KEY (group_id, member_id));
CREATE TABLE site (id serial PRIMARY KEY);
CREATE TABLE people (site_id integer NOT NULL REFERENCES site, id integer NOT NULL, PRIMARY KEY (site_id, id));
CREATE TABLE visit (site_id integer NOT NULL, id integer NOT NULL, person_id integer NOT NULL CHECK (person_id >= 100), PRIMARY KEY (site_id, id), FOREIGN KEY (site_id, person_id) REFERENCES people);
CREATE TABLE branch (site_id integer PRIMARY KEY REFERENCES site);
CREATE TABLE office (site_id integer PRIMARY KEY REFERENCES branch CHECK (site_id > 1000));
CREATE TABLE few (id integer PRIMARY KEY);
CREATE TABLE low (few_id integer NOT NULL REFERENCES few CHECK (few_id < 20));
CREATE TABLE high (few_id integer REFERENCES few CHECK (few_id > 40));
