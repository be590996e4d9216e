-- One row a grandparent at most, so that each grandparent has a parent.
CREATE TABLE project (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE branch (project_id uuid REFERENCES project, id uuid, name text NOT NULL, PRIMARY KEY (project_id, id), UNIQUE (project_id, name));
CREATE TABLE current_branch (project_id uuid PRIMARY KEY REFERENCES project, branch_id uuid NOT NULL, FOREIGN KEY (project_id, branch_id) REFERENCES branch);
