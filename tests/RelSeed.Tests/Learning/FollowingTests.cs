using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Columns that follow from others exactly.</summary>
public sealed class FollowingTests
{
    static DatabaseSchema Shop(string city) => Database(
        Table("customers", ["id int!", "first_name text!", "last_name text!", "street_address text", "city text"], pk: ["id"]),
        Table("orders", ["id int!", "customer_id int!", "ship_address text", city, "net int", "tax int", "gross int", "twice int"], pk: ["id"],
            fks: [(["customer_id"], "customers", ["id"])]));

    // A third of the customers have no address, those without a city order nothing, and a quarter of the orders have no net.
    static Dictionary<string, List<string?[]>> Rows()
    {
        Dictionary<string, List<string?[]>> rows = new() { ["customers"] = [], ["orders"] = [] };
        for (var c = 0; c < 300; c++)
        {
            var (address, city) = (c % 3 == 0 ? null : $"{c} Mill Lane", c % 4 == 0 ? null : $"town {c % 7}");
            rows["customers"].Add([$"{c}", "Ann", $"Fox{c}", address, city]);
            for (var o = 0; city is not null && o < 4; o++)
            {
                var (net, tax) = (Below(1, 4 * c + o, 4) == 0 ? (int?)null : 10 * (1 + Below(2, 4 * c + o, 50)), 1 + Below(3, 4 * c + o, 9));
                rows["orders"].Add([$"{rows["orders"].Count}", $"{c}", address, city, $"{net}", $"{tax}", $"{net + tax}", $"{2 * net}"]);
                foreach (var at in (int[])[4, 6, 7]) if (net is null) rows["orders"][^1][at] = null;
            }
        }
        return rows;
    }

    static async Task<(TableProfile Orders, SeedPlan Plan)> LearnedAsync(string city)
    {
        var schema = Shop(city);
        var profile = await LearnAsync(schema, Rows());
        return (profile.Find(new("public", "orders"))!, FittedPlan.Make(schema, new PlanOptions { Profile = profile }));
    }

    [Fact]
    public async Task They_are_null_where_those_are_and_nowhere_else()
    {
        var (learned, plan) = await LearnedAsync("ship_city text");
        Assert.Equal([RuleKind.ParentColumn, RuleKind.ParentColumn, RuleKind.Sum, RuleKind.Multiple],
            learned.Rules.Select(r => r.Kind).Order());
        var (customers, orders) = (new KeyRows(plan, "customers"), new KeyRows(plan, "orders"));
        var places = customers["id"].Select((id, i) => (id, i)).ToDictionary(c => c.id!, c => c.i);
        var parents = orders["customer_id"].Select(c => places[c!]).ToList();
        var (addresses, cities, net) = (customers["street_address"].ToList(), customers["city"].ToList(), orders["net"].ToList());
        Assert.InRange(addresses.Count(a => a is null), 50, 150);
        Assert.Equal(parents.Select(p => addresses[p]), orders["ship_address"]);
        Assert.Equal(parents.Select(p => cities[p]), orders["ship_city"]);
        Assert.InRange(net.Count(n => n is null), 100, 350);
        Assert.Equal(net.Zip(orders["tax"], (n, t) => n is null ? null : $"{int.Parse(n, null) + int.Parse(t!, null)}"), orders["gross"]);
        Assert.Equal(net.Select(n => n is null ? null : $"{2 * int.Parse(n, null)}"), orders["twice"]);
    }

    [Fact]
    public async Task One_that_may_not_be_null_follows_none_that_may()
    {
        var (learned, plan) = await LearnedAsync("ship_city text!");
        Assert.Contains(learned.Rules, r => r.Kind == RuleKind.ParentColumn && r.Left == "city");
        Assert.Contains(null, new KeyRows(plan, "customers")["city"]);
        Assert.DoesNotContain(null, new KeyRows(plan, "orders")["ship_city"]);
    }
}
