-- One-to-one in every form: shared key, unique reference, optional, a chain.
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE passport (person_id integer PRIMARY KEY REFERENCES person, no varchar(9) NOT NULL UNIQUE);
CREATE TABLE visa (passport_id integer PRIMARY KEY REFERENCES passport, country char(2) NOT NULL);
CREATE TABLE desk (id integer PRIMARY KEY, person_id integer UNIQUE REFERENCES person);
CREATE TABLE locker (id integer PRIMARY KEY, person_id integer NOT NULL UNIQUE REFERENCES person, desk_id integer UNIQUE REFERENCES desk);
CREATE TABLE marriage (husband_id integer NOT NULL UNIQUE REFERENCES person, wife_id integer NOT NULL UNIQUE REFERENCES person, CHECK (husband_id <> wife_id));
