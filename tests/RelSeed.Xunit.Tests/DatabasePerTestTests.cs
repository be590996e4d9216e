namespace RelSeed.Xunit.Tests;

public sealed class DatabasePerTestTests(ShopDatabase shop) : DatabasePerTest<ShopDatabase>(shop)
{
    // Each empties the table; a shared database would show that to the others.
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Each_test_has_a_database_of_its_own(int _)
    {
        Assert.Equal(50, await ShopDatabase.CountAsync(Database, "orders"));
        await ShopDatabase.ExecuteAsync(Database, "delete from orders");
        Assert.Equal(0, await ShopDatabase.CountAsync(Database, "orders"));
    }

    [Fact]
    public void The_clone_is_told_in_the_test_s_output() =>
        Assert.Matches(@"^Clone \S+ made in \d+ ms\.", TestContext.Current.TestOutputHelper!.Output);
}
