-- Addresses in order, and without a network.
CREATE TABLE address_range (id serial PRIMARY KEY, first inet NOT NULL, last inet NOT NULL,
  CONSTRAINT no_networks CHECK (host(first)::inet = first AND host(last)::inet = last), CONSTRAINT range_order CHECK (first < last));
CREATE TABLE lease (id serial PRIMARY KEY, address inet NOT NULL UNIQUE, gateway inet CHECK (masklen(gateway) = 32 AND family(gateway) = 4), CHECK (gateway <> address));
