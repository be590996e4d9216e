-- Every row of one table fails, so the tables to which its triggers would write are filled as any others.
-- expect report 0
CREATE TABLE report (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE report_latest (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE report_recent (name text NOT NULL, id integer NOT NULL, PRIMARY KEY (name, id));
CREATE FUNCTION keep_latest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_latest (id, name) VALUES (new.id, missing_function(new.name));
  INSERT INTO report_recent (name, id) VALUES (new.name, new.id);
  RETURN new;
END $$;
CREATE TRIGGER keep_latest AFTER INSERT ON report FOR EACH ROW EXECUTE FUNCTION keep_latest();
