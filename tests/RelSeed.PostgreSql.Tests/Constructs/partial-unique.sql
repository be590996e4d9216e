-- Uniqueness among the rows that satisfy a predicate.
CREATE TABLE organization (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE plan (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organization, code varchar(20) NOT NULL, parent_id uuid REFERENCES plan, deleted_at timestamptz);
CREATE UNIQUE INDEX plan_code ON plan (organization_id, code) WHERE deleted_at IS NULL AND parent_id IS NULL;
CREATE TABLE address (id integer PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organization, is_default boolean NOT NULL, city text NOT NULL);
CREATE UNIQUE INDEX address_default ON address (organization_id) WHERE is_default;
CREATE TABLE job (id integer PRIMARY KEY, kind text NOT NULL, state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')), finished_at timestamptz,
  CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)));
CREATE UNIQUE INDEX job_active ON job (kind) WHERE state IN ('queued', 'running');
CREATE TABLE price (id integer PRIMARY KEY, plan_id uuid NOT NULL REFERENCES plan, currency char(3) NOT NULL CHECK (currency IN ('EUR', 'USD')), valid_until date);
CREATE UNIQUE INDEX price_open ON price (plan_id, currency) WHERE valid_until IS NULL;
