-- A trigger asks another database, which is not there: its table stays empty, and all others are filled.
-- expect copies 0
CREATE EXTENSION dblink;
CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE copies (person_id integer NOT NULL REFERENCES people, copy_no integer NOT NULL, PRIMARY KEY (person_id, copy_no));
CREATE FUNCTION copy_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person record;
BEGIN
  SELECT * INTO person FROM people WHERE id = NEW.person_id;
  PERFORM dblink_exec('dbname=no_such_database_' || NEW.copy_no, 'INSERT INTO people VALUES (1)');
  IF person IS NULL THEN RAISE EXCEPTION 'nobody'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER copy_person AFTER INSERT ON copies FOR EACH ROW EXECUTE FUNCTION copy_person();
