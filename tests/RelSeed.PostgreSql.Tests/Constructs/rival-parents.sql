-- Checks of two tables that want different rows of one parent, by functions that only the server reads; keys count on the parents.
CREATE TYPE application_type AS ENUM ('Native', 'Traditional', 'Machine', 'Federated');
CREATE TABLE tenant (id integer PRIMARY KEY);
CREATE TABLE application (id integer PRIMARY KEY, type application_type NOT NULL, name text NOT NULL);
CREATE TABLE role (id integer PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION has_type(wanting integer, wanted application_type) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT type FROM application WHERE id = wanting) = wanted; END $$;
CREATE TABLE application_role (tenant_id integer NOT NULL REFERENCES tenant, application_id integer NOT NULL REFERENCES application, role_id integer NOT NULL REFERENCES role,
  PRIMARY KEY (tenant_id, application_id, role_id), CONSTRAINT machine_only CHECK (has_type(application_id, 'Machine')));
CREATE TABLE federation (tenant_id integer NOT NULL REFERENCES tenant, application_id integer NOT NULL REFERENCES application, issuer text,
  PRIMARY KEY (tenant_id, application_id), CONSTRAINT federated_only CHECK (has_type(application_id, 'Federated')));
