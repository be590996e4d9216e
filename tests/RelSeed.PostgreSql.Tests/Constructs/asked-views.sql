-- A check takes what a query of the catalog lists, put together.
CREATE FUNCTION function_exists(function_name text) RETURNS boolean LANGUAGE sql AS
  $$ SELECT EXISTS (SELECT 1 FROM information_schema.routines WHERE concat(routine_schema, '.', routine_name) = function_name); $$;
CREATE TABLE class (id serial PRIMARY KEY, name text NOT NULL, normalizer text NOT NULL CHECK (function_exists(normalizer)));
CREATE TABLE call_number (id serial PRIMARY KEY, class_id integer NOT NULL REFERENCES class);
