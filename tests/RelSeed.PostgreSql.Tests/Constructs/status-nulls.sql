-- A status decides which columns are null.
CREATE TYPE job_state AS ENUM ('available', 'running', 'completed', 'cancelled', 'discarded');
CREATE TABLE job (id bigserial PRIMARY KEY, state job_state NOT NULL DEFAULT 'available', attempt smallint NOT NULL DEFAULT 0, max_attempts smallint NOT NULL,
  attempted_at timestamptz, finalized_at timestamptz, queue text NOT NULL DEFAULT 'default', created_at timestamptz NOT NULL,
  CONSTRAINT finalized CHECK ((finalized_at IS NULL AND state NOT IN ('cancelled', 'completed', 'discarded')) OR (finalized_at IS NOT NULL AND state IN ('cancelled', 'completed', 'discarded'))),
  CONSTRAINT attempts CHECK (max_attempts > 0 AND attempt <= max_attempts), CONSTRAINT queue_length CHECK (char_length(queue) > 0 AND char_length(queue) < 128));
CREATE TABLE invoice (id integer PRIMARY KEY, status varchar(10) NOT NULL CHECK (status IN ('draft', 'open', 'voided', 'paid')), void_reason text, voided_at timestamptz, paid_at timestamptz,
  total numeric(12, 2) NOT NULL, paid numeric(12, 2) NOT NULL DEFAULT 0,
  CHECK ((status = 'voided') = (void_reason IS NOT NULL AND voided_at IS NOT NULL)), CHECK (status <> 'paid' OR paid_at IS NOT NULL AND paid = total),
  CHECK (total >= 0 AND paid >= 0 AND paid <= total));
CREATE TABLE person (id integer PRIMARY KEY, is_company boolean NOT NULL, company text, first_name text, last_name text, vat varchar(14),
  CHECK (CASE WHEN is_company THEN company IS NOT NULL ELSE first_name IS NOT NULL AND last_name IS NOT NULL END), CHECK (is_company OR vat IS NULL));
