-- Several composite foreign keys that share a tenant column: all parents of a row agree on it.
CREATE TABLE tenant (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE project (tenant_id integer NOT NULL REFERENCES tenant, id integer NOT NULL, code varchar(8) NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, code));
CREATE TABLE member (tenant_id integer NOT NULL REFERENCES tenant, id integer NOT NULL, email text NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email));
CREATE TABLE task (
  tenant_id integer NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, project_id integer NOT NULL, assignee_id integer, reporter_id integer NOT NULL, title text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES project, FOREIGN KEY (tenant_id, assignee_id) REFERENCES member, FOREIGN KEY (tenant_id, reporter_id) REFERENCES member);
CREATE TABLE watch (tenant_id integer NOT NULL, task_id bigint NOT NULL, member_id integer NOT NULL, PRIMARY KEY (tenant_id, task_id, member_id),
  FOREIGN KEY (tenant_id, task_id) REFERENCES task, FOREIGN KEY (tenant_id, member_id) REFERENCES member);
