using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Tests.Planning;

public class KeyScaleTests
{
    [Fact]
    public void A_numeric_key_without_digits_has_those_of_the_numbers_that_refer_to_it()
    {
        var parent = TestSchemas.Table("parents", ["id numeric!"], pk: ["id"]);
        var child = TestSchemas.Table("children", ["id int!", "parent_id numeric(10,0)!"], pk: ["id"], fks: [(["parent_id"], "parents", ["id"])]);
        var plan = Planner.Plan(TestSchemas.Database(parent, child), new PlanOptions { RowsPerTable = 20 });
        Assert.Equal([20L, 20L], plan.Tables.Select(t => t.Rows));
        Assert.Equal(0, plan.Schema.Find(parent.Name)!["id"].Type.ScaleOf());
    }

    [Fact]
    public void Digits_come_through_keys_in_a_row()
    {
        var top = TestSchemas.Table("tops", ["id bigint!"], pk: ["id"]);
        var middle = TestSchemas.Table("middles", ["id numeric!"], pk: ["id"], fks: [(["id"], "tops", ["id"])]);
        var low = TestSchemas.Table("lows", ["id int!", "middle_id numeric!"], pk: ["id"], fks: [(["middle_id"], "middles", ["id"])]);
        var plan = Planner.Plan(TestSchemas.Database(top, middle, low), new PlanOptions { RowsPerTable = 20 });
        Assert.All(plan.Tables, t => Assert.Equal(20, t.Rows));
        Assert.Equal(0, plan.Schema.Find(low.Name)!["middle_id"].Type.ScaleOf());
    }

    [Fact]
    public void Amounts_that_no_key_ties_keep_their_cents() => Assert.Equal(2,
        Planner.Plan(TestSchemas.Database(TestSchemas.Table("sums", ["id int!", "amount numeric"], pk: ["id"])), new PlanOptions { RowsPerTable = 2 })
            .Schema.Tables[0]["amount"].Type.ScaleOf());
}
