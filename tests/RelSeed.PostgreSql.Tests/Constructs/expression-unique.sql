-- Uniqueness after an expression: case, coalesced, dug out of JSON.
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TABLE account (id integer PRIMARY KEY, login text NOT NULL, email text NOT NULL, nick citext NOT NULL UNIQUE);
CREATE UNIQUE INDEX account_login ON account (lower(login));
CREATE UNIQUE INDEX account_email ON account (lower(trim(email)));
CREATE TABLE daemon (id uuid PRIMARY KEY, tags jsonb NOT NULL, name varchar(64) NOT NULL);
CREATE UNIQUE INDEX daemon_owner ON daemon (lower(name), lower(COALESCE(tags ->> 'owner', '')));
CREATE TABLE folder (id integer PRIMARY KEY, parent_id integer REFERENCES folder, name text NOT NULL);
CREATE UNIQUE INDEX folder_name ON folder (COALESCE(parent_id, 0), lower(name));
CREATE TABLE visit (id integer PRIMARY KEY, account_id integer NOT NULL REFERENCES account, at timestamp NOT NULL);
CREATE UNIQUE INDEX visit_day ON visit (account_id, date_trunc('day', at));
CREATE COLLATION IF NOT EXISTS ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE word (id integer PRIMARY KEY, word text COLLATE ignoring_case NOT NULL UNIQUE);
