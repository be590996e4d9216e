using System.Globalization;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Parents with dozens of children: their order and their numbers.</summary>
public sealed class ManyChildrenTests
{
    [Fact]
    public async Task A_number_that_only_goes_up_puts_siblings_in_order_as_time_does()
    {
        var schema = Database(
            Table("patients", ["id int!", "last_name varchar(9)!", "stay int!"], pk: ["id"]),
            Table("tests", ["id int!", "patient_id int!", "day int!"], pk: ["id"], fks: [(["patient_id"], "patients", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 600; p++)
        {
            var stay = 100 + Below(1, p, 900);
            rows["patients"].Add([$"{p}", $"Fox{p}", $"{stay}"]);
            // In the order of their days, which lie anywhere in the stay.
            foreach (var day in Enumerable.Range(0, 20 + Below(2, p, 20)).Select(t => Below(3, 100 * p + t, stay)).Order())
                rows["tests"].Add([$"{rows["tests"].Count}", $"{p}", $"{day}"]);
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var stays = new KeyRows(plan, "patients").Tuples("id", "stay").Select(t => t.Split('|')).ToDictionary(t => t[0], t => int.Parse(t[1], CultureInfo.InvariantCulture));
        var days = new KeyRows(plan, "tests").Tuples("patient_id", "day").Select(t => t.Split('|'))
            .GroupBy(t => t[0], t => int.Parse(t[1], CultureInfo.InvariantCulture) / (double)stays[t[0]]).ToList();
        // Neither the last nor the middle one drifts.
        Assert.InRange(days.Average(d => d.Max()), 0.85, 1.1);
        Assert.InRange(days.Average(d => d.Average()), 0.44, 0.56);
        var steps = days.SelectMany(d => d.Zip(d.Skip(1))).ToList();
        Assert.InRange(steps.Count(s => s.First > s.Second), 0, 0.05 * steps.Count);
    }

    [Fact]
    public async Task Each_parent_that_rows_take_has_its_children_also_where_the_rows_are_many()
    {
        const int members = 200, votes = 20_000;
        var schema = Database(
            Table("voters", ["id int!", "last_name text!"], pk: ["id"]),
            Table("motions", ["id int!", "kind varchar(5)!"], pk: ["id"]),
            Table("votes", ["id int!", "voter_id int!", "motion_id int!"], pk: ["id"],
                fks: [(["voter_id"], "voters", ["id"]), (["motion_id"], "motions", ["id"])]));
        var rows = Empty(schema);
        for (var v = 0; v < votes / 40; v++) rows["voters"].Add([$"{v}", $"Fox{v}"]);
        for (var m = 0; m < members; m++) rows["motions"].Add([$"{m}", m % 2 == 0 ? "bill" : "rule"]);
        for (var v = 0; v < votes; v++) rows["votes"].Add([$"{v}", $"{v / 40}", $"{v % members}"]);
        var (_, plan) = await LearnedAsync(schema, rows);
        var counts = new KeyRows(plan, "votes").Tuples("motion_id").GroupBy(v => v).Select(g => g.Count()).ToList();
        Assert.Equal(members, counts.Count);
        // By chance they would have from 73 to 130.
        Assert.All(counts, c => Assert.InRange(c, 95, 105));
    }
}
