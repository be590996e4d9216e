namespace RelSeed.Cli.Tests.Tool;

/// <summary>A small schema that PostgreSQL and SQLite both take.</summary>
static class Shop
{
    public const string Schema = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE, name VARCHAR(60) NOT NULL);
        CREATE TABLE orders (
          id INTEGER PRIMARY KEY,
          customer_id INTEGER NOT NULL REFERENCES customers (id),
          status VARCHAR(10) NOT NULL CHECK (status IN ('open', 'paid', 'shipped')),
          quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 20),
          placed_at TIMESTAMP NOT NULL);
        CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), note VARCHAR(40));
        """;
}
