-- Paths along the numbers of a table's rows, which its trigger reads as numbers.
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE TABLE remark (id serial PRIMARY KEY, path ltree NOT NULL, text text NOT NULL);
CREATE FUNCTION read_path() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM ltree2text(subpath(new.path, 1, 1))::integer; RETURN new; END $$;
CREATE TRIGGER read_path BEFORE INSERT ON remark FOR EACH ROW EXECUTE FUNCTION read_path();
