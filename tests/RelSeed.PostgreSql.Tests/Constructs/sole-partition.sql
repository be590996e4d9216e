-- Keys between partitions, each the only one of its table.
CREATE TABLE event (id bigint NOT NULL, at timestamptz NOT NULL, what text NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE event_default PARTITION OF event DEFAULT;
ALTER TABLE event_default ADD PRIMARY KEY (id, at);
CREATE TABLE change (event_id bigint NOT NULL, at timestamptz NOT NULL, place integer NOT NULL, text text) PARTITION BY RANGE (at);
CREATE TABLE change_default PARTITION OF change DEFAULT;
ALTER TABLE change_default ADD PRIMARY KEY (event_id, at, place), ADD FOREIGN KEY (event_id, at) REFERENCES event_default (id, at);
