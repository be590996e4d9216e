-- Triggers delete rows of their own table whose time has come: by its name in the text, or by an argument.
CREATE TABLE session (id integer PRIMARY KEY, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
CREATE FUNCTION drop_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM session WHERE expires_at < now();
  RETURN NULL;
END $$;
CREATE TRIGGER drop_old AFTER INSERT ON session FOR EACH STATEMENT EXECUTE FUNCTION drop_old();
CREATE TABLE event (id integer PRIMARY KEY, at timestamptz NOT NULL, ttl timestamptz, note text);
CREATE FUNCTION drop_some() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('WITH late AS (SELECT ctid FROM %s WHERE %s < CURRENT_TIMESTAMP AT TIME ZONE ''UTC'' LIMIT 2) DELETE FROM %s WHERE ctid IN (TABLE late)',
    TG_TABLE_NAME, TG_ARGV[0], TG_TABLE_NAME);
  RETURN NULL;
END $$;
CREATE TRIGGER drop_some AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION drop_some('ttl');
