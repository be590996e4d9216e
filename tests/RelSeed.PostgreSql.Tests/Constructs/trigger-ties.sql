-- Triggers that compare two parents of a row, and one that takes only what a view lists.
CREATE TABLE org (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE project (id integer PRIMARY KEY, org_id integer NOT NULL REFERENCES org);
CREATE TABLE role (id integer PRIMARY KEY, org_id integer NOT NULL REFERENCES org);
CREATE TABLE role_project (id integer PRIMARY KEY, role_id integer NOT NULL REFERENCES role, project_id integer NOT NULL REFERENCES project);
CREATE FUNCTION same_org() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM project JOIN role ON role.org_id = project.org_id WHERE project.id = new.project_id AND role.id = new.role_id;
  IF NOT FOUND THEN RAISE EXCEPTION 'another organisation'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER same_org BEFORE INSERT ON role_project FOR EACH ROW EXECUTE FUNCTION same_org();
CREATE VIEW allowed_table AS SELECT c.relname::text AS table_name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r';
CREATE TABLE job (id integer NOT NULL, table_name text NOT NULL, PRIMARY KEY (id, table_name));
CREATE FUNCTION known_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.table_name NOT IN (SELECT table_name FROM allowed_table) THEN RAISE EXCEPTION 'no such table'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER known_table BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION known_table();
