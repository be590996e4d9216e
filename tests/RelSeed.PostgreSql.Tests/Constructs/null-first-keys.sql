-- A cycle of keys that may be null: those that a unique key reads are better written at once.
CREATE TABLE config (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE resource (id serial PRIMARY KEY, name text NOT NULL UNIQUE, scope_id integer);
CREATE TABLE a_scope (id serial PRIMARY KEY, config_id integer NOT NULL REFERENCES config, resource_id integer REFERENCES resource);
ALTER TABLE resource ADD FOREIGN KEY (scope_id) REFERENCES a_scope;
CREATE UNIQUE INDEX scope_alone ON a_scope (config_id) WHERE resource_id IS NULL;
CREATE UNIQUE INDEX scope_pair ON a_scope (resource_id, config_id) WHERE resource_id IS NOT NULL;
