-- A trigger writes rows that refer to one row by its number; a table whose rows others may write keeps its own.
-- least attribute
CREATE TABLE instrument (id serial PRIMARY KEY, gid uuid NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE attribute (id serial PRIMARY KEY, parent integer REFERENCES attribute, gid uuid NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE creditable (attribute_id integer PRIMARY KEY REFERENCES attribute);
CREATE FUNCTION write_attribute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH made (id) AS (INSERT INTO attribute (parent, gid, name) VALUES (14, new.gid, new.name) RETURNING id) SELECT count(*) FROM made INTO new.id;
  RETURN NULL;
END $$;
CREATE TRIGGER write_attribute AFTER INSERT ON instrument FOR EACH ROW EXECUTE FUNCTION write_attribute();
