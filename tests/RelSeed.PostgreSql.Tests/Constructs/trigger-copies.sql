-- A trigger that copies a column into a unique key, for some rows only.
CREATE TABLE depot (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE run (id integer PRIMARY KEY, depot_id integer REFERENCES depot, number varchar, unique_number integer);
CREATE UNIQUE INDEX run_number ON run (depot_id, unique_number) WHERE unique_number IS NOT NULL AND unique_number > 0;
CREATE FUNCTION number_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.unique_number IS NULL OR new.unique_number > 0 THEN new.unique_number := new.number; END IF;
  RETURN new;
END $$;
CREATE TRIGGER number_run BEFORE INSERT ON run FOR EACH ROW EXECUTE FUNCTION number_run();
CREATE TABLE badge (id integer PRIMARY KEY, serial integer NOT NULL, code integer UNIQUE);
CREATE FUNCTION code_badge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.serial % 2 = 0 THEN new.code := new.serial; END IF; RETURN new; END $$;
CREATE TRIGGER code_badge BEFORE INSERT ON badge FOR EACH ROW EXECUTE FUNCTION code_badge();
