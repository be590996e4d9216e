using Npgsql;
using RelSeed.Testing;
using RelSeed.Xunit;
using Respawn;

[assembly: AssemblyFixture(typeof(Shop.RespawnedDatabase))]

namespace Shop;

/// <summary>Reset to the seeded state before each test.</summary>
public sealed class SeededTests(ClassDatabase<ShopDatabase> shared) : DatabasePerClass<ShopDatabase>(shared)
{
    [Theory, InlineData(1), InlineData(2)]
    public async Task Every_test_finds_the_seeded_orders(int _)
    {
        await using var connection = await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var checkout = new Checkout(connection);
        Assert.Equal(3_000, await checkout.CountAsync("order_lines", TestContext.Current.CancellationToken));
        await checkout.ExecuteAsync("delete from order_lines", null, TestContext.Current.CancellationToken);
    }
}

/// <summary>The same database, with Respawn as the reset: customers and products stay, orders go.</summary>
public sealed class RespawnedDatabase : ShopDatabase
{
    static readonly RespawnerOptions Emptied = new() { DbAdapter = DbAdapter.Postgres, TablesToIgnore = ["customers", "products"] };

    protected override SeededDatabaseOptions Options =>
        new() { Reset = async connection => await (await Respawner.CreateAsync(connection, Emptied)).ResetAsync(connection) };
}

public sealed class EmptiedTests(ClassDatabase<RespawnedDatabase> shared) : DatabasePerClass<RespawnedDatabase>(shared)
{
    [Fact]
    public async Task Every_test_finds_customers_and_no_orders()
    {
        await using var connection = (NpgsqlConnection)await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var checkout = new Checkout(connection);
        Assert.Equal((200, 0),
            (await checkout.CountAsync("customers", TestContext.Current.CancellationToken),
            await checkout.CountAsync("orders", TestContext.Current.CancellationToken)));
    }
}
