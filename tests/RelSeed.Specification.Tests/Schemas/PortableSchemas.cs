namespace RelSeed.Specification.Tests.Schemas;

/// <summary>Hand-written schemas in the SQL that PostgreSQL and SQLite share, so that both providers must give the same rows.</summary>
public static class PortableSchemas
{
    /// <summary>A shop: lookups, entities, details, a many-to-many, a tree, a nullable cycle, one-to-one, a weak entity, checks.</summary>
    public const string Shop = """
        CREATE TABLE countries (code CHAR(2) PRIMARY KEY, name VARCHAR(60) NOT NULL UNIQUE);
        CREATE TABLE categories (
            id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES categories (id), name VARCHAR(50) NOT NULL, UNIQUE (parent_id, name));
        CREATE TABLE customers (
            id INTEGER PRIMARY KEY, first_name VARCHAR(40) NOT NULL, last_name VARCHAR(40) NOT NULL, email VARCHAR(120) NOT NULL UNIQUE,
            country_code CHAR(2) NOT NULL REFERENCES countries (code), birth_date DATE, is_active BOOLEAN NOT NULL,
            loyalty VARCHAR(10) NOT NULL CHECK (loyalty IN ('none', 'silver', 'gold')), created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP,
            CHECK (updated_at >= created_at));
        CREATE TABLE profiles (
            customer_id INTEGER PRIMARY KEY REFERENCES customers (id), bio TEXT, website VARCHAR(100), rating NUMERIC(3, 2) CHECK (rating BETWEEN 0 AND 5));
        CREATE TABLE products (
            id INTEGER PRIMARY KEY, category_id INTEGER NOT NULL REFERENCES categories (id), sku VARCHAR(12) NOT NULL UNIQUE, title VARCHAR(80) NOT NULL,
            price NUMERIC(10, 2) NOT NULL CHECK (price > 0), weight_kg DOUBLE PRECISION, stock SMALLINT NOT NULL CHECK (stock >= 0));
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), status VARCHAR(12) NOT NULL
                CHECK (status IN ('open', 'paid', 'shipped', 'cancelled')),
            ordered_at TIMESTAMP NOT NULL, shipped_at TIMESTAMP, total NUMERIC(12, 2) NOT NULL, note TEXT,
            CHECK (shipped_at IS NULL OR shipped_at >= ordered_at));
        CREATE TABLE order_lines (
            order_id INTEGER NOT NULL REFERENCES orders (id), line_no SMALLINT NOT NULL, product_id INTEGER NOT NULL REFERENCES products (id),
            quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99), price NUMERIC(10, 2) NOT NULL, PRIMARY KEY (order_id, line_no));
        CREATE TABLE tags (id INTEGER PRIMARY KEY, label VARCHAR(30) NOT NULL UNIQUE);
        CREATE TABLE product_tags (
            product_id INTEGER NOT NULL REFERENCES products (id), tag_id INTEGER NOT NULL REFERENCES tags (id), PRIMARY KEY (product_id, tag_id));
        """;

    /// <summary>Names that break careless quoting.</summary>
    public const string HostileNames = """
        CREATE TABLE "Order" ("select" INTEGER PRIMARY KEY, "Group By" VARCHAR(20) NOT NULL UNIQUE, "quo""te" VARCHAR(20), "Ünïcödé ✓" TEXT NOT NULL,
            "a;drop table x;--" INTEGER NOT NULL CHECK ("a;drop table x;--" > 3), "per%cent" NUMERIC(8, 3), "back\slash" DATE);
        CREATE TABLE "table with ""quotes"" and spaces" ("ID" INTEGER PRIMARY KEY, "Order" INTEGER NOT NULL REFERENCES "Order" ("select"), "'" VARCHAR(5) NOT NULL UNIQUE,
            "{brace} [bracket]" BOOLEAN NOT NULL, "$1" TIMESTAMP);
        CREATE TABLE "sixty_three_bytes_long_name_of_a_table_is_the_longest_there_is_x" (
            "sixty_three_bytes_long_name_of_a_column_is_the_longest_there_is" INTEGER PRIMARY KEY, "user" INTEGER REFERENCES "table with ""quotes"" and spaces" ("ID"));
        """;

    /// <summary>Tenants: composite keys that share a column, a diamond, keys made only of foreign keys.</summary>
    public const string Tenants = """
        CREATE TABLE tenants (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE);
        CREATE TABLE users (tenant_id INTEGER NOT NULL REFERENCES tenants (id), id INTEGER NOT NULL, email VARCHAR(80) NOT NULL,
            PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email));
        CREATE TABLE projects (tenant_id INTEGER NOT NULL REFERENCES tenants (id), id INTEGER NOT NULL, name VARCHAR(60) NOT NULL, lead_id INTEGER,
            PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, lead_id) REFERENCES users (tenant_id, id));
        CREATE TABLE tasks (tenant_id INTEGER NOT NULL, project_id INTEGER NOT NULL, number INTEGER NOT NULL, assignee_id INTEGER NOT NULL, title VARCHAR(100) NOT NULL,
            PRIMARY KEY (tenant_id, project_id, number), FOREIGN KEY (tenant_id) REFERENCES tenants (id),
            FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id), FOREIGN KEY (tenant_id, assignee_id) REFERENCES users (tenant_id, id));
        CREATE TABLE memberships (user_tenant INTEGER NOT NULL, user_id INTEGER NOT NULL, role VARCHAR(10) NOT NULL CHECK (role IN ('owner', 'member')),
            PRIMARY KEY (user_tenant, user_id, role), FOREIGN KEY (user_tenant, user_id) REFERENCES users (tenant_id, id));
        CREATE TABLE follows (follower_tenant INTEGER NOT NULL, follower INTEGER NOT NULL, followed_tenant INTEGER NOT NULL, followed INTEGER NOT NULL,
            PRIMARY KEY (follower_tenant, follower, followed_tenant, followed),
            FOREIGN KEY (follower_tenant, follower) REFERENCES users (tenant_id, id), FOREIGN KEY (followed_tenant, followed) REFERENCES users (tenant_id, id));
        """;

