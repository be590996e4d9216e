-- One of two amounts is zero, told as their product; a third has the sign of their difference.
CREATE TABLE move_line (id serial PRIMARY KEY, debit numeric NOT NULL, credit numeric NOT NULL, second_amount numeric,
  CHECK (credit * debit = 0), CHECK (coalesce(second_amount, 0) * (debit - credit) >= 0));
CREATE TABLE balance (id serial PRIMARY KEY, paid numeric(10, 2), due numeric(10, 2), free double precision NOT NULL,
  CHECK (paid * due * free = 0::double precision));
