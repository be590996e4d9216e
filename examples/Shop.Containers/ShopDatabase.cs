using RelSeed;
using RelSeed.Testing;
using RelSeed.Xunit;
using Testcontainers.PostgreSql;

[assembly: AssemblyFixture(typeof(Shop.ShopDatabase))]

namespace Shop;

/// <summary>Seeded in a container that lives as long as the test process.</summary>
public class ShopDatabase : SeededDatabaseFixture
{
    static readonly PostgreSqlContainer Container = new PostgreSqlBuilder().WithImage("postgres:17").Build();

    static readonly TestServer Postgres = TestServer.PostgreSql(async token =>
    {
        await Container.StartAsync(token);
        return Container.GetConnectionString();
    });

    protected override TestServer Server => Postgres;

    protected override SchemaStep Schema => SchemaStep.Sql(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "shop.sql")));

    protected override void Seed(Seeder seed) => seed.Rows(200).Rows("orders", 1_000).Rows("order_lines", 3_000);
}
