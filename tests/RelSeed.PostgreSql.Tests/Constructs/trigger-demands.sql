-- Triggers that look a row up: they fail, or leave a column null, where there is none.
CREATE TABLE release (edition text NOT NULL, version bigint NOT NULL, PRIMARY KEY (edition, version));
CREATE TABLE log_entry (id bigint PRIMARY KEY, version bigint NOT NULL, edition text NOT NULL, entry text NOT NULL);
CREATE FUNCTION log_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE latest bigint;
BEGIN
  SELECT max(version) FROM release INTO latest WHERE edition = new.edition;
  new.version = latest;
  RETURN new;
END $$;
CREATE TRIGGER log_version BEFORE INSERT ON log_entry FOR EACH ROW EXECUTE FUNCTION log_version();
CREATE TABLE zone (code text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('sea', 'land')), owner_id integer NOT NULL);
CREATE TABLE port (id integer PRIMARY KEY, zone_code text, owner_id integer NOT NULL, name text NOT NULL);
CREATE FUNCTION port_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM zone z WHERE z.code = new.zone_code AND z.kind = 'sea' AND z.owner_id = new.owner_id) THEN RAISE EXCEPTION 'no such zone'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER port_zone BEFORE INSERT ON port FOR EACH ROW EXECUTE FUNCTION port_zone();
CREATE TABLE visit (id integer PRIMARY KEY, port_id integer NOT NULL REFERENCES port, zone_code text NOT NULL);
CREATE FUNCTION visit_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM port WHERE id = new.port_id AND zone_code = new.zone_code;
  IF NOT FOUND THEN RAISE EXCEPTION 'the port lies elsewhere'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER visit_zone BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION visit_zone();
