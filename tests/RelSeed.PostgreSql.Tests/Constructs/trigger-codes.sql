-- A trigger gives its error a code of its own choice, here one that servers use of whole transactions.
CREATE TABLE room (id integer PRIMARY KEY);
CREATE TABLE booking (id integer PRIMARY KEY, room_id integer NOT NULL REFERENCES room, day integer NOT NULL CHECK (day BETWEEN 1 AND 400), note text);
CREATE FUNCTION is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM booking b WHERE b.room_id = new.room_id AND abs(b.day - new.day) < 9) THEN
    RAISE EXCEPTION 'booked' USING ERRCODE = '40002';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER is_free BEFORE INSERT ON booking FOR EACH ROW EXECUTE FUNCTION is_free();
