-- Functions of the schema's own want texts of a form that nobody tells.
CREATE FUNCTION version_order(num text) RETURNS integer[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN cardinality(string_to_array(num, '.')) = 3 AND num ~ '^[0-9.]+$' THEN string_to_array(num, '.')::integer[] END $$;
CREATE TABLE release (id integer PRIMARY KEY, num text NOT NULL, sorted integer[] NOT NULL GENERATED ALWAYS AS (version_order(num)) STORED);
CREATE TABLE package (id integer PRIMARY KEY, name text NOT NULL, num text NOT NULL, sorted integer[] NOT NULL, UNIQUE (name, num));
CREATE FUNCTION sort_package() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.sorted := version_order(new.num); RETURN new; END $$;
CREATE TRIGGER sort_package BEFORE INSERT ON package FOR EACH ROW EXECUTE FUNCTION sort_package();
CREATE FUNCTION is_host(host text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE parts text[] = string_to_array(host, '.');
BEGIN
  RETURN host = lower(host) AND cardinality(parts) > 2 AND length(parts[1]) > 1;
END $$;
CREATE TABLE machine (id integer PRIMARY KEY, host text NOT NULL CHECK (is_host(host)), note text);
