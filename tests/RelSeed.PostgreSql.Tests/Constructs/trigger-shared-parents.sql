-- Subtypes that take their key from a third table, each another row of it; a parent that needs a child at the commit.
-- times library 2
-- times override 2
CREATE TABLE library (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE override (library_id bigint PRIMARY KEY REFERENCES library);
CREATE TABLE key_override (library_id bigint PRIMARY KEY REFERENCES library, key_attribute text NOT NULL, FOREIGN KEY (library_id) REFERENCES override);
CREATE TABLE user_override (library_id bigint PRIMARY KEY REFERENCES library, user_attribute text NOT NULL, FOREIGN KEY (library_id) REFERENCES override);
CREATE FUNCTION override_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO override VALUES (new.library_id); RETURN new; END $$;
CREATE TRIGGER override_in BEFORE INSERT ON key_override FOR EACH ROW EXECUTE FUNCTION override_in();
CREATE TRIGGER override_in BEFORE INSERT ON user_override FOR EACH ROW EXECUTE FUNCTION override_in();
CREATE TABLE method (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE method_url (method_id integer NOT NULL REFERENCES method, priority integer NOT NULL CHECK (priority >= 1), url text NOT NULL, PRIMARY KEY (method_id, priority));
CREATE FUNCTION has_url() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE n integer;
BEGIN
  SELECT INTO n count(*) FROM method_url WHERE method_id = new.id;
  IF n < 1 THEN RAISE EXCEPTION 'method % needs a url', new.id; END IF;
  RETURN null;
END $$;
CREATE CONSTRAINT TRIGGER has_url AFTER INSERT ON method DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION has_url();
