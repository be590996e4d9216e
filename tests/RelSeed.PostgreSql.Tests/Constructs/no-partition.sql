-- A partitioned table without partitions holds no row; what needs it holds none either, the rest goes on.
-- expect audit 0
-- expect audit_note 0
CREATE TABLE audit (id bigint NOT NULL, at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE account (id integer PRIMARY KEY, name text NOT NULL);
ALTER TABLE audit ADD PRIMARY KEY (id, at);
CREATE TABLE audit_note (id integer PRIMARY KEY, audit_id bigint NOT NULL, audit_at timestamptz NOT NULL, FOREIGN KEY (audit_id, audit_at) REFERENCES audit);
