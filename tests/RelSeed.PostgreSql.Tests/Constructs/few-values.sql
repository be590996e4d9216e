-- Unique columns with fewer values than rows: nullable ones leave the other rows NULL, also where others refer to them; a single character has more than the keyboard.
CREATE TABLE class (code smallint UNIQUE CHECK (code = ANY (ARRAY[1, 2, 3, 4])), name text PRIMARY KEY);
CREATE TABLE item (id integer PRIMARY KEY, class_code integer NOT NULL REFERENCES class (code), other_code smallint REFERENCES class (code));
CREATE TABLE colour (id integer PRIMARY KEY, tint text UNIQUE CHECK (tint IN ('red', 'green')));
CREATE TABLE symbol (sign char(1) PRIMARY KEY, meaning text NOT NULL);
-- Pairs of rows that share a grandparent.
CREATE TABLE catalog (id integer PRIMARY KEY);
CREATE TABLE host (id integer PRIMARY KEY, catalog_id integer NOT NULL REFERENCES catalog, UNIQUE (catalog_id, id));
CREATE TABLE host_set (id integer PRIMARY KEY, catalog_id integer NOT NULL REFERENCES catalog, UNIQUE (catalog_id, id));
CREATE TABLE member (host_id integer NOT NULL, set_id integer NOT NULL, catalog_id integer NOT NULL, PRIMARY KEY (host_id, set_id),
  FOREIGN KEY (catalog_id, host_id) REFERENCES host (catalog_id, id), FOREIGN KEY (catalog_id, set_id) REFERENCES host_set (catalog_id, id));
