-- Triggers that let a row pass where they find another, and refuse all others.
CREATE TABLE fund (id integer PRIMARY KEY, org integer NOT NULL, code text NOT NULL, UNIQUE (org, code));
CREATE TABLE share (id integer PRIMARY KEY, org integer NOT NULL, fund_code text, percent numeric NOT NULL);
CREATE FUNCTION share_fund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE dummy int := 0;
BEGIN
  SELECT 1 INTO dummy FROM fund WHERE org = NEW.org AND code = NEW.fund_code LIMIT 1;
  IF dummy = 1 THEN RETURN NEW; ELSE RAISE EXCEPTION 'no fund'; END IF;
END $$;
CREATE TRIGGER share_fund BEFORE INSERT ON share FOR EACH ROW EXECUTE FUNCTION share_fund();
CREATE TABLE claim (id integer PRIMARY KEY, org integer NOT NULL, code text NOT NULL, note text);
CREATE FUNCTION claim_fund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fund f WHERE f.org = NEW.org AND f.code = NEW.code) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'no such fund';
END $$;
CREATE TRIGGER claim_fund BEFORE INSERT ON claim FOR EACH ROW EXECUTE FUNCTION claim_fund();
CREATE TABLE quote (id integer PRIMARY KEY, fund_code text NOT NULL);
CREATE FUNCTION quote_fund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE many integer;
BEGIN
  SELECT count(*) INTO many FROM fund WHERE code = NEW.fund_code;
  IF many > 0 THEN NULL; ELSE RAISE EXCEPTION 'no such code'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER quote_fund BEFORE INSERT ON quote FOR EACH ROW EXECUTE FUNCTION quote_fund();
