-- Disjunctions, implications, membership in small sets, arrays.
CREATE TABLE rule (id integer PRIMARY KEY, kind text NOT NULL, low integer, high integer, pattern text, value numeric(8, 2),
  CHECK (kind = 'range' AND low IS NOT NULL AND high IS NOT NULL AND low <= high OR kind = 'pattern' AND pattern IS NOT NULL OR kind = 'value' AND value > 0));
CREATE TABLE contact (id integer PRIMARY KEY, email text, phone text, fax text, CHECK (email IS NOT NULL OR phone IS NOT NULL OR fax IS NOT NULL), CHECK (fax IS NULL OR phone IS NOT NULL));
CREATE TABLE permission (id integer PRIMARY KEY, actions text[] NOT NULL CHECK (actions <@ ARRAY['read', 'write', 'admin'] AND cardinality(actions) > 0), level integer NOT NULL CHECK (level = ANY (ARRAY[1, 2, 4, 8])),
  mask integer NOT NULL CHECK ((mask & 3) = mask), ratio double precision NOT NULL CHECK (ratio > 0 AND ratio <= 1), parity integer NOT NULL CHECK (parity % 2 = 0));
CREATE TABLE window_ (id integer PRIMARY KEY, opens time NOT NULL, closes time NOT NULL, days integer[] NOT NULL, CHECK (opens < closes), CHECK (array_length(days, 1) = 7));
