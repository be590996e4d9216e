-- The amounts of an entry's lines cancel out: two columns, a sign, a side that a text, a label or a truth value tells, told by the entry's trigger.
-- times posting_lines 2
CREATE TYPE side AS ENUM ('debit', 'credit');
CREATE TABLE accounts (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE entries (id integer PRIMARY KEY, made_on date NOT NULL);
CREATE TABLE entry_lines (
  id integer PRIMARY KEY, entry_id integer NOT NULL REFERENCES entries, account_id integer NOT NULL REFERENCES accounts,
  debit numeric(12,2) NOT NULL DEFAULT 0, credit numeric(12,2) NOT NULL DEFAULT 0, memo text,
  CHECK ((debit > 0 AND credit = 0) OR (credit > 0 AND debit = 0)));
CREATE FUNCTION entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE total_debit numeric; total_credit numeric;
BEGIN
  SELECT COALESCE(SUM(debit), 0), COALESCE(SUM(credit), 0) INTO total_debit, total_credit FROM entry_lines WHERE entry_id = NEW.entry_id;
  IF total_debit <> total_credit THEN RAISE EXCEPTION 'entry % is unbalanced', NEW.entry_id; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT OR UPDATE ON entry_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION entries_balance();

CREATE TABLE transfers (id uuid PRIMARY KEY, note text);
CREATE TABLE movements (
  transfer_id uuid REFERENCES transfers, line_no smallint, amount bigint NOT NULL CHECK (amount <> 0), PRIMARY KEY (transfer_id, line_no));
CREATE FUNCTION transfers_balance() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (SELECT SUM(m.amount) FROM movements m WHERE m.transfer_id = NEW.transfer_id) <> 0 THEN RAISE EXCEPTION 'not zero'; END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER transfers_balance AFTER INSERT ON movements DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION transfers_balance();

CREATE TABLE journals (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
CREATE TABLE bookings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, journal_id bigint NOT NULL REFERENCES journals, account_id integer NOT NULL REFERENCES accounts,
  direction side NOT NULL, amount numeric(14,2) NOT NULL CHECK (amount > 0));
CREATE FUNCTION journals_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d numeric; c numeric;
BEGIN
  SELECT SUM(CASE WHEN direction = 'debit' THEN amount ELSE 0 END), SUM(CASE WHEN direction = 'credit' THEN amount ELSE 0 END) INTO d, c
  FROM bookings WHERE journal_id = NEW.journal_id;
  IF ABS(d - c) > 0.01 THEN RAISE EXCEPTION 'unbalanced'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journals_balance AFTER INSERT ON bookings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journals_balance();

CREATE TABLE postings (id integer PRIMARY KEY, text text);
CREATE TABLE posting_lines (
  id integer PRIMARY KEY, posting_id integer NOT NULL REFERENCES postings, kind text NOT NULL CHECK (kind IN ('D', 'C')),
  amount integer NOT NULL CHECK (amount > 0));
CREATE FUNCTION postings_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE balance bigint; lines integer;
BEGIN
  SELECT COALESCE(SUM(CASE l.kind WHEN 'D' THEN l.amount ELSE -l.amount END), 0), COUNT(*) INTO balance, lines FROM posting_lines l WHERE l.posting_id = NEW.id;
  IF balance != 0 OR lines < 2 THEN RAISE EXCEPTION 'posting % does not balance', NEW.id; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION postings_balance();
