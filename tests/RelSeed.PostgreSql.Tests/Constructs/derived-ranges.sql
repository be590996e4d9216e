-- Ranges and numbers bound to other columns.
CREATE TABLE dimension (key integer PRIMARY KEY, valid tstzrange NOT NULL, starts timestamptz NOT NULL, ends timestamptz,
  CHECK (lower(valid) = starts), CHECK (upper(valid) IS NOT DISTINCT FROM ends), CHECK (NOT isempty(valid)));
CREATE TABLE span (id integer PRIMARY KEY, low integer NOT NULL, high integer NOT NULL, middle integer NOT NULL, r int4range,
  CHECK (low < high), CHECK (middle >= low AND middle <= high), CHECK (r IS NULL OR lower_inc(r)));
CREATE TABLE line (id integer PRIMARY KEY, quantity integer NOT NULL CHECK (quantity > 0), unit numeric(8, 2) NOT NULL CHECK (unit >= 0), total numeric(14, 2) NOT NULL, discount numeric(4, 3) NOT NULL,
  CHECK (total = quantity * unit), CHECK (discount >= 0 AND discount < 1));
CREATE TABLE allocation (id integer PRIMARY KEY, amount numeric(10, 2) NOT NULL, used numeric(10, 2) NOT NULL, CHECK (used >= LEAST(amount, 0) AND used <= GREATEST(amount, 0)));
CREATE TABLE stay (id integer PRIMARY KEY, arrival date NOT NULL, departure date NOT NULL, nights integer NOT NULL, booked_at timestamp NOT NULL, cancelled_at timestamp,
  CHECK (departure > arrival), CHECK (nights = departure - arrival), CHECK (booked_at <= arrival), CHECK (cancelled_at IS NULL OR cancelled_at BETWEEN booked_at AND departure));
CREATE TABLE place (id integer PRIMARY KEY, lat double precision, lon double precision, CHECK (lat BETWEEN -90 AND 90), CHECK (lon >= -180 AND lon < 180), CHECK ((lat IS NULL) = (lon IS NULL)));
-- Two ranges that begin together, the one inside the other, each tied to columns.
CREATE TABLE session_fact (id integer PRIMARY KEY, issued timestamptz NOT NULL, last_seen timestamptz NOT NULL, deleted timestamptz NOT NULL,
  active tstzrange NOT NULL, valid tstzrange NOT NULL, CHECK (active <@ valid), CHECK (lower(active) = issued), CHECK (upper(active) = last_seen),
  CHECK (lower(valid) = issued), CHECK (upper(valid) = deleted), CHECK (last_seen <= deleted));
