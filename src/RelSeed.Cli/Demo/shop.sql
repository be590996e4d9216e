-- The schema of 'relseed demo': a small web shop with what makes seeding hard. A cycle (customers and addresses), a tree (categories),
-- composite keys and foreign keys that share a column (orders), a many-to-many (product_tags), a one-to-one (payments), and checks.
CREATE TABLE customers (
  id                  INTEGER PRIMARY KEY,
  email               VARCHAR(120) NOT NULL UNIQUE,
  first_name          VARCHAR(40) NOT NULL,
  last_name           VARCHAR(40) NOT NULL,
  phone               VARCHAR(30),
  birth_date          DATE,
  default_address_id  INTEGER REFERENCES addresses (id),
  is_active           BOOLEAN NOT NULL DEFAULT 1,
  created_at          TIMESTAMP NOT NULL,
  updated_at          TIMESTAMP NOT NULL,
  CHECK (updated_at >= created_at)
);

CREATE TABLE addresses (
  id           INTEGER PRIMARY KEY,
  customer_id  INTEGER NOT NULL REFERENCES customers (id),
  kind         VARCHAR(10) NOT NULL CHECK (kind IN ('home', 'work', 'parcel')),
  street       VARCHAR(80) NOT NULL,
  postcode     VARCHAR(12) NOT NULL,
  city         VARCHAR(60) NOT NULL,
  country      VARCHAR(60) NOT NULL,
  UNIQUE (customer_id, id)
);

CREATE TABLE categories (
  id         INTEGER PRIMARY KEY,
  parent_id  INTEGER REFERENCES categories (id),
  name       VARCHAR(40) NOT NULL,
  slug       VARCHAR(60) NOT NULL UNIQUE,
  position   INTEGER NOT NULL CHECK (position BETWEEN 1 AND 99)
);

CREATE TABLE products (
  id            INTEGER PRIMARY KEY,
  category_id   INTEGER NOT NULL REFERENCES categories (id),
  sku           CHAR(10) NOT NULL UNIQUE,
  name          VARCHAR(80) NOT NULL,
  description   TEXT,
  price         DECIMAL(10, 2) NOT NULL CHECK (price > 0),
  status        VARCHAR(12) NOT NULL CHECK (status IN ('draft', 'active', 'retired')),
  released_on   DATE,
  created_at    TIMESTAMP NOT NULL
);

CREATE TABLE tags (
  id    INTEGER PRIMARY KEY,
  name  VARCHAR(30) NOT NULL UNIQUE
);

CREATE TABLE product_tags (
  product_id  INTEGER NOT NULL REFERENCES products (id),
  tag_id      INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (product_id, tag_id)
) WITHOUT ROWID;

CREATE TABLE warehouses (
  code     CHAR(3) PRIMARY KEY,
  city     VARCHAR(60) NOT NULL,
  country  VARCHAR(60) NOT NULL
);

CREATE TABLE stock (
  warehouse_code  CHAR(3) NOT NULL REFERENCES warehouses (code),
  product_id      INTEGER NOT NULL REFERENCES products (id),
  quantity        INTEGER NOT NULL CHECK (quantity >= 0),
  reorder_level   INTEGER NOT NULL CHECK (reorder_level BETWEEN 0 AND 50),
  PRIMARY KEY (warehouse_code, product_id)
);

CREATE TABLE orders (
  id                INTEGER PRIMARY KEY,
  number            CHAR(12) NOT NULL UNIQUE,
  customer_id       INTEGER NOT NULL REFERENCES customers (id),
  ship_address_id   INTEGER NOT NULL,
  status            VARCHAR(10) NOT NULL CHECK (status IN ('open', 'paid', 'shipped', 'cancelled')),
  placed_at         TIMESTAMP NOT NULL,
  shipped_at        TIMESTAMP,
  CHECK (shipped_at >= placed_at),
  CHECK ((status = 'shipped') = (shipped_at IS NOT NULL)),
  FOREIGN KEY (customer_id, ship_address_id) REFERENCES addresses (customer_id, id)
);

CREATE TABLE order_items (
  order_id    INTEGER NOT NULL REFERENCES orders (id),
  line        INTEGER NOT NULL CHECK (line >= 1),
  product_id  INTEGER NOT NULL REFERENCES products (id),
  quantity    INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 20),
  unit_price  DECIMAL(10, 2) NOT NULL CHECK (unit_price > 0),
  discount    DECIMAL(4, 2) CHECK (discount >= 0 AND discount <= 50),
  PRIMARY KEY (order_id, line)
);

CREATE TABLE payments (
  order_id   INTEGER PRIMARY KEY REFERENCES orders (id),
  method     VARCHAR(10) NOT NULL CHECK (method IN ('card', 'transfer', 'wallet', 'invoice')),
  amount     DECIMAL(10, 2) NOT NULL CHECK (amount > 0),
  reference  VARCHAR(36) NOT NULL UNIQUE,
  paid_at    TIMESTAMP
);

CREATE TABLE reviews (
  id           INTEGER PRIMARY KEY,
  product_id   INTEGER NOT NULL REFERENCES products (id),
  customer_id  INTEGER NOT NULL REFERENCES customers (id),
  rating       INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
  title        VARCHAR(80),
  body         TEXT,
  created_at   TIMESTAMP NOT NULL,
  UNIQUE (product_id, customer_id)
);

CREATE INDEX orders_by_customer ON orders (customer_id, placed_at);
CREATE INDEX items_by_product ON order_items (product_id);
CREATE INDEX reviews_by_customer ON reviews (customer_id);
