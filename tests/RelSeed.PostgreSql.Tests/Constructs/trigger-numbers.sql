-- A trigger numbers the rows, within each parent or all of them, and others refer by these numbers.
CREATE TABLE talks (id integer PRIMARY KEY, title text NOT NULL);
CREATE TABLE members (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE voices (talk_id integer NOT NULL REFERENCES talks, voice_no integer NOT NULL, member_id integer NOT NULL REFERENCES members,
  UNIQUE (talk_id, voice_no), UNIQUE (talk_id, member_id));
CREATE FUNCTION number_voice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  SELECT COALESCE(MAX(voice_no) + 1, 0) INTO NEW.voice_no FROM voices WHERE talk_id = NEW.talk_id;
  RETURN NEW;
END $$;
CREATE TRIGGER number_voice BEFORE INSERT ON voices FOR EACH ROW EXECUTE FUNCTION number_voice();
CREATE TABLE remarks (id integer PRIMARY KEY, talk_id integer NOT NULL, voice_no integer NOT NULL, body text NOT NULL,
  FOREIGN KEY (talk_id, voice_no) REFERENCES voices (talk_id, voice_no));
CREATE TABLE blocks (height bigint NOT NULL UNIQUE, hash uuid PRIMARY KEY);
CREATE FUNCTION number_block() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next_height bigint;
BEGIN
  next_height := (SELECT COALESCE(MAX(height), 0) + 1 FROM blocks);
  NEW.height := next_height;
  RETURN NEW;
END $$;
CREATE TRIGGER number_block BEFORE INSERT ON blocks FOR EACH ROW EXECUTE FUNCTION number_block();
CREATE TABLE payments (id integer PRIMARY KEY, height bigint NOT NULL REFERENCES blocks (height), amount numeric(10,2) NOT NULL);
