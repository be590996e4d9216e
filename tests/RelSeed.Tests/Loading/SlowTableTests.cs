using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Loading;

public class SlowTableTests
{
    [Theory]
    [InlineData(2_000, 0.04, "visits takes long: by the rows tried, some 80 seconds in its triggers for 2,000 rows.")]
    [InlineData(20_000, 0.0301, "visits takes long: by the rows tried, some 10 minutes in its triggers for 20,000 rows.")]
    public void What_it_will_take_is_told(long rows, double seconds, string expected) =>
        Assert.Equal(expected, new SlowTable(new("public", "visits"), rows, seconds).Describe(
            new DatabaseSchema { Provider = "postgresql", DefaultSchema = "public", Tables = [] }));

    [Theory]
    [InlineData("if new.id not in (select id from allowed) then raise 'no'; end if;", "", new[] { "a", "c", "b" })]
    [InlineData("if new.id not in (select id from a) then raise 'no'; end if;", "", new[] { "a", "c", "b" })]
    [InlineData("insert into log values (new.id);", "", new[] { "a", "b", "c" })]
    [InlineData("return new;", "perform count(*) from b;", new[] { "a", "b", "c" })]
    public void One_that_has_to_do_with_no_other_is_written_last(string body, string other, string[] expected)
    {
        var schema = TestSchemas.Database(
            TestSchemas.Table("a", ["id int!"], pk: ["id"]),
            TestSchemas.Table("b", ["id int!"], pk: ["id"]) with { Triggers = [Before(body)] },
            TestSchemas.Table("c", ["id int!"], pk: ["id"]) with { Triggers = other.Length > 0 ? [Before(other)] : [] });
        var plan = FittedPlan.Make(schema, new PlanOptions { RowsPerTable = 20 });
        Assert.Equal(expected, SlowTables.WriteLast(plan, [new(new("public", "b"), 20, 3)]).Tables.Select(t => t.Table.Name.Name));
        Assert.Same(plan, SlowTables.WriteLast(plan, []));
    }

    [Fact]
    public void One_that_others_refer_to_stays_before_them()
    {
        var plan = FittedPlan.Make(TestSchemas.Database(
            TestSchemas.Table("a", ["id int!"], pk: ["id"]) with { Triggers = [Before("return new;")] },
            TestSchemas.Table("b", ["id int!", "a_id int!"], pk: ["id"], fks: [(["a_id"], "a", ["id"])])), new PlanOptions { RowsPerTable = 20 });
        Assert.Same(plan, SlowTables.WriteLast(plan, [new(new("public", "a"), 20, 3)]));
    }

    static Trigger Before(string body) =>
        new("checks", TriggerTiming.Before, TriggerEvents.Insert, "checks", "CREATE TRIGGER checks", IsRow: true, IsDeferrable: false, Enabled: true) { Body = body };
}
