using RelSeed.Cli.Commands;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Tests.Commands;

public sealed class TargetGuardTests
{
    [Fact]
    public async Task Tables_that_hold_rows_are_named_with_the_ways_out()
    {
        var target = new FakeTarget(new("public", "orders"), new("audit", "events"));
        var fault = await Assert.ThrowsAsync<UsageException>(() => TargetGuard.RequireEmptyAsync(target, Plan(), TestContext.Current.CancellationToken));
        Assert.Equal("RS1020 These tables of postgresql://app@db.example:5432/shop hold rows already: orders, audit.events. " +
            "Add --append to keep them and add to them, --truncate to empty the tables first, or leave tables out with --exclude.", fault.Message);
    }

    [Fact]
    public async Task Many_tables_that_hold_rows_are_counted()
    {
        var target = new FakeTarget([.. Enumerable.Range(1, 20).Select(n => new TableName("public", $"t{n}"))]);
        var fault = await Assert.ThrowsAsync<UsageException>(() => TargetGuard.RequireEmptyAsync(target, Plan(), TestContext.Current.CancellationToken));
        Assert.Contains("hold rows already: t1, t2, t3, t4, t5, t6, t7, t8 and 12 more.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distant_database_wants_yes_where_nobody_can_be_asked()
    {
        var fault = Assert.Throws<UsageException>(() => TargetGuard.RequireConsent(new FakeTarget(), Plan()));
        Assert.Equal("RS1021 The database postgresql://app@db.example:5432/shop is not on this machine, and nobody can be asked. " +
            "Add --yes to write 1,000 rows into 1 table of it.", fault.Message);
    }

    static SeedPlan Plan()
    {
        var table = new Table { Name = new("public", "orders"), Columns = [] };
        return new()
        {
            Schema = new() { Provider = "postgresql", DefaultSchema = "public", Tables = [table] },
            Seed = 1,
            AsOf = default,
            Locale = "en",
            Tables = [new() { Table = table, RequestedRows = 1000, Rows = 1000, RowsReason = "asked", Columns = [] }],
        };
    }
}
