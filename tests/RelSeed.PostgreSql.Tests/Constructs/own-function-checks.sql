-- Checks that call functions of the schema's own: SQL and PL/pgSQL, of parameters by name and by number, one that calls another.
CREATE FUNCTION is_code(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ select $1 ~ '^[A-Z]{3}-[0-9]{6}$' -- old: [A-Z]{2}
$$;
CREATE FUNCTION is_path(value text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    -- Two forms.
    RETURN value ~ '^[0-9a-z]/[0-9a-z]/[0-9a-z\.]+$' OR value ~ '^[a-z][a-z0-9]*/[0-9][0-9]?/[0-9a-z]{4}$';
END; $$;
CREATE FUNCTION is_level(level integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF level IS NULL THEN RETURN false; END IF;
    IF level < 10 THEN RETURN false; ELSIF level > 60 THEN RETURN level IN (70, 80); END IF;
    RETURN level % 5 = 0;
END $$;
CREATE FUNCTION is_stock(code text, level integer, path text) RETURNS boolean LANGUAGE sql STRICT AS $$ SELECT is_code(code) AND is_level(level) AND is_path(path) $$;
CREATE DOMAIN own_path AS text CHECK (is_path(VALUE));
CREATE TABLE item (id integer PRIMARY KEY, code text NOT NULL UNIQUE, level integer NOT NULL, path text NOT NULL, backup own_path,
    CONSTRAINT item_stock CHECK (is_stock(code, level, path)));
