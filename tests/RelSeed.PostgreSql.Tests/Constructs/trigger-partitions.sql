-- A table whose trigger moves its rows into the tables that inherit from it, and fails where it knows none.
-- expect event 0
CREATE TABLE event (id integer NOT NULL, kind integer, name text NOT NULL);
CREATE TABLE event_1 (CHECK (kind = 1)) INHERITS (event);
CREATE FUNCTION move_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.kind = 1 THEN INSERT INTO event_1 VALUES (new.*);
  ELSIF new.kind IS NOT NULL THEN RETURN NULL;
  ELSE INSERT INTO event_null VALUES (new.*);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER move_event BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION move_event();
