-- A column of two keys must hold what both parents have: the one parent holds it in a column of no key.
CREATE TABLE network (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE client (id text NOT NULL, network_id uuid NOT NULL, name text NOT NULL, PRIMARY KEY (id, network_id));
CREATE TABLE session (signature text PRIMARY KEY, client_id text NOT NULL, network_id uuid NOT NULL REFERENCES network, FOREIGN KEY (client_id, network_id) REFERENCES client);
