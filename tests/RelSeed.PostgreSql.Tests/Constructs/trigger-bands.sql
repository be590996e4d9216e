-- A column tells the trigger which of several tables gets the row, and these refer to one another.
-- expect scope_global 1
-- expect scope_type 4
-- least scope
-- least place
CREATE TABLE scope_type (name text PRIMARY KEY CHECK (name IN ('unknown', 'global', 'org', 'project')));
CREATE TABLE scope (
  id text PRIMARY KEY, type text NOT NULL REFERENCES scope_type, parent_id text REFERENCES scope, name text,
  CHECK ((type = 'global' AND parent_id IS NULL) OR (type = 'org' AND parent_id = 'global') OR (type = 'project' AND parent_id IS NOT NULL AND parent_id <> 'global')));
CREATE TABLE scope_global (scope_id text PRIMARY KEY REFERENCES scope CHECK (scope_id = 'global'), name text UNIQUE);
CREATE TABLE scope_org (scope_id text PRIMARY KEY REFERENCES scope, parent_id text NOT NULL REFERENCES scope_global, name text, UNIQUE (parent_id, name));
CREATE TABLE scope_project (scope_id text PRIMARY KEY REFERENCES scope, parent_id text NOT NULL REFERENCES scope_org, name text, UNIQUE (parent_id, name));
CREATE TABLE catalog (id text PRIMARY KEY, project_id text NOT NULL REFERENCES scope_project, name text NOT NULL, UNIQUE (project_id, name));
CREATE TABLE org_owner (id integer PRIMARY KEY, org_id text NOT NULL REFERENCES scope_org, since date NOT NULL);
CREATE TABLE place (id integer PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('city', 'lake', 'hill')), name text NOT NULL);
CREATE TABLE city (place_id integer PRIMARY KEY REFERENCES place, population integer);
CREATE TABLE mayor (id integer PRIMARY KEY, city_id integer NOT NULL REFERENCES city, name text NOT NULL);
CREATE FUNCTION scope_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF new.type = 'global' THEN INSERT INTO scope_global (scope_id, name) VALUES (new.id, new.name); RETURN new; END IF;
  IF new.type = 'org' THEN INSERT INTO scope_org (scope_id, parent_id, name) VALUES (new.id, new.parent_id, new.name); RETURN new; END IF;
  IF new.type = 'project' THEN INSERT INTO scope_project VALUES (new.id, new.parent_id, new.name); RETURN new; END IF;
  RAISE EXCEPTION 'unknown scope';
END $$;
CREATE TRIGGER scope_in AFTER INSERT ON scope FOR EACH ROW EXECUTE FUNCTION scope_in();
CREATE FUNCTION city_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO city (place_id) VALUES (new.id); RETURN null; END $$;
CREATE TRIGGER city_in AFTER INSERT ON place FOR EACH ROW WHEN (new.kind = 'city') EXECUTE FUNCTION city_in();
