using RelSeed.Xunit;

namespace Shop;

/// <summary>The tests share a database, which is as seeded when each of them begins.</summary>
public sealed class CleaningTests(ClassDatabase<ShopDatabase> shared) : DatabasePerClass<ShopDatabase>(shared)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData("open"), InlineData("paid"), InlineData("shipped")]
    public async Task Orders_of_a_status_can_be_removed(string status)
    {
        await using var connection = await Database.OpenConnectionAsync(Token);
        var checkout = new Checkout(connection);
        Assert.Equal((1_000, 3_000), (await checkout.CountAsync("orders", Token), await checkout.CountAsync("order_lines", Token)));
        await checkout.ExecuteAsync($"delete from order_lines where order_id in (select id from orders where status = '{status}')", null, Token);
        Assert.NotEqual(0, await checkout.ExecuteAsync($"delete from orders where status = '{status}'", null, Token));
        Assert.Equal(0, await checkout.CountAsync($"orders where status = '{status}'", Token));
    }
}
