-- A trigger changes a row of a table that no key leads to, and refuses what it finds none for.
-- expect totals 1
CREATE TABLE pieces (id integer PRIMARY KEY, weight integer NOT NULL CHECK (weight > 0));
CREATE TABLE totals (id boolean PRIMARY KEY DEFAULT true CHECK (id), pieces bigint NOT NULL, changed_at timestamptz NOT NULL);
CREATE FUNCTION count_piece() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE totals SET pieces = pieces + 1 WHERE id;
  IF NOT FOUND THEN RAISE EXCEPTION 'no row of totals'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_piece AFTER INSERT ON pieces FOR EACH ROW EXECUTE FUNCTION count_piece();
