-- Keys made only of references: distinct combinations up to the capacity.
-- rows author=4
-- rows tag=6
-- rows role=3
-- expect book_tag all
-- expect author_role 12
-- expect author_tag 24
-- expect profile 4
CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (id integer PRIMARY KEY, author_id integer NOT NULL REFERENCES author, title text NOT NULL, UNIQUE (author_id, title));
CREATE TABLE tag (id integer PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE role (id integer PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE book_tag (book_id integer NOT NULL REFERENCES book, tag_id integer NOT NULL REFERENCES tag, PRIMARY KEY (book_id, tag_id));
CREATE TABLE author_role (author_id integer NOT NULL REFERENCES author, role_id integer NOT NULL REFERENCES role, since date, PRIMARY KEY (author_id, role_id));
CREATE TABLE author_tag (author_id integer NOT NULL REFERENCES author, tag_id integer NOT NULL REFERENCES tag, UNIQUE (tag_id, author_id));
CREATE TABLE profile (author_id integer PRIMARY KEY REFERENCES author, bio text NOT NULL);
