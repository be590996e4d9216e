-- A cycle in which every edge is NOT NULL and nothing can be deferred, and a reference to the own table that may not be null.
CREATE TABLE orders (id integer PRIMARY KEY, invoice_id integer NOT NULL UNIQUE, total numeric(10, 2) NOT NULL);
CREATE TABLE invoices (id integer PRIMARY KEY, order_id integer NOT NULL UNIQUE REFERENCES orders, issued_on date NOT NULL);
ALTER TABLE orders ADD FOREIGN KEY (invoice_id) REFERENCES invoices;
CREATE TABLE employee (id integer PRIMARY KEY, boss_id integer NOT NULL REFERENCES employee, name text NOT NULL);
CREATE TABLE a (id integer PRIMARY KEY, b_id integer NOT NULL);
CREATE TABLE b (id integer PRIMARY KEY, c_id integer NOT NULL);
CREATE TABLE c (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;
ALTER TABLE b ADD FOREIGN KEY (c_id) REFERENCES c;
