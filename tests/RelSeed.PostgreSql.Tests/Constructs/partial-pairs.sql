-- Keys of rows with and without a parent; their columns are set when all rows are there, or wait, or the nulls meanwhile would be equal.
CREATE TABLE config (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE scope (id serial PRIMARY KEY, config_id integer NOT NULL REFERENCES config, resource_id integer);
CREATE UNIQUE INDEX scope_of_config ON scope (config_id) WHERE resource_id IS NULL;
CREATE UNIQUE INDEX scope_of_resource ON scope (resource_id, config_id) WHERE resource_id IS NOT NULL;
CREATE TABLE resource (id serial PRIMARY KEY, config_id integer REFERENCES config, scope_id integer REFERENCES scope);
ALTER TABLE scope ADD FOREIGN KEY (resource_id) REFERENCES resource;
CREATE TABLE ticket (id serial PRIMARY KEY, seat integer, hall integer);
CREATE UNIQUE INDEX ticket_seat ON ticket (hall, seat) WHERE seat IS NOT NULL AND hall IS NOT NULL;
