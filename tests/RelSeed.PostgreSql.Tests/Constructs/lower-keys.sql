-- Keys whose texts have one case, since a check wants them so.
CREATE TABLE zone (id serial PRIMARY KEY, name varchar(255) NOT NULL UNIQUE, CONSTRAINT lowercase CHECK (name::text = lower(name::text)));
CREATE TABLE region (code varchar(12) PRIMARY KEY CHECK (code::text = upper(code::text)), city text NOT NULL UNIQUE CHECK (city = lower(city)));
CREATE TABLE account (id serial PRIMARY KEY, email text NOT NULL UNIQUE CHECK (email = lower(email)), slug text UNIQUE CHECK (slug = lower(slug)));
