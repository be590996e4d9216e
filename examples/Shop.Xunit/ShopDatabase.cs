using RelSeed;
using RelSeed.Testing;
using RelSeed.Xunit;

[assembly: AssemblyFixture(typeof(Shop.ShopDatabase))]

namespace Shop;

/// <summary>Seeded once and kept over runs: on a private PostgreSQL where it is installed, else on SQLite in memory.</summary>
public sealed class ShopDatabase : SeededDatabaseFixture
{
    protected override TestServer Server => TestServer.IsPostgreSqlInstalled ? TestServer.PrivatePostgreSql() : TestServer.SqliteInMemory();

    protected override SchemaStep Schema => SchemaStep.Sql(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "shop.sql")));

    protected override void Seed(Seeder seed) => seed.Rows(200).Rows("orders", 1_000).Rows("order_lines", 3_000);
}
