using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Tests.Learning;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learned;

/// <summary>Keys over learned values that have barely room for the rows that were learned.</summary>
public sealed class TightKeyTests
{
    [Fact]
    public async Task A_learned_count_gives_way_to_the_room_of_the_keys()
    {
        var schema = Database(
            Table("groups", ["id int!", "name text!"], pk: ["id"]),
            Table("relations", ["whole_id int!", "part_id int!", "place int!"], pk: ["whole_id", "part_id"], unique: [["whole_id", "place"]],
                fks: [(["whole_id"], "groups", ["id"]), (["part_id"], "groups", ["id"])], checks: ["whole_id <> part_id"]));
        var made = FittedPlan.Make(schema, new PlanOptions { RowsPerTable = 300 });
        var rows = new Dictionary<string, List<string?[]>>
        {
            ["groups"] = [.. new KeyRows(made, "groups").Tuples("id", "name").Select(t => t.Split('|'))],
            ["relations"] = [.. new KeyRows(made, "relations").Tuples("whole_id", "part_id", "place").Select(t => t.Split('|'))],
        };
        var profile = await LearnerTests.LearnAsync(schema, rows);
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = profile, Scale = 0.7 });
        var relations = new KeyRows(plan, "relations");
        KeyRows.AssertDistinct(relations.Tuples("whole_id", "part_id"));
        KeyRows.AssertDistinct(relations.Tuples("whole_id", "place"));
        Assert.InRange(relations.Count, 100, 209);
        Assert.Equal($"the learned values of its keys relations_pkey, relations_key1 leave room for {relations.Count} rows",
            plan.Find(new("public", "relations"))!.RowsReason);
    }
}
