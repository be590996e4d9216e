-- A key over a function of the schema's own.
CREATE FUNCTION plain_name(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT replace(lower($1), '-', '_') $$;
CREATE TABLE package (id integer PRIMARY KEY, name text NOT NULL);
CREATE UNIQUE INDEX package_name ON package (plain_name(name));
