-- Domains over domains, and clock-dependent checks.
CREATE DOMAIN amount AS numeric(12, 2) CHECK (VALUE >= 0);
CREATE DOMAIN small_amount AS amount CHECK (VALUE < 100);
CREATE DOMAIN name_text AS text NOT NULL CHECK (VALUE <> '' AND length(VALUE) <= 30);
CREATE DOMAIN status AS text CHECK (VALUE IN ('on', 'off')) DEFAULT 'on';
CREATE DOMAIN weekday AS smallint CHECK (VALUE >= 0 AND VALUE <= 6);
CREATE TABLE entry (id integer PRIMARY KEY, a amount NOT NULL, s small_amount, n name_text, st status NOT NULL, w weekday NOT NULL, UNIQUE (n, w));
CREATE TABLE person (id integer PRIMARY KEY, born date NOT NULL CHECK (born > '1900-01-01' AND born <= CURRENT_DATE - 365 * 18), registered timestamptz NOT NULL CHECK (registered <= now()), CHECK (registered::date > born));
