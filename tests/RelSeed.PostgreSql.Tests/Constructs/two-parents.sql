-- One column that refers to two parents at once: a value that stands in both.
CREATE TABLE library (id text PRIMARY KEY, name text NOT NULL);
CREATE TABLE vault_library (library_id text PRIMARY KEY REFERENCES library, path text NOT NULL);
CREATE TABLE mapping (library_id text PRIMARY KEY, kind text NOT NULL,
  FOREIGN KEY (library_id) REFERENCES library, FOREIGN KEY (library_id) REFERENCES vault_library);
CREATE TABLE usage (id uuid PRIMARY KEY, library_id text NOT NULL REFERENCES vault_library REFERENCES mapping, at timestamptz NOT NULL);
