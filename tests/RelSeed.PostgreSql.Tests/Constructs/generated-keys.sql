-- Foreign keys to columns that the server computes: alone, beside another column, and of a parent's own foreign keys.
CREATE TABLE service (id integer PRIMARY KEY, name text NOT NULL UNIQUE, slug text GENERATED ALWAYS AS (lower(name)) STORED UNIQUE NOT NULL);
CREATE TABLE verb (name text PRIMARY KEY);
CREATE TABLE event_type (application integer NOT NULL, service_name text NOT NULL REFERENCES service (name), verb_name text NOT NULL REFERENCES verb,
  full_name text GENERATED ALWAYS AS ((service_name || '.') || verb_name) STORED NOT NULL, PRIMARY KEY (application, full_name));
CREATE TABLE event (id integer PRIMARY KEY, application integer NOT NULL, event_name text NOT NULL, FOREIGN KEY (application, event_name) REFERENCES event_type (application, full_name));
CREATE TABLE route (id integer PRIMARY KEY, service_slug text NOT NULL REFERENCES service (slug), path text);