    /// <summary>Keys that no single column meets: pairs of one tenant, unique references that overlap, one default a parent, texts that differ in
    /// more than case, two different parents.</summary>
    public const string Keys = """
        CREATE TABLE tenants (id INTEGER PRIMARY KEY);
        CREATE TABLE hosts (tenant_id INTEGER NOT NULL REFERENCES tenants (id), id INTEGER PRIMARY KEY, UNIQUE (tenant_id, id));
        CREATE TABLE sets (tenant_id INTEGER NOT NULL REFERENCES tenants (id), id INTEGER PRIMARY KEY, UNIQUE (tenant_id, id));
        CREATE TABLE members (tenant_id INTEGER NOT NULL, host_id INTEGER NOT NULL, set_id INTEGER NOT NULL, PRIMARY KEY (host_id, set_id),
            FOREIGN KEY (tenant_id, host_id) REFERENCES hosts (tenant_id, id), FOREIGN KEY (tenant_id, set_id) REFERENCES sets (tenant_id, id));
        CREATE TABLE seats (tenant_id INTEGER NOT NULL, host_id INTEGER NOT NULL UNIQUE, set_id INTEGER NOT NULL UNIQUE,
            FOREIGN KEY (tenant_id, host_id) REFERENCES hosts (tenant_id, id), FOREIGN KEY (tenant_id, set_id) REFERENCES sets (tenant_id, id));
        CREATE TABLE triples (a INTEGER NOT NULL REFERENCES tenants (id), b INTEGER NOT NULL REFERENCES hosts (id), c INTEGER NOT NULL REFERENCES sets (id),
            PRIMARY KEY (a, b, c), UNIQUE (a, b), UNIQUE (b, c));
        CREATE TABLE addresses (id INTEGER PRIMARY KEY, host_id INTEGER NOT NULL REFERENCES hosts (id), kind VARCHAR(4) NOT NULL CHECK (kind IN ('home', 'work')),
            is_default BOOLEAN NOT NULL, deleted_at TIMESTAMP, code VARCHAR(3) NOT NULL);
        CREATE UNIQUE INDEX one_default ON addresses (host_id) WHERE is_default;
        CREATE UNIQUE INDEX one_live ON addresses (host_id, kind) WHERE deleted_at IS NULL;
        CREATE UNIQUE INDEX folded ON addresses (lower(code));
        CREATE TABLE notes (body VARCHAR(20));
        CREATE UNIQUE INDEX one_note ON notes ((body IS NOT NULL));
        CREATE TABLE friends (a INTEGER NOT NULL REFERENCES tenants (id), b INTEGER NOT NULL REFERENCES tenants (id), PRIMARY KEY (a, b), CHECK (a <> b));
        """;

    /// <summary>Checks that tie columns together: exactly one parent, an order, a status that decides a null, two different parents in a
    /// key.</summary>
    public const string Rules = """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL);
        CREATE TABLE persons (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL);
        CREATE TABLE tickets (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), person_id INTEGER REFERENCES persons (id),
            low INTEGER NOT NULL, high INTEGER NOT NULL, status VARCHAR(10) NOT NULL CHECK (status IN ('open', 'done')), closed_at TIMESTAMP,
            stock INTEGER NOT NULL CHECK (stock BETWEEN 0 AND 9), reserved INTEGER NOT NULL CHECK (reserved BETWEEN 0 AND 1000000),
            CHECK ((team_id IS NULL) <> (person_id IS NULL)), CHECK (low <= high), CHECK (reserved <= stock), CHECK ((status = 'done') = (closed_at IS NOT NULL)));
        CREATE TABLE matches (home INTEGER NOT NULL REFERENCES teams (id), away INTEGER NOT NULL REFERENCES teams (id), PRIMARY KEY (home, away), CHECK (home <> away));
        """;

    /// <summary>A cycle that NULL breaks: a department has a head, who is one of its employees.</summary>
    public const string Cycle = """
        CREATE TABLE departments (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE, head_id INTEGER REFERENCES employees (id));
        CREATE TABLE employees (id INTEGER PRIMARY KEY, department_id INTEGER NOT NULL REFERENCES departments (id),
            manager_id INTEGER REFERENCES employees (id), name VARCHAR(80) NOT NULL, hired_on DATE NOT NULL);
        """;

    /// <summary>The same for servers that want the table to exist before it is referred to.</summary>
    public const string CycleByAlter = """
        CREATE TABLE departments (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE, head_id INTEGER);
        CREATE TABLE employees (id INTEGER PRIMARY KEY, department_id INTEGER NOT NULL REFERENCES departments (id),
            manager_id INTEGER REFERENCES employees (id), name VARCHAR(80) NOT NULL, hired_on DATE NOT NULL);
        ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES employees (id);
        """;
}
