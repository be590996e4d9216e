-- Two ways to the same tenant must lead to the same one; equal parents of grandparents.
-- rows org=6
CREATE TABLE org (id integer PRIMARY KEY);
CREATE TABLE shop (org_id integer NOT NULL REFERENCES org, id integer NOT NULL, name text NOT NULL, PRIMARY KEY (org_id, id));
CREATE TABLE product (org_id integer NOT NULL REFERENCES org, id integer NOT NULL, name text NOT NULL, PRIMARY KEY (org_id, id));
CREATE TABLE shelf (org_id integer NOT NULL, shop_id integer NOT NULL, no integer NOT NULL, PRIMARY KEY (org_id, shop_id, no), FOREIGN KEY (org_id, shop_id) REFERENCES shop);
CREATE TABLE stock (org_id integer NOT NULL, shop_id integer NOT NULL, shelf_no integer NOT NULL, product_id integer NOT NULL, amount integer NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (org_id, shop_id, shelf_no, product_id), FOREIGN KEY (org_id, shop_id, shelf_no) REFERENCES shelf, FOREIGN KEY (org_id, product_id) REFERENCES product);
CREATE TABLE move (id integer PRIMARY KEY, org_id integer NOT NULL, shop_id integer NOT NULL, shelf_no integer NOT NULL, product_id integer NOT NULL, to_shop integer NOT NULL, to_shelf integer NOT NULL,
  FOREIGN KEY (org_id, shop_id, shelf_no, product_id) REFERENCES stock, FOREIGN KEY (org_id, to_shop, to_shelf) REFERENCES shelf);
