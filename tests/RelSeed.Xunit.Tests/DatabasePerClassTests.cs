namespace RelSeed.Xunit.Tests;

public sealed class DatabasePerClassTests(ClassDatabase<ShopDatabase> shared) : DatabasePerClass<ShopDatabase>(shared)
{
    static readonly HashSet<string> Seen = [];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Each_test_finds_the_seeded_state_in_the_class_s_database(int _)
    {
        Assert.Equal(50, await ShopDatabase.CountAsync(Database, "orders"));
        await ShopDatabase.ExecuteAsync(Database, "delete from orders");
        Seen.Add(Database.Name);
        Assert.Single(Seen);
    }

    [Fact]
    public void The_reset_is_told_in_the_test_s_output() =>
        Assert.Matches("(reset|nothing to reset|cloned again).* ms\\)", TestContext.Current.TestOutputHelper!.Output);
}
