-- Triggers look up single rows of other tables by a text of their own, for columns that must have a value.
-- times member 2
-- times visit 2
CREATE TABLE role (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE kind (id serial PRIMARY KEY, code varchar(20) UNIQUE);
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE workspace (id integer PRIMARY KEY, owner_id integer NOT NULL REFERENCES person);
CREATE TABLE member (id serial PRIMARY KEY, workspace_id integer NOT NULL REFERENCES workspace, person_id integer NOT NULL REFERENCES person,
  role_id integer NOT NULL REFERENCES role);
CREATE TABLE visit (id serial PRIMARY KEY, person_id integer NOT NULL REFERENCES person, kind_id integer NOT NULL REFERENCES kind);
CREATE FUNCTION add_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO member (workspace_id, person_id, role_id) VALUES (new.id, new.owner_id, (SELECT id FROM role WHERE name = 'Owner'));
  RETURN new;
END $$;
CREATE TRIGGER add_owner AFTER INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION add_owner();
CREATE FUNCTION add_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  first_kind integer;
BEGIN
  SELECT id INTO first_kind FROM kind WHERE code = 'first';
  INSERT INTO visit (person_id, kind_id) VALUES (new.id, first_kind);
  RETURN new;
END $$;
CREATE TRIGGER add_visit AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION add_visit();
