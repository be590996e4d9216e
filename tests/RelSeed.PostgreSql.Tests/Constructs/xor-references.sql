-- Exactly one, or at most one, of several references.
CREATE TABLE plan (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE subscription (id integer PRIMARY KEY, plan_id integer NOT NULL REFERENCES plan);
CREATE TABLE customer (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE fee (id integer PRIMARY KEY, plan_id integer REFERENCES plan, subscription_id integer REFERENCES subscription, amount numeric(10, 2) NOT NULL,
  CHECK ((plan_id IS NOT NULL) <> (subscription_id IS NOT NULL)));
CREATE TABLE note (id integer PRIMARY KEY, plan_id integer REFERENCES plan, subscription_id integer REFERENCES subscription, customer_id integer REFERENCES customer,
  body text NOT NULL, CHECK (num_nonnulls(plan_id, subscription_id, customer_id) = 1));
CREATE TABLE file (id integer PRIMARY KEY, plan_id integer REFERENCES plan, customer_id integer REFERENCES customer, url text,
  CHECK (((plan_id IS NOT NULL)::integer + (customer_id IS NOT NULL)::integer + (url IS NOT NULL)::integer) <= 1));
CREATE TABLE attachment (id integer PRIMARY KEY, a integer, b integer, c integer, d integer, e integer, f integer, g integer, h integer,
  CHECK (num_nonnulls(a, b, c, d, e, f, g, h) = 1));
CREATE TABLE owner (id integer PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('plan', 'customer')), plan_id integer REFERENCES plan, customer_id integer REFERENCES customer,
  CHECK (CASE kind WHEN 'plan' THEN plan_id IS NOT NULL AND customer_id IS NULL ELSE customer_id IS NOT NULL AND plan_id IS NULL END));
