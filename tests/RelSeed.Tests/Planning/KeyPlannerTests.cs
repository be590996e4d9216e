using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Tests.Generation;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class KeyPlannerTests
{
    static SeedPlan Plan(long rows, params RelSeed.Schema.Table[] tables) =>
        FittedPlan.Make(Database(tables), new PlanOptions { RowsPerTable = rows });

    static readonly RelSeed.Schema.Table A = Table("a", ["id int!"], pk: ["id"]);
    static readonly RelSeed.Schema.Table B = Table("b", ["id int!"], pk: ["id"]);

    [Theory, InlineData("int!"), InlineData("bigint!"), InlineData("text!"), InlineData("varchar(3)!"), InlineData("uuid!"),
        InlineData("timestamptz!"), InlineData("date!"),
        InlineData("numeric(8,2)!"), InlineData("char(5)!"), InlineData("bytea!"), InlineData("float!")]
    public void A_single_column_of_any_type_is_unique(string type)
    {
        var plan = Plan(1_000, Table("t", [$"k {type}"], pk: ["k"]));
        Assert.Equal(1_000, plan.Tables[0].Rows);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Theory, InlineData("k >= 0", 10), InlineData("k >= -3 AND k < 5", 8), InlineData("k > 2", 7)]
    public void A_short_range_of_numbers_is_used_to_its_end(string check, long rows)
    {
        var plan = Plan(50, Table("t", ["k numeric(1,0)!"], pk: ["k"], checks: [check]));
        Assert.Equal(rows, plan.Tables[0].Rows);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void A_short_range_goes_on_behind_the_numbers_that_stand_there()
    {
        var table = Table("t", ["k numeric(1,0)!"], pk: ["k"], checks: ["k >= 0"]);
        var plan = Planner.Plan(Database(table), new PlanOptions
        {
            RowsPerTable = 50,
            Existing = new Dictionary<RelSeed.Schema.TableName, ExistingTable> { [table.Name] = new(4, new Dictionary<string, long> { ["k"] = 6 }) },
        });
        Assert.Equal((new SerialSpec(7, 1), 3L), (plan.Tables[0].Columns[0].Generator, plan.Tables[0].Rows));
    }

    [Fact]
    public void A_key_of_two_references_holds_distinct_pairs_up_to_its_capacity()
    {
        var link = Table("link", ["a_id int!", "b_id int!"], pk: ["a_id", "b_id"], fks: [(["a_id"], "a", ["id"]), (["b_id"], "b", ["id"])]);
        var plan = FittedPlan.Make(Database(A, B, link),
            new PlanOptions { RowsByTable = new Dictionary<string, long> { ["a"] = 7, ["b"] = 9, ["link"] = 1_000 } });
        Assert.Equal(63, plan.Find(link.Name)!.Rows);
        Assert.Equal("the key link_pkey has room for 63 rows", plan.Find(link.Name)!.RowsReason);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void Keys_of_different_references_hold_together()
    {
        var c = Table("c", ["id int!"], pk: ["id"]);
        var link = Table("link", ["a_id int!", "b_id int!", "c_id int!"], pk: ["a_id", "b_id"], unique: [["a_id", "c_id"]],
            fks: [(["a_id"], "a", ["id"]), (["b_id"], "b", ["id"]), (["c_id"], "c", ["id"])]);
        var plan = Plan(40, A, B, c, link);
        Assert.Equal(40, plan.Find(link.Name)!.Rows);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void A_line_number_counts_within_its_order()
    {
        var plan = Plan(500, A, Table("lines", ["a_id int!", "line_no smallint!"], pk: ["a_id", "line_no"], fks: [(["a_id"], "a", ["id"])]));
        Assert.IsType<OrdinalSpec>(plan.Tables[1].Columns[1].Generator);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void A_flag_in_a_key_bounds_the_rows_of_each_parent()
    {
        var plan = Plan(500, A, Table("flags", ["a_id int!", "on bool!"], unique: [["a_id", "on"]], fks: [(["a_id"], "a", ["id"])]));
        Assert.Equal(500, plan.Tables[1].Rows);
        Assert.Equal([], MemoryCheck.Find(plan));
        var few = FittedPlan.Make(Database(A, plan.Tables[1].Table),
            new PlanOptions { RowsPerTable = 500, RowsByTable = new Dictionary<string, long> { ["a"] = 10 } });
        Assert.Equal(20, few.Tables[1].Rows);
        Assert.Equal([], MemoryCheck.Find(few));
    }

    [Fact]
    public void A_primary_key_that_is_a_reference_is_one_to_one()
    {
        var plan = FittedPlan.Make(Database(A, Table("sub", ["id int!", "note text"], pk: ["id"], fks: [(["id"], "a", ["id"])])),
            new PlanOptions { RowsPerTable = 300, RowsByTable = new Dictionary<string, long> { ["a"] = 200 } });
        Assert.Equal(200, plan.Tables[1].Rows);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void A_unique_optional_reference_leaves_the_rest_null()
    {
        var plan = FittedPlan.Make(Database(A, Table("t", ["id int!", "a_id int"], pk: ["id"], unique: [["a_id"]], fks: [(["a_id"], "a", ["id"])])),
            new PlanOptions { RowsPerTable = 300, RowsByTable = new Dictionary<string, long> { ["a"] = 100 } });
        Assert.Equal(300, plan.Tables[1].Rows);
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(21), InlineData(1_000)]
    public void A_tree_has_parents_before_children(int rows)
    {
        var plan = Plan(rows, Table("node", ["id int!", "parent_id int"], pk: ["id"], fks: [(["parent_id"], "node", ["id"])]));
        Assert.Equal([], MemoryCheck.Find(plan));
        var generator = RelSeed.Generation.SeedGenerator.Compile(plan)[plan.Tables[0].Table.Name];
        var frame = new RelSeed.Generation.RowFrame(generator);
        frame.Reset(0, rows);
        var parents = frame.ParentRows(0).ToArray();
        Assert.All(parents.Select((parent, row) => (parent, row)), p => Assert.True(p.parent < p.row));
    }

    [Fact]
    public void A_required_reference_to_the_table_itself_is_met()
    {
        var plan = Plan(100, Table("node", ["id int!", "parent_id int!"], pk: ["id"], fks: [(["parent_id"], "node", ["id"])]));
        Assert.Equal([], MemoryCheck.Find(plan));
    }

    [Fact]
    public void A_smallint_key_ends_at_its_type()
    {
        var plan = Plan(100_000, Table("t", ["id smallint!"], pk: ["id"]));
        Assert.Equal(32_767, plan.Tables[0].Rows);
    }

    [Fact]
    public void A_table_without_parents_to_refer_to_stays_empty()
    {
        var plan = FittedPlan.Make(Database(A, Table("t", ["id int!", "a_id int!"], pk: ["id"], fks: [(["a_id"], "a", ["id"])])),
            new PlanOptions { RowsByTable = new Dictionary<string, long> { ["a"] = 0 } });
        Assert.Equal(0, plan.Find(new("public", "t"))!.Rows);
        Assert.Equal("no row can have a parent: public.a holds no rows", plan.Find(new("public", "t"))!.RowsReason);
    }

    [Theory]
    [InlineData("int", "numeric(10,2)")]
    [InlineData("timestamp", "date")]
    [InlineData("numeric(10,2)", "int")]
    public void A_key_between_types_of_other_units_is_left_null(string type, string principal)
    {
        var plan = Plan(20, Table("a", ["id int!", $"key {principal}!"], pk: ["id"], unique: [["key"]]),
            Table("t", ["id int!", $"a_key {type}"], pk: ["id"], fks: [(["a_key"], "a", ["key"])]),
            Table("u", ["id int!", $"a_key {type}!"], pk: ["id"], fks: [(["a_key"], "a", ["key"])]));
        var reason = $"a_key, {type}, cannot be given the values of public.a.key, {principal}";
        Assert.Equal(reason, plan.Find(new("public", "t"))!.References[0].Reason);
        Assert.Equal((20, 0, $"no row can have a parent: {reason}"),
            (plan.Find(new("public", "t"))!.Rows, plan.Find(new("public", "u"))!.Rows, plan.Find(new("public", "u"))!.RowsReason));
    }
}
