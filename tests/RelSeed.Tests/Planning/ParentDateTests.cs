using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>What happens to a row happens after its parents came to be.</summary>
public sealed class ParentDateTests
{
    [Theory]
    [InlineData("due_date"), InlineData("required_date"), InlineData("delivered_at")]
    public void What_is_due_of_an_order_is_due_after_it(string column)
    {
        var schema = Database(
            Table("orders", ["id int!", "order_date date!"], pk: ["id"]),
            Table("order_lines", ["id int!", "order_id int!", $"{column} date!"], pk: ["id"], fks: [(["order_id"], "orders", ["id"])]));
        var plan = FittedPlan.Make(schema, new PlanOptions());
        var orders = new KeyRows(plan, "orders").Tuples("id", "order_date").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var lines = new KeyRows(plan, "order_lines").Tuples("order_id", column).Select(t => t.Split('|')).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.True(string.CompareOrdinal(orders[l[0]], l[1]) <= 0, $"ordered {orders[l[0]]}, {column} {l[1]}"));
    }
}
