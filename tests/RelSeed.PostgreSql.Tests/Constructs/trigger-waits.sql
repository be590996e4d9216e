-- A trigger that waits for the end refuses what an optional key leads to.
CREATE TABLE activity (id integer PRIMARY KEY, anchor_id integer REFERENCES activity, name text NOT NULL);
CREATE TABLE zone (id integer PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION validate_anchors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM activity a WHERE a.id = new.anchor_id) THEN RAISE EXCEPTION 'no anchor'; END IF;
  RETURN new;
END $$;
CREATE CONSTRAINT TRIGGER validate_anchors AFTER INSERT ON activity DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION validate_anchors();
