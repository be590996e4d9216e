-- Each partition has a foreign key of its own for the same column.
CREATE TABLE photo (id uuid PRIMARY KEY);
CREATE TABLE profile (id uuid PRIMARY KEY);
CREATE TABLE label (kind text NOT NULL, owner uuid NOT NULL, name text NOT NULL, PRIMARY KEY (kind, owner, name)) PARTITION BY LIST (kind);
CREATE TABLE label_of_photo PARTITION OF label FOR VALUES IN ('photo');
CREATE TABLE label_of_profile PARTITION OF label FOR VALUES IN ('profile');
ALTER TABLE label_of_photo ADD FOREIGN KEY (owner) REFERENCES photo;
ALTER TABLE label_of_profile ADD FOREIGN KEY (owner) REFERENCES profile;
-- Lists of a type whose values are written otherwise.
CREATE TABLE path (steps integer[] NOT NULL, name text) PARTITION BY LIST (steps);
CREATE TABLE path_rest PARTITION OF path DEFAULT;
CREATE TABLE path_one PARTITION OF path FOR VALUES IN ('{1}', '{2,3}');
