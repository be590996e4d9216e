-- Trees: self-references inside composite keys, twice, and to a unique key.
CREATE TABLE forum (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE post (forum_id integer NOT NULL REFERENCES forum, id integer NOT NULL, parent_id integer, quoted_id integer, body text NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (forum_id, id), FOREIGN KEY (forum_id, parent_id) REFERENCES post, FOREIGN KEY (forum_id, quoted_id) REFERENCES post);
CREATE TABLE category (id integer PRIMARY KEY, code text NOT NULL UNIQUE, parent_code text REFERENCES category (code), CHECK (parent_code <> code));
CREATE TABLE account (no varchar(10) PRIMARY KEY, parent_no varchar(10) REFERENCES account, root_no varchar(10) NOT NULL REFERENCES account, name text NOT NULL);
CREATE TABLE closure (ancestor integer NOT NULL, descendant integer NOT NULL, depth integer NOT NULL CHECK (depth >= 0), PRIMARY KEY (ancestor, descendant));
