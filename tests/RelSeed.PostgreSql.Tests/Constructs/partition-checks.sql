-- Checks of single partitions, each of which contradicts the others': a row keeps to those of its own.
CREATE TABLE metric (id integer NOT NULL, kind text DEFAULT 'other' NOT NULL, label text NOT NULL, value double precision) PARTITION BY LIST (kind);
CREATE TABLE metric_training PARTITION OF metric (CONSTRAINT label_check CHECK (label = 'training')) FOR VALUES IN ('training');
CREATE TABLE metric_validation PARTITION OF metric (CONSTRAINT label_check CHECK (label = 'validation')) FOR VALUES IN ('validation');
CREATE TABLE metric_other PARTITION OF metric (CONSTRAINT label_check CHECK (label <> ALL (ARRAY['training', 'validation']))) FOR VALUES IN ('other');
