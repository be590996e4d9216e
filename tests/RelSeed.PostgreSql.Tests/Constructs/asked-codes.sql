-- Codes that a check leaves a foreign key: the table of codes has them.
CREATE TABLE kind (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE plain_item (id integer PRIMARY KEY, kind text NOT NULL REFERENCES kind CHECK (kind IN ('plain', 'simple')));
CREATE TABLE odd_item (id integer PRIMARY KEY, kind text NOT NULL DEFAULT 'odd' REFERENCES kind CHECK (kind = 'odd'), weight integer);
CREATE TABLE place (code varchar(12) PRIMARY KEY);
CREATE TABLE tag (place varchar(12) NOT NULL REFERENCES place, item integer NOT NULL, tag text NOT NULL, PRIMARY KEY (place, item, tag)) PARTITION BY LIST (place);
CREATE TABLE tag_of_shelf PARTITION OF tag FOR VALUES IN ('shelf');
CREATE TABLE tag_of_store PARTITION OF tag FOR VALUES IN ('store', 'yard');
-- A trigger writes them, from the labels of an enum.
CREATE TYPE state AS ENUM ('NEW', 'OPEN', 'DONE');
CREATE TABLE state_name (state text PRIMARY KEY, title text);
CREATE TABLE ticket (id integer PRIMARY KEY, state state NOT NULL DEFAULT 'NEW', state_text text NOT NULL REFERENCES state_name);
CREATE FUNCTION write_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.state_text = new.state::text; RETURN new; END $$;
CREATE TRIGGER write_state BEFORE INSERT OR UPDATE ON ticket FOR EACH ROW EXECUTE FUNCTION write_state();
