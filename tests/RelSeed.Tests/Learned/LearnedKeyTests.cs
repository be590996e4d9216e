using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Learning;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learned;

/// <summary>Unique keys over learned columns hold, whatever was learned of them.</summary>
public sealed class LearnedKeyTests
{
    // Catalogues of at most 200 rows are told whole.
    static readonly DatabaseSchema Parts = Database(
        Table("events",
            ["place bigint!", "kind text!", "processed bool!", "depth bigint!", "sent_ts bigint", "received_ts bigint", "has_url bool", "id bigint!"],
            pk: ["id"]),
        Table("parts", ["shelf_id text!", "part_id text!", "event_key text!", "state text!", "event_id bigint"], unique: [["part_id", "shelf_id"]],
            fks: [(["event_id"], "events", ["id"])]));

    [Fact]
    public void Rows_that_were_drawn_again_come_out_again_as_they_were() => AssertHolds(rows: 107, seed: 11);

    [Fact]
    public void A_key_of_learned_names_holds_for_any_profile() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll<PositiveInt, PositiveInt>(
        (rows, seed) => AssertHolds(100 + rows.Get * 7 % 101, seed.Get)));

    static void AssertHolds(int rows, int seed)
    {
        var made = FittedPlan.Make(Parts, new PlanOptions { RowsPerTable = rows, Seed = (ulong)seed });
        var profile = LearnerTests.LearnAsync(Parts, new() { ["events"] = RowsOf(made, "events"), ["parts"] = RowsOf(made, "parts") }).GetAwaiter()
            .GetResult();
        Assert.True(profile.Find(new("public", "parts"))!.IsToldWhole);
        foreach (var scale in new[] { 0.7, 1, 1.3 })
            for (ulong other = 1; other <= 2; other++)
                KeyRows.AssertDistinct(new KeyRows(FittedPlan.Make(Parts, new PlanOptions { Profile = profile, Seed = other, Scale = scale }),
                    "parts").Tuples("part_id", "shelf_id"));
    }

    static List<string?[]> RowsOf(SeedPlan plan, string table)
    {
        var rows = new KeyRows(plan, table);
        var columns = plan.Find(new("public", table))!.Table.Columns.Select(c => rows[c.Name].ToArray()).ToArray();
        return [.. Enumerable.Range(0, rows.Count).Select(r => columns.Select(c => c[r]).ToArray())];
    }
}
