-- Lists of a given length by their upper bound, and documents that are lists by default and counted by a check.
CREATE TYPE kind AS ENUM ('plain', 'grouped');
CREATE TABLE schedule (id integer PRIMARY KEY, minutes boolean[] DEFAULT '{}' NOT NULL, days boolean[] NOT NULL,
  CHECK (array_upper(minutes, 1) = 60), CHECK (array_upper(days, 1) = 7));
CREATE TABLE field (id integer PRIMARY KEY, kind kind NOT NULL, parts jsonb DEFAULT '[]'::jsonb NOT NULL,
  CHECK ((kind = 'grouped') = (jsonb_array_length(parts) > 0)));
