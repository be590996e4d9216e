-- Rows of one kind of a parent, told by a column of the key to it: the parent could hold any text there.
CREATE TABLE tenant (id integer PRIMARY KEY);
CREATE TABLE model (tenant_id integer NOT NULL REFERENCES tenant, kind varchar(64) NOT NULL, id varchar(40) PRIMARY KEY, payload jsonb NOT NULL, UNIQUE (tenant_id, kind, id));
CREATE TABLE grant_scope (id integer PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenant, kind varchar(64) NOT NULL DEFAULT 'Grant' CHECK (kind = 'Grant'), model_id varchar(40) NOT NULL,
  FOREIGN KEY (tenant_id, kind, model_id) REFERENCES model (tenant_id, kind, id));
CREATE TABLE session_scope (id integer PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenant, kind varchar(64) NOT NULL CHECK (kind IN ('Session', 'Token')), model_id varchar(40) NOT NULL,
  FOREIGN KEY (tenant_id, kind, model_id) REFERENCES model (tenant_id, kind, id));
