namespace RelSeed.Benchmarks;

/// <summary>The six-table shop that loads are measured on: 2.1 million rows at a scale of 1.</summary>
static class ShopSchema
{
    public static readonly string[] Tables = ["category", "customer", "product", "orders", "order_line", "review"];

    /// <summary>Rows by table at a scale of 1.</summary>
    public static readonly IReadOnlyDictionary<string, long> Rows = new Dictionary<string, long>(StringComparer.Ordinal)
    {
        ["category"] = 200,
        ["customer"] = 200_000,
        ["product"] = 50_000,
        ["orders"] = 500_000,
        ["order_line"] = 1_200_000,
        ["review"] = 150_000,
    };

    public const string Bare = """
        CREATE TABLE category (id integer NOT NULL, parent_id integer, name varchar(60) NOT NULL);
        CREATE TABLE customer (id integer NOT NULL, email varchar(120) NOT NULL, first_name varchar(50) NOT NULL, last_name varchar(50) NOT NULL,
            city varchar(60), country char(2) NOT NULL, is_active boolean NOT NULL, created_at timestamptz NOT NULL);
        CREATE TABLE product (id integer NOT NULL, category_id integer NOT NULL, sku varchar(20) NOT NULL, title varchar(100) NOT NULL,
            price numeric(10,2) NOT NULL, weight double precision, tags text[], created_at timestamptz NOT NULL);
        CREATE TABLE orders (id bigint NOT NULL, customer_id integer NOT NULL, status varchar(12) NOT NULL, ordered_at timestamptz NOT NULL,
            shipped_at timestamptz, total numeric(12,2) NOT NULL, note text);
        CREATE TABLE order_line (order_id bigint NOT NULL, line_no integer NOT NULL, product_id integer NOT NULL, quantity integer NOT NULL,
            price numeric(10,2) NOT NULL);
        CREATE TABLE review (id uuid NOT NULL, product_id integer NOT NULL, customer_id integer NOT NULL, rating smallint NOT NULL, body text NOT NULL,
            created_at timestamptz NOT NULL);
        """;

    public const string Keys = """
        ALTER TABLE category ADD PRIMARY KEY (id);
        ALTER TABLE customer ADD PRIMARY KEY (id);
        ALTER TABLE customer ADD UNIQUE (email);
        ALTER TABLE product ADD PRIMARY KEY (id);
        ALTER TABLE product ADD UNIQUE (sku);
        CREATE INDEX ON product (category_id);
        ALTER TABLE orders ADD PRIMARY KEY (id);
        CREATE INDEX ON orders (customer_id);
        ALTER TABLE order_line ADD PRIMARY KEY (order_id, line_no);
        CREATE INDEX ON order_line (product_id);
        ALTER TABLE review ADD PRIMARY KEY (id);
        CREATE INDEX ON review (product_id);
        ALTER TABLE category ADD FOREIGN KEY (parent_id) REFERENCES category (id);
        ALTER TABLE product ADD FOREIGN KEY (category_id) REFERENCES category (id);
        ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customer (id);
        ALTER TABLE order_line ADD FOREIGN KEY (order_id) REFERENCES orders (id);
        ALTER TABLE order_line ADD FOREIGN KEY (product_id) REFERENCES product (id);
        ALTER TABLE review ADD FOREIGN KEY (product_id) REFERENCES product (id);
        ALTER TABLE review ADD FOREIGN KEY (customer_id) REFERENCES customer (id);
        """;

    /// <summary>Checks are part of the bare tables in every variant, so that all are measured with them.</summary>
    public const string Checks = """
        ALTER TABLE orders ADD CHECK (status IN ('open', 'paid', 'shipped', 'cancelled'));
        ALTER TABLE order_line ADD CHECK (quantity BETWEEN 1 AND 50);
        ALTER TABLE review ADD CHECK (rating BETWEEN 1 AND 5);
        """;
}
