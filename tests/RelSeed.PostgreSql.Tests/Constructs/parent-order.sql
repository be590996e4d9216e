-- A trigger that takes a pair of rows only when the one was made before the other, by a place that another trigger gives them.
CREATE TABLE class (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE class_order (class_id integer PRIMARY KEY REFERENCES class, place integer NOT NULL);
CREATE FUNCTION place_class() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO class_order SELECT NEW.id, coalesce(max(place), 0) + 1 FROM class_order; RETURN NEW; END $$;
CREATE TRIGGER place_class AFTER INSERT ON class FOR EACH ROW EXECUTE FUNCTION place_class();
CREATE TABLE dependency (class_id integer NOT NULL REFERENCES class, needed_id integer NOT NULL REFERENCES class, PRIMARY KEY (class_id, needed_id));
CREATE FUNCTION check_order() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE own integer; needed integer; BEGIN
  SELECT place INTO own FROM class_order WHERE class_id = NEW.class_id; SELECT place INTO needed FROM class_order WHERE class_id = NEW.needed_id;
  IF needed >= own THEN RAISE EXCEPTION 'defined later'; END IF; RETURN NEW; END $$;
CREATE TRIGGER check_order BEFORE INSERT ON dependency FOR EACH ROW EXECUTE FUNCTION check_order();
