-- A text that embeds another column, or is made of it.
CREATE TABLE invoice (id integer PRIMARY KEY, number text NOT NULL UNIQUE, year integer NOT NULL CHECK (year BETWEEN 2000 AND 2030), reference text NOT NULL,
  CHECK (reference LIKE '%' || number || '%'), CHECK (reference LIKE year::text || '-%'));
CREATE TABLE file (id integer PRIMARY KEY, name text NOT NULL, extension text NOT NULL, full_name text NOT NULL, CHECK (full_name = name || '.' || extension));
CREATE TABLE node (id integer PRIMARY KEY, path text NOT NULL, depth integer NOT NULL, CHECK (left(path, 1) = '/'), CHECK (depth >= 0));
