-- A trigger sets what others refer to by a rule of its own: they stay empty, and all else is filled.
-- expect bills 0
CREATE TABLE accounts (code integer PRIMARY KEY, kind text, name text NOT NULL, UNIQUE (code, kind));
CREATE FUNCTION set_kind() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  NEW.kind := md5(NEW.name || NEW.code);
  RETURN NEW;
END $$;
CREATE TRIGGER set_kind BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION set_kind();
CREATE TABLE bills (id integer PRIMARY KEY, code integer NOT NULL, kind text NOT NULL, FOREIGN KEY (code, kind) REFERENCES accounts (code, kind));
CREATE TABLE clients (id integer PRIMARY KEY, name text NOT NULL);
