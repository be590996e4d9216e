-- A supertype whose optional reference the subtypes' triggers leave open, and a table whose trigger wants it.
-- times account 2
CREATE TABLE scope (id integer PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('org', 'project')));
CREATE TABLE person (id integer PRIMARY KEY, scope_id integer NOT NULL REFERENCES scope, name text NOT NULL, UNIQUE (scope_id, id));
CREATE TABLE account (id integer PRIMARY KEY, scope_id integer NOT NULL REFERENCES scope, person_scope_id integer, person_id integer, UNIQUE (scope_id, person_id),
  FOREIGN KEY (person_scope_id, person_id) REFERENCES person (scope_id, id),
  CHECK ((person_id IS NULL AND person_scope_id IS NULL) OR (person_id IS NOT NULL AND person_scope_id = scope_id)));
CREATE TABLE local_account (id integer PRIMARY KEY REFERENCES account, scope_id integer NOT NULL, login text NOT NULL);
CREATE TABLE remote_account (id integer PRIMARY KEY REFERENCES account, scope_id integer NOT NULL, issuer text NOT NULL);
CREATE FUNCTION account_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO account (id, scope_id) VALUES (new.id, new.scope_id); RETURN new; END $$;
CREATE TRIGGER account_in BEFORE INSERT ON local_account FOR EACH ROW EXECUTE FUNCTION account_in();
CREATE TRIGGER account_in BEFORE INSERT ON remote_account FOR EACH ROW EXECUTE FUNCTION account_in();
CREATE TABLE token (id integer PRIMARY KEY, account_id integer NOT NULL REFERENCES account);
CREATE TABLE visit (id integer PRIMARY KEY, token_id integer NOT NULL REFERENCES token);
CREATE FUNCTION visitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT a.person_id FROM token t JOIN account a ON a.id = t.account_id WHERE t.id = new.token_id) IS NULL THEN RAISE EXCEPTION 'nobody'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER visitor BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION visitor();
