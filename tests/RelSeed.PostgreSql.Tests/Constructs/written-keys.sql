-- A trigger refers to rows by literals of its own: they stand before.
CREATE TABLE client (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE team (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE access_level (code text PRIMARY KEY);
CREATE TABLE membership (client_id integer REFERENCES client, team_id integer REFERENCES team, level text NOT NULL REFERENCES access_level, PRIMARY KEY (client_id, team_id));
CREATE FUNCTION join_everyone() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO membership (client_id, team_id, level) VALUES (new.id, 0, 'guest'); RETURN NULL; END $$;
CREATE TRIGGER join_everyone AFTER INSERT ON client FOR EACH ROW EXECUTE FUNCTION join_everyone();
