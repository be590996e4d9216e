-- A partitioned table without partitions holds no row; what needs it holds none either, the rest goes on.
-- expect audit 0
-- expect audit_note 0
CREATE TABLE audit (id bigint NOT NULL, at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE account (id integer PRIMARY KEY, name text NOT NULL);
ALTER TABLE audit ADD PRIMARY KEY (id, at);
CREATE TABLE audit_note (id integer PRIMARY KEY, audit_id bigint NOT NULL, audit_at timestamptz NOT NULL, FOREIGN KEY (audit_id, audit_at) REFERENCES audit);
-- A partition that is partitioned itself and has no partition takes no row either; the one beside it does.
-- expect reading 0
CREATE TABLE reading (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE reading_2025 PARTITION OF reading FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (id);
CREATE TABLE measure (id integer NOT NULL, site text NOT NULL) PARTITION BY LIST (site);
CREATE TABLE measure_north PARTITION OF measure FOR VALUES IN ('north') PARTITION BY HASH (id);
CREATE TABLE measure_south PARTITION OF measure FOR VALUES IN ('south');
