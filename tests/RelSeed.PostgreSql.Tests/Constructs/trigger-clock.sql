-- A trigger writes rows that refer to the day of the load, which no made row is: it is off while the rows are written.
CREATE TABLE calendar_day (key integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE customer (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE purchase (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer);
CREATE TABLE purchase_fact (purchase_id integer PRIMARY KEY, day_key integer NOT NULL REFERENCES calendar_day);
CREATE FUNCTION note_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH moment (key) AS (SELECT to_char(now(), 'YYYYMMDD')::integer)
  INSERT INTO purchase_fact (purchase_id, day_key) SELECT new.id, moment.key FROM moment;
  RETURN NULL;
END $$;
CREATE TRIGGER note_purchase AFTER INSERT ON purchase FOR EACH ROW EXECUTE FUNCTION note_purchase();
