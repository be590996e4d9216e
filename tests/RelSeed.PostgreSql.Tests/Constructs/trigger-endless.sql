-- A trigger that calls itself without end.
-- expect echo 0
CREATE TABLE echo (id serial PRIMARY KEY, word text);
CREATE TABLE voice (id integer PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION echo_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO echo (word) SELECT new.word; RETURN NULL; END $$;
CREATE TRIGGER echo_again AFTER INSERT ON echo FOR EACH ROW EXECUTE FUNCTION echo_again();
