-- Cycles that may be deferred, that may be null, and one under partitions.
CREATE TABLE husband (id integer PRIMARY KEY, wife_id integer NOT NULL UNIQUE);
CREATE TABLE wife (id integer PRIMARY KEY, husband_id integer NOT NULL UNIQUE REFERENCES husband DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE husband ADD FOREIGN KEY (wife_id) REFERENCES wife DEFERRABLE INITIALLY IMMEDIATE;
CREATE TABLE department (id integer PRIMARY KEY, head_id integer, name text NOT NULL);
CREATE TABLE employee (id integer PRIMARY KEY, department_id integer NOT NULL REFERENCES department, mentor_id integer REFERENCES employee, name text NOT NULL);
ALTER TABLE department ADD FOREIGN KEY (head_id) REFERENCES employee ON DELETE SET NULL;
CREATE TABLE chapter (book integer NOT NULL, n integer NOT NULL, first_page integer, PRIMARY KEY (book, n)) PARTITION BY HASH (book);
CREATE TABLE chapter_0 PARTITION OF chapter FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE chapter_1 PARTITION OF chapter FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE page (id integer PRIMARY KEY, book integer NOT NULL, chapter integer NOT NULL, FOREIGN KEY (book, chapter) REFERENCES chapter);
ALTER TABLE chapter ADD FOREIGN KEY (first_page) REFERENCES page;
