-- Values inside the bounds of range, list, hash, sub- and default partitions.
CREATE TABLE customer (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE payment (id integer NOT NULL, customer_id integer NOT NULL REFERENCES customer, paid_at timestamptz NOT NULL, amount numeric(8, 2) NOT NULL CHECK (amount > 0),
  PRIMARY KEY (id, paid_at)) PARTITION BY RANGE (paid_at);
CREATE TABLE payment_1 PARTITION OF payment FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE payment_2 PARTITION OF payment FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE payment_3 PARTITION OF payment FOR VALUES FROM ('2024-05-01') TO ('2024-06-01');
CREATE TABLE event (region text NOT NULL, day date NOT NULL, n integer NOT NULL, PRIMARY KEY (region, day, n)) PARTITION BY LIST (region);
CREATE TABLE event_eu PARTITION OF event FOR VALUES IN ('de', 'fr') PARTITION BY RANGE (day);
CREATE TABLE event_eu_1 PARTITION OF event_eu FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
CREATE TABLE event_eu_2 PARTITION OF event_eu FOR VALUES FROM ('2025-07-01') TO ('2026-01-01');
CREATE TABLE event_us PARTITION OF event FOR VALUES IN ('us');
CREATE TABLE reading (sensor integer NOT NULL, value double precision NOT NULL) PARTITION BY HASH (sensor);
CREATE TABLE reading_0 PARTITION OF reading FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE reading_1 PARTITION OF reading FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE log_old PARTITION OF log FOR VALUES FROM (MINVALUE) TO ('2000-01-01');
CREATE TABLE log_rest PARTITION OF log DEFAULT;
CREATE TABLE log_note (id integer PRIMARY KEY, log_id bigint NOT NULL, log_at date NOT NULL, FOREIGN KEY (log_id, log_at) REFERENCES log);
