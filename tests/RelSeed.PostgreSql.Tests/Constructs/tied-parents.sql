-- A check that ties a column of one reference to a column of another.
CREATE TABLE scope (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE method (id integer PRIMARY KEY, scope_id integer NOT NULL REFERENCES scope, UNIQUE (scope_id, id));
CREATE TABLE person (id integer PRIMARY KEY, scope_id integer NOT NULL REFERENCES scope, UNIQUE (scope_id, id));
CREATE TABLE account (id integer PRIMARY KEY, scope_id integer NOT NULL, method_id integer NOT NULL, person_scope_id integer, person_id integer,
  FOREIGN KEY (scope_id, method_id) REFERENCES method (scope_id, id), FOREIGN KEY (person_scope_id, person_id) REFERENCES person (scope_id, id),
  CHECK (person_scope_id = scope_id), CHECK ((person_scope_id IS NULL) = (person_id IS NULL)));
CREATE TABLE friendship (a integer NOT NULL REFERENCES person, b integer NOT NULL REFERENCES person, since date NOT NULL, PRIMARY KEY (a, b), CHECK (a < b));
CREATE TABLE transfer (id integer PRIMARY KEY, source_id integer NOT NULL REFERENCES account, target_id integer NOT NULL REFERENCES account, CHECK (source_id <> target_id));
