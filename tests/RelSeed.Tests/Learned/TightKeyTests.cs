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
            Table("groups", ["id int!"], pk: ["id"]),
            Table("relations", ["whole_id int!", "part_id int!", "place int"], pk: ["whole_id", "part_id"], unique: [["whole_id", "place"]],
                fks: [(["whole_id"], "groups", ["id"]), (["part_id"], "groups", ["id"])]));
        var rows = new Dictionary<string, List<string?[]>> { ["groups"] = [], ["relations"] = [] };
        for (var g = 0; g < 300; g++) rows["groups"].Add([$"{g}"]);
        // Every whole has nearly all of the few parts that there are.
        for (var g = 0; g < 30; g++)
            for (var p = 0; p < 4 + g % 8; p++) rows["relations"].Add([$"{g}", $"{200 + (g + p) % 12}", $"{p}"]);
        var profile = await LearnerTests.LearnAsync(schema, rows);
        foreach (var scale in new[] { 0.5, 1, 1.2, 2, 3 })
        {
        var plan = FittedPlan.Make(schema, new PlanOptions { Profile = profile, Scale = scale });
        var relations = new KeyRows(plan, "relations");
        Console.Error.WriteLine($"{scale}: {relations.Count} {plan.Find(new("public", "relations"))!.RowsReason}");
        KeyRows.AssertDistinct(relations.Tuples("whole_id", "part_id"));
        KeyRows.AssertDistinct(relations.Tuples("whole_id", "place"));
        }
    }
}
