-- Triggers that refuse by the new row alone, keys whose texts must begin alike, keys of one value, and values that a child's check demands of its parent.
-- expect scope_kind 3
-- expect role_setting 1
CREATE TABLE scope_kind (name text PRIMARY KEY CHECK (name IN ('one', 'some', 'all')));
CREATE TABLE role (id integer PRIMARY KEY, kind text NOT NULL REFERENCES scope_kind, UNIQUE (id, kind));
CREATE TABLE role_target (role_id integer NOT NULL REFERENCES role, target integer NOT NULL, kind text NOT NULL CHECK (kind = 'some'), PRIMARY KEY (role_id, target),
  FOREIGN KEY (role_id, kind) REFERENCES role (id, kind));
CREATE TABLE role_setting (at timestamptz PRIMARY KEY);
CREATE UNIQUE INDEX role_setting_one_row ON role_setting ((at IS NOT NULL));
CREATE TABLE preference (role_id integer NOT NULL REFERENCES role, condition text NOT NULL, UNIQUE (role_id, condition),
  CHECK (left(btrim(condition), 4) = 'dns:' OR left(btrim(condition), 5) = 'cidr:'), CHECK (length(btrim(condition)) > 4));
CREATE TABLE host_alias (id integer PRIMARY KEY, value text NOT NULL UNIQUE CHECK (value ~* '^(?!-)[a-z0-9-]{0,62}[a-z0-9](\.((?!-)[a-z0-9-]{0,62}[a-z0-9]))*$'));
CREATE TABLE session (id integer PRIMARY KEY, role_id integer REFERENCES role, endpoint text, low integer NOT NULL, high integer NOT NULL);
CREATE FUNCTION session_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  case
    when new.role_id is null then
      raise exception 'role_id is null';
    when new.endpoint is null then
      raise exception 'endpoint is null';
  else
  end case;
  if new.low > new.high then
    raise exception 'low is above high';
  end if;
  return new;
end $$;
CREATE TRIGGER session_is_whole BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION session_is_whole();
