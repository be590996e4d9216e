using RelSeed.Cli.Commands;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Tests.Commands;

public sealed class ConsentTests
{
    [Fact]
    public void A_distant_database_wants_yes_where_nobody_can_be_asked()
    {
        var fault = Assert.Throws<UsageException>(() => Consent.Require(new FakeTarget(), Plan()));
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
