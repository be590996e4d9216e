using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>Ends come after beginnings of the same name, though nobody knows of what.</summary>
public class OpposedTimesTests
{
    [Theory]
    [InlineData("live_from", "live_to", "timestamp")]
    [InlineData("live_from", "live_to", "date")]
    [InlineData("tariff_from", "tariff_through", "date")]
    [InlineData("shift_begin", "shift_end", "timestamptz")]
    [InlineData("quota_since", "quota_until", "timestamp")]
    [InlineData("first_frame", "last_frame", "timestamp")]
    [InlineData("price_inserted", "price_modified", "timestamp")]
    [InlineData("started_on", "completed_on", "timestamptz")]
    [InlineData("issued", "revoked", "timestamptz")]
    [InlineData("created_at", "frobnicated_at", "timestamptz")]
    public void The_end_follows_the_beginning(string start, string end, string type)
    {
        var table = Table("grants", ["id int!", $"{end} {type}", $"{start} {type}!"], pk: ["id"]);
        var rows = new KeyRows(FittedPlan.Make(Database(table), new PlanOptions { RowsPerTable = 400 }), "grants");
        var pairs = rows[start].Zip(rows[end]).Where(p => p.Second is not null).ToList();
        Assert.True(pairs.Count > 250);
        Assert.All(pairs, p => Assert.True(string.CompareOrdinal(p.First, p.Second) <= 0, $"{p.First} {p.Second}"));
        Assert.True(pairs.Select(p => p.Second).Distinct().Count() > 100);
    }
}
