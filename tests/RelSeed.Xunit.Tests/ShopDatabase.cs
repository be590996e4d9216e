using RelSeed.Testing;

[assembly: AssemblyFixture(typeof(RelSeed.Xunit.Tests.ShopDatabase))]

namespace RelSeed.Xunit.Tests;

/// <summary>On PostgreSQL where a server is installed, else on SQLite.</summary>
public sealed class ShopDatabase : SeededDatabaseFixture
{
    protected override TestServer Server => TestServer.IsPostgreSqlInstalled ? TestServer.PrivatePostgreSql() : TestServer.SqliteFiles();

    protected override SchemaStep Schema => SchemaStep.Sql("""
        create table customers (id integer primary key, email varchar(100) not null unique);
        create table orders (id integer primary key, customer_id integer not null references customers (id), total integer not null check (total > 0));
        """);

    protected override void Seed(Seeder seed) => seed.Rows(20).Rows("orders", 50);

    public static async Task<long> CountAsync(DatabaseClone database, string table)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    public static async Task ExecuteAsync(DatabaseClone database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
