-- Exactly one of many references, each of which a parent takes once.
CREATE TABLE disk (id integer PRIMARY KEY);
CREATE TABLE share (id integer PRIMARY KEY);
CREATE TABLE bucket (id integer PRIMARY KEY);
CREATE TABLE container (id integer PRIMARY KEY);
CREATE TABLE tape (id integer PRIMARY KEY);
CREATE TABLE store (id integer PRIMARY KEY, disk_id integer UNIQUE REFERENCES disk, share_id integer UNIQUE REFERENCES share, bucket_id integer UNIQUE REFERENCES bucket,
  container_id integer UNIQUE REFERENCES container, tape_id integer UNIQUE REFERENCES tape,
  CHECK ((disk_id IS NOT NULL)::integer + (share_id IS NOT NULL)::integer + (bucket_id IS NOT NULL)::integer + (container_id IS NOT NULL)::integer
    + (tape_id IS NOT NULL)::integer = 1));
CREATE TABLE several (id integer PRIMARY KEY, disk_id integer UNIQUE REFERENCES disk, share_id integer UNIQUE REFERENCES share, bucket_id integer UNIQUE REFERENCES bucket,
  container_id integer UNIQUE REFERENCES container, tape_id integer UNIQUE REFERENCES tape, CHECK (num_nonnulls(disk_id, share_id, bucket_id, container_id, tape_id) IN (1, 2)));
