-- A trigger wants lists without a common item.
CREATE TYPE region AS ENUM ('north', 'south', 'east');
CREATE TABLE copy (id integer PRIMARY KEY, latest region NOT NULL, done region[] NOT NULL DEFAULT '{}', open region[] NOT NULL DEFAULT '{}');
CREATE FUNCTION no_common_region() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  twice region[];
BEGIN
  SELECT array_agg(r) INTO twice FROM (SELECT r FROM unnest(ARRAY[new.latest] || new.done || new.open) u(r) GROUP BY r HAVING count(*) > 1) t;
  IF array_length(twice, 1) > 0 THEN RAISE EXCEPTION 'regions stand twice'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER no_common_region BEFORE INSERT ON copy FOR EACH ROW EXECUTE FUNCTION no_common_region();
