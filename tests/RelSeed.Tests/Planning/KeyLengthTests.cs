using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Tests.Planning;

public class KeyLengthTests
{
    [Fact]
    public void A_text_key_is_no_longer_than_the_shortest_column_that_refers_to_it()
    {
        var parent = TestSchemas.Table("parents", ["id varchar(36)!"], pk: ["id"]);
        var near = TestSchemas.Table("nears", ["id varchar(24)!"], pk: ["id"], fks: [(["id"], "parents", ["id"])]);
        var far = TestSchemas.Table("fars", ["id int!", "near_id varchar(16)!"], pk: ["id"], fks: [(["near_id"], "nears", ["id"])]);
        var plan = Planner.Plan(TestSchemas.Database(parent, near, far), new PlanOptions { RowsPerTable = 20 });
        Assert.All(plan.Tables, t => Assert.Equal(20, t.Rows));
        Assert.Equal([16, 16], new[] { parent, near }.Select(t => plan.Schema.Find(t.Name)!["id"].Type.Length ?? 0));
    }

    [Fact]
    public void A_reference_too_short_for_keys_shortens_none()
    {
        var parent = TestSchemas.Table("parents", ["id varchar(36)!"], pk: ["id"]);
        var child = TestSchemas.Table("children", ["id int!", "parent_id varchar(2)"], pk: ["id"], fks: [(["parent_id"], "parents", ["id"])]);
        var plan = Planner.Plan(TestSchemas.Database(parent, child), new PlanOptions { RowsPerTable = 20 });
        Assert.Equal(36, plan.Schema.Find(parent.Name)!["id"].Type.Length);
    }

    [Fact]
    public void A_key_to_a_column_that_is_not_there_leads_nowhere()
    {
        var parent = TestSchemas.Table("parents", ["id int!"], pk: ["id"]);
        var child = TestSchemas.Table("children", ["id int!", "parent_id int"], pk: ["id"], fks: [(["parent_id"], "parents", ["number"])],
            checks: ["parent_id > 5"]);
        var plan = Planner.Plan(TestSchemas.Database(parent, child), new PlanOptions { RowsPerTable = 20 });
        Assert.All(plan.Tables, t => Assert.Equal(20, t.Rows));
    }
}
