-- Functions that leave out the schema, as their application's sessions have it on their path.
CREATE SCHEMA shop;
CREATE TABLE shop.item (id serial PRIMARY KEY, name text NOT NULL, code text NOT NULL);
CREATE TABLE shop.stock (item_id integer PRIMARY KEY REFERENCES shop.item, amount integer NOT NULL);
CREATE FUNCTION shop.code_of(integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'I' || $1 $$;
SET check_function_bodies = off;
CREATE FUNCTION shop.set_code() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.code := code_of(new.id); RETURN new; END $$;
CREATE FUNCTION shop.count_items() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM count(*) FROM item; RETURN NULL; END $$;
CREATE TRIGGER set_code BEFORE INSERT ON shop.item FOR EACH ROW EXECUTE FUNCTION shop.set_code();
CREATE CONSTRAINT TRIGGER count_items AFTER INSERT ON shop.stock DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.count_items();
