-- A trigger takes only the names of roles of the server.
CREATE TABLE login (id integer PRIMARY KEY, role name NOT NULL);
CREATE FUNCTION role_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = new.role) THEN RAISE foreign_key_violation USING message = 'unknown role'; END IF;
  RETURN new;
END $$;
CREATE CONSTRAINT TRIGGER role_exists AFTER INSERT ON login FOR EACH ROW EXECUTE FUNCTION role_exists();
