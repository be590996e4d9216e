-- Addresses of a version, and within networks that checks name.
CREATE TABLE prefix_pool (id serial PRIMARY KEY, prefix cidr NOT NULL UNIQUE, excluded cidr[], CHECK (family(prefix::inet) = 6));
CREATE TABLE underlay_group (id serial PRIMARY KEY, multicast_ip inet NOT NULL, time_deleted timestamptz,
  CHECK (family(multicast_ip) = 6 AND multicast_ip << 'ff04::/16'));
CREATE UNIQUE INDEX ON underlay_group (multicast_ip) WHERE time_deleted IS NULL;
CREATE TABLE multicast_group (id serial PRIMARY KEY, multicast_ip inet NOT NULL UNIQUE,
  CHECK ((family(multicast_ip) = 4 AND multicast_ip << '224.0.0.0/4') OR (family(multicast_ip) = 6 AND multicast_ip << 'ff00::/8' AND NOT multicast_ip << 'ff04::/16')),
  CHECK (family(multicast_ip) <> 4 OR NOT multicast_ip << '224.0.0.0/24'));
CREATE DOMAIN private_address AS inet CHECK (VALUE <<= '192.168.0.0/16');
CREATE TABLE host (id serial PRIMARY KEY, address private_address NOT NULL, gateway inet CHECK (gateway && '172.16.0.0/12'));
