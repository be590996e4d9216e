-- A trigger deletes the rows of another table that its new row names: those come after it.
CREATE TABLE mailbox (id integer PRIMARY KEY);
CREATE TABLE message (mailbox_id integer NOT NULL REFERENCES mailbox, uid integer NOT NULL CHECK (uid BETWEEN 1 AND 3), body text, PRIMARY KEY (mailbox_id, uid));
CREATE TABLE removed (mailbox_id integer NOT NULL REFERENCES mailbox, uid integer NOT NULL CHECK (uid BETWEEN 1 AND 3), reason text, PRIMARY KEY (mailbox_id, uid));
CREATE TABLE note (id integer PRIMARY KEY, mailbox_id integer NOT NULL, uid integer NOT NULL, FOREIGN KEY (mailbox_id, uid) REFERENCES message ON DELETE CASCADE);
CREATE FUNCTION drop_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM message WHERE mailbox_id = new.mailbox_id AND uid = new.uid;
  RETURN NULL;
END $$;
CREATE TRIGGER drop_message AFTER INSERT ON removed FOR EACH ROW EXECUTE FUNCTION drop_message();
