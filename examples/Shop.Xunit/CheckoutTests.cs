using RelSeed.Xunit;

namespace Shop;

/// <summary>Each test has a database of its own.</summary>
public sealed class CheckoutTests(ShopDatabase shop) : DatabasePerTest<ShopDatabase>(shop)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_takes_a_piece_from_the_stock()
    {
        await using var connection = await Database.OpenConnectionAsync(Token);
        var checkout = new Checkout(connection);
        var product = await checkout.ScalarAsync("select min(id) from products where stock > 0", null, Token);
        var stock = await checkout.ScalarAsync($"select stock from products where id = {product}", null, Token);
        Assert.True(await checkout.OrderAsync(await checkout.ScalarAsync("select min(id) from customers", null, Token), product, Token));
        Assert.Equal(stock - 1, await checkout.ScalarAsync($"select stock from products where id = {product}", null, Token));
        Assert.Equal(1_001, await checkout.CountAsync("orders", Token));
    }

    [Fact]
    public async Task What_is_sold_out_cannot_be_ordered()
    {
        await using var connection = await Database.OpenConnectionAsync(Token);
        var checkout = new Checkout(connection);
        await checkout.ExecuteAsync("update products set stock = 0", null, Token);
        Assert.False(await checkout.OrderAsync(await checkout.ScalarAsync("select min(id) from customers", null, Token),
            await checkout.ScalarAsync("select min(id) from products", null, Token), Token));
        Assert.Equal(1_000, await checkout.CountAsync("orders", Token));
    }
}
