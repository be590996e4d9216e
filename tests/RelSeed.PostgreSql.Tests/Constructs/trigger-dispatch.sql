-- Rows of the parent go to its children by a trigger, which keeps none: the parent stays empty, and the children are filled as any tables.
-- expect reports 0
CREATE TABLE reports (id integer PRIMARY KEY, kind text NOT NULL, made_on date NOT NULL);
CREATE TABLE reports_monthly (PRIMARY KEY (id)) INHERITS (reports);
CREATE TABLE reports_other (PRIMARY KEY (id)) INHERITS (reports);
CREATE FUNCTION dispatch_report() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (NEW.kind = 'Reports::Monthly') THEN INSERT INTO reports_monthly VALUES (NEW.*);
  ELSE INSERT INTO reports_other VALUES (NEW.*);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dispatch_report BEFORE INSERT ON reports FOR EACH ROW EXECUTE FUNCTION dispatch_report();
