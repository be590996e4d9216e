-- A row refers, if it will, to a row that has its own key; both have keys within a tenant.
CREATE TABLE site (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE member (site_id integer NOT NULL REFERENCES site, member_id integer NOT NULL, name text NOT NULL, address text, PRIMARY KEY (site_id, member_id));
CREATE TABLE address (site_id integer NOT NULL, member_id integer NOT NULL, address text NOT NULL, added_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, member_id, address), UNIQUE (site_id, address),
  FOREIGN KEY (site_id, member_id) REFERENCES member DEFERRABLE);
CREATE UNIQUE INDEX member_address ON member (site_id, address);
CREATE UNIQUE INDEX member_name ON member (site_id, lower(name));
ALTER TABLE member ADD FOREIGN KEY (site_id, member_id, address) REFERENCES address DEFERRABLE;
