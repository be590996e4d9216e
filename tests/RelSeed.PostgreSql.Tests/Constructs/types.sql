-- Types of every family, plain, nested, and confined by domains.
CREATE EXTENSION IF NOT EXISTS hstore;
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TYPE colour AS ENUM ('red', 'green', 'blue');
CREATE TYPE address AS (street text, no integer, zip char(5));
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN digest AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN scores AS integer[] CHECK (array_length(VALUE, 1) <= 5 AND 0 <= ALL (VALUE));
CREATE DOMAIN mail AS citext CHECK (VALUE ~ '^[a-z0-9.]+@[a-z0-9.]+$') NOT NULL;
CREATE DOMAIN dimensions AS address CHECK ((VALUE).no > 0);
CREATE TABLE every_type (
  id bigint PRIMARY KEY, i2 smallint NOT NULL, f4 real NOT NULL, f8 double precision NOT NULL, n numeric NOT NULL, m money NOT NULL, b boolean NOT NULL, t text NOT NULL, c char(7) NOT NULL,
  v varchar(9) NOT NULL, ci citext NOT NULL, nm name NOT NULL, bin bytea NOT NULL, u uuid NOT NULL, d date NOT NULL, tm time NOT NULL, tmtz timetz NOT NULL, ts timestamp NOT NULL,
  tstz timestamptz(3) NOT NULL, iv interval NOT NULL, j json NOT NULL, jb jsonb NOT NULL, x xml NOT NULL, ip inet NOT NULL, net cidr NOT NULL, mac macaddr NOT NULL, mac8 macaddr8 NOT NULL,
  bits bit(12) NOT NULL, vbits varbit(20) NOT NULL, p point NOT NULL, ln line NOT NULL, seg lseg NOT NULL, bx box NOT NULL, pth path NOT NULL, poly polygon NOT NULL, circ circle NOT NULL,
  tsv tsvector NOT NULL, tsq tsquery NOT NULL, hs hstore NOT NULL, lt ltree NOT NULL, r4 int4range NOT NULL, r8 int8range NOT NULL, rn numrange NOT NULL, rd daterange NOT NULL,
  rts tsrange NOT NULL, rtz tstzrange NOT NULL, mr int4multirange NOT NULL, mrt tstzmultirange NOT NULL, e colour NOT NULL, ea colour[] NOT NULL, ia integer[] NOT NULL, ta text[] NOT NULL,
  na numeric(6, 2)[] NOT NULL, ua uuid[] NOT NULL, jba jsonb[] NOT NULL, ad address NOT NULL, ads address[] NOT NULL, po positive NOT NULL, di digest NOT NULL, sc scores NOT NULL, ma mail,
  dm dimensions NOT NULL, pos positive[] NOT NULL, lsn pg_lsn NOT NULL);
CREATE TABLE type_keys (n numeric(5, 2) NOT NULL UNIQUE, d date NOT NULL UNIQUE, t time NOT NULL UNIQUE, u uuid PRIMARY KEY, ip inet NOT NULL UNIQUE, mac macaddr NOT NULL UNIQUE,
  bits bit(16) NOT NULL UNIQUE, e colour NOT NULL, f double precision NOT NULL UNIQUE, di digest NOT NULL UNIQUE, v varchar(3) NOT NULL UNIQUE, c char(2) NOT NULL UNIQUE, r int4range NOT NULL UNIQUE,
  lt ltree NOT NULL UNIQUE, arr integer[] NOT NULL UNIQUE, UNIQUE (e, c));
CREATE TABLE type_key_note (id integer PRIMARY KEY, u uuid REFERENCES type_keys, n numeric(5, 2) REFERENCES type_keys (n), d date REFERENCES type_keys (d), ip inet REFERENCES type_keys (ip), v varchar(3) REFERENCES type_keys (v));
