-- A trigger makes a first row for each of another table's, under a key that only the server knows; others refer to rows beside it.
-- least workspace
CREATE TABLE account (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL);
CREATE TABLE workspace (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), account_id uuid NOT NULL REFERENCES account, is_home boolean NOT NULL DEFAULT false, name text NOT NULL);
CREATE UNIQUE INDEX workspace_home ON workspace (account_id) WHERE is_home;
CREATE FUNCTION make_home() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO workspace (account_id, is_home, name) VALUES (NEW.id, true, 'Home'); RETURN NEW; END $$;
CREATE TRIGGER make_home AFTER INSERT ON account FOR EACH ROW EXECUTE FUNCTION make_home();
CREATE TABLE folder (id integer PRIMARY KEY, workspace_id uuid NOT NULL REFERENCES workspace, name text NOT NULL);
