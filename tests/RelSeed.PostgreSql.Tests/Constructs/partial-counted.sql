-- A key within a parent, and one of the rows without a parent: which value is the first depends on the parent.
CREATE TYPE workload AS ENUM ('experiment', 'task');
CREATE TABLE workspace (id integer PRIMARY KEY);
CREATE TABLE policy (workspace_id integer REFERENCES workspace, kind workload NOT NULL, note text);
CREATE UNIQUE INDEX policy_global ON policy (kind) WHERE workspace_id IS NULL;
CREATE UNIQUE INDEX policy_own ON policy (workspace_id, kind) WHERE workspace_id IS NOT NULL;
