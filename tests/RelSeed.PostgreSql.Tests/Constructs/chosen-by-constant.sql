-- A column that the server computes says of which kind the parent is.
CREATE TABLE account (id uuid PRIMARY KEY, is_group boolean NOT NULL, name text NOT NULL UNIQUE, UNIQUE (id, is_group));
CREATE TABLE entry (id integer PRIMARY KEY, account_id uuid NOT NULL REFERENCES account,
  of_group boolean NOT NULL GENERATED ALWAYS AS (false) STORED, amount numeric(10, 2) NOT NULL,
  FOREIGN KEY (account_id, of_group) REFERENCES account (id, is_group));
