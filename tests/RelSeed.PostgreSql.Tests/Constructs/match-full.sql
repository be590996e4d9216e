-- MATCH FULL: all null or none; references to unique keys that are not the primary key; NOT VALID still binds new rows.
CREATE TABLE area (id integer PRIMARY KEY, country char(2) NOT NULL, zone integer NOT NULL, code text UNIQUE, UNIQUE (country, zone));
CREATE TABLE site (id integer PRIMARY KEY, country char(2), zone integer, area_code text NOT NULL REFERENCES area (code), FOREIGN KEY (country, zone) REFERENCES area (country, zone) MATCH FULL);
CREATE TABLE visit (id integer PRIMARY KEY, site_id integer NOT NULL, cost numeric(6, 2) NOT NULL);
ALTER TABLE visit ADD CONSTRAINT visit_site FOREIGN KEY (site_id) REFERENCES site NOT VALID;
ALTER TABLE visit ADD CONSTRAINT visit_cost CHECK (cost BETWEEN 5 AND 500) NOT VALID;
