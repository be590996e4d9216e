-- Circles of which no two may overlap.
CREATE TABLE circles (c circle, EXCLUDE USING gist (c WITH &&));
CREATE TABLE cells (id integer PRIMARY KEY, area circle NOT NULL, EXCLUDE USING gist (area WITH &&));
