-- Triggers of two subtypes each refuse a row where the other's is there.
-- least person
-- least student
-- least teacher
CREATE TABLE person (id integer PRIMARY KEY, name text);
CREATE TABLE student (person_id integer PRIMARY KEY REFERENCES person, programme text NOT NULL);
CREATE TABLE teacher (person_id integer PRIMARY KEY REFERENCES person, salary integer NOT NULL);
CREATE FUNCTION is_no_teacher() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rows integer;
BEGIN
  SELECT count(*) INTO rows FROM teacher WHERE person_id = new.person_id;
  IF rows > 0 THEN
    RAISE EXCEPTION 'is a teacher';
  ELSE
    RAISE NOTICE 'is none';
  END IF;
  RETURN new;
END $$;
CREATE FUNCTION is_no_student() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM student WHERE person_id = new.person_id) THEN RAISE EXCEPTION 'is a student'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER is_no_teacher BEFORE INSERT ON student FOR EACH ROW EXECUTE FUNCTION is_no_teacher();
CREATE TRIGGER is_no_student BEFORE INSERT ON teacher FOR EACH ROW EXECUTE FUNCTION is_no_student();
