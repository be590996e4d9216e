-- Columns that the server computes from documents and that must not be null: the documents hold what is read of them.
CREATE TYPE level AS ENUM ('TRACE', 'INFO', 'ERROR');
CREATE FUNCTION level_of(text) RETURNS level LANGUAGE sql IMMUTABLE AS $$ SELECT $1::level $$;
CREATE FUNCTION instant_of(text) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT $1::timestamptz $$;
CREATE FUNCTION duration_of(text) RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT $1::interval $$;
CREATE TABLE run (key varchar(40) PRIMARY KEY, value jsonb NOT NULL,
  tenant varchar(20) GENERATED ALWAYS AS (value ->> 'tenantId') STORED, deleted boolean GENERATED ALWAYS AS ((value ->> 'deleted')::boolean) STORED NOT NULL,
  revision integer GENERATED ALWAYS AS ((value ->> 'revision')::integer) STORED NOT NULL, amount numeric(8, 2) GENERATED ALWAYS AS ((value ->> 'amount')::numeric) STORED NOT NULL,
  level level GENERATED ALWAYS AS (level_of(value ->> 'level')) STORED NOT NULL, started timestamptz GENERATED ALWAYS AS (instant_of(value #>> '{state,startDate}')) STORED NOT NULL,
  millis bigint GENERATED ALWAYS AS (extract(milliseconds FROM duration_of(value #>> '{state,duration}'))) STORED NOT NULL,
  label text GENERATED ALWAYS AS (coalesce(value ->> 'label', 'none')) STORED NOT NULL, search tsvector GENERATED ALWAYS AS (to_tsvector('simple', value ->> 'title')) STORED NOT NULL,
  CHECK (level <> 'TRACE'));
CREATE TABLE split (id integer PRIMARY KEY, metadata text NOT NULL, size bigint GENERATED ALWAYS AS (((metadata::json -> 'footer') ->> 'end')::bigint) STORED NOT NULL,
  first text GENERATED ALWAYS AS ((metadata::json -> 'parts') ->> 0) STORED NOT NULL);
-- The document itself may be null, but not what is computed of it.
CREATE TABLE event (id integer PRIMARY KEY, body jsonb, kind text GENERATED ALWAYS AS (body ->> 'kind') STORED NOT NULL CHECK (kind IN ('opened', 'closed')));
CREATE TABLE person (id integer PRIMARY KEY, email text, folded text GENERATED ALWAYS AS (lower(email)) STORED NOT NULL);
