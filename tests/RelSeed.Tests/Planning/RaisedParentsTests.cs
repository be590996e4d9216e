using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>A table whose rows can have only some parents, each once, gets the rows asked for all the same.</summary>
public sealed class RaisedParentsTests
{
    // Details are of one channel each, and channels of one connection.
    static readonly DatabaseSchema Recordings = Database(
        Table("connections", ["id bigint!"], pk: ["id"]),
        Table("channels", ["id bigint!", "kind text!"], pk: ["id"], checks: ["kind IN ('shell', 'exec', 'sftp')"],
            fks: [(["id"], "connections", ["id"])]),
        Table("commands", ["channel_id bigint!"], pk: ["channel_id"], fks: [(["channel_id"], "channels", ["id"])]),
        Table("transfers", ["channel_id bigint!"], pk: ["channel_id"], fks: [(["channel_id"], "channels", ["id"])]));

    [Fact]
    public void Parents_in_a_ring_are_raised_together()
    {
        var ring = Database(
            Table("heads", ["id bigint!", "kind text!"], pk: ["id"], checks: ["kind IN ('a', 'b')"], fks: [(["id"], "tails", ["id"])]),
            Table("tails", ["id bigint!"], pk: ["id"], fks: [(["id"], "heads", ["id"])]),
            Table("notes", ["head_id bigint!"], pk: ["head_id"], fks: [(["head_id"], "heads", ["id"])]));
        var plan = FittedPlan.Make(ring, new PlanOptions
        {
            RowsPerTable = 50,
            Learned = new Dictionary<TableName, LearnedTable> { [new("public", "notes")] = new() { Parents = [new ParentCondition("notes_fk1", "kind = 'a'", "a trigger")] } },
        });
        Assert.InRange(Find(plan, "notes").Rows, 50, 100);
        Assert.Equal(Find(plan, "heads").Rows, Find(plan, "tails").Rows);
    }

    static SeedPlan Plan(string commands, string? transfers = null, Func<PlanOptions, PlanOptions>? options = null)
    {
        var learned = new Dictionary<TableName, LearnedTable>();
        foreach (var (table, condition) in new[] { ("commands", commands), ("transfers", transfers) })
            if (condition is not null)
                learned[new("public", table)] = new() { Parents = [new ParentCondition($"{table}_fk1", condition, "a trigger")] };
        var all = new PlanOptions { RowsPerTable = 50, Learned = learned };
        return FittedPlan.Make(Recordings, options?.Invoke(all) ?? all);
    }

    static TablePlan Find(SeedPlan plan, string table) => plan.Find(new("public", table))!;

    [Fact]
    public void Parents_of_which_some_serve_are_as_many_as_the_rows_need_and_so_are_theirs()
    {
        var plan = Plan("kind = 'exec'");
        var rows = Find(plan, "commands").Rows;
        Assert.InRange(rows, 50, 100);
        Assert.InRange(Find(plan, "channels").Rows, 100, 250);
        Assert.Equal(Find(plan, "channels").Rows, Find(plan, "connections").Rows);
        Assert.Equal("enough for the rows of public.commands, to which only some can refer", Find(plan, "channels").RowsReason);
        Assert.Equal(50, Find(plan, "transfers").Rows);
        KeyRows.AssertDistinct(new KeyRows(plan, "commands").Tuples("channel_id"));
    }

    [Fact]
    public void Each_parent_that_serves_has_its_row()
    {
        var plan = Plan("kind = 'exec'", transfers: "kind = 'sftp'");
        var kinds = new KeyRows(plan, "channels")["kind"].CountBy(k => k!).ToDictionary();
        Assert.Equal((kinds["exec"], kinds["sftp"]), (Find(plan, "commands").Rows, Find(plan, "transfers").Rows));
        Assert.All(["exec", "sftp"], kind => Assert.InRange(kinds[kind], 50, 200));
    }

    [Fact]
    public void Where_added_parents_do_not_serve_there_are_no_more_than_asked()
    {
        var plan = Plan("id <= 8");
        Assert.Equal((50, 50), (Find(plan, "channels").Rows, Find(plan, "connections").Rows));
        Assert.InRange(Find(plan, "commands").Rows, 1, 8);
    }

    [Fact]
    public void A_number_that_the_user_names_stays()
    {
        var plan = Plan("kind = 'exec'", options: o => o with { RowsByTable = new Dictionary<string, long> { ["connections"] = 50 } });
        Assert.Equal(50, Find(plan, "connections").Rows);
        Assert.InRange(Find(plan, "channels").Rows, 1, 50);
        Assert.InRange(Find(plan, "commands").Rows, 1, 49);
    }
}
