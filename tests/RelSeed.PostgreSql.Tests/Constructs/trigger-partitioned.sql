-- A trigger before each row of a partitioned table lets the row through, and writes another.
CREATE TABLE identity (id uuid PRIMARY KEY);
CREATE TABLE shadow (id uuid NOT NULL REFERENCES identity, resource integer NOT NULL, name text NOT NULL, PRIMARY KEY (resource, id)) PARTITION BY LIST (resource);
CREATE TABLE shadow_other PARTITION OF shadow DEFAULT;
CREATE FUNCTION identify() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO identity VALUES (new.id) ON CONFLICT DO NOTHING;
  RETURN new;
END $$;
CREATE TRIGGER identify BEFORE INSERT ON shadow FOR EACH ROW EXECUTE FUNCTION identify();
