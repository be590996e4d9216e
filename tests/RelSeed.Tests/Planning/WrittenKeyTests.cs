using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

/// <summary>Triggers that refer to a row by a literal of theirs.</summary>
public class WrittenKeyTests
{
    static SeedPlan Plan(string keyType, string literal, int rows)
    {
        var trigger = new Trigger("join", TriggerTiming.After, TriggerEvents.Insert, "join",
            "CREATE TRIGGER join AFTER INSERT ON client FOR EACH ROW EXECUTE FUNCTION join()", IsRow: true, IsDeferrable: false, Enabled: true)
        { Body = $"begin insert into member (client_id, team_id) values (new.id, {literal}); return null; end" };
        return FittedPlan.Make(Database(
            Table("client", ["id int!", "name text!"], pk: ["id"]) with { Triggers = [trigger] },
            Table("member", ["client_id int!", $"team_id {keyType}!"], pk: ["client_id", "team_id"],
                fks: [(["client_id"], "client", ["id"]), (["team_id"], "team", ["id"])]),
            Table("team", [$"id {keyType}!", "title text!"], pk: ["id"])), new PlanOptions { RowsPerTable = rows });
    }

    [Theory]
    [InlineData("int", "0", "0")]
    [InlineData("int", "3", "3")]
    [InlineData("text", "'everyone'", "everyone")]
    public void The_row_that_a_trigger_refers_to_by_a_literal_stands_before(string type, string literal, string key)
    {
        var plan = Plan(type, literal, 20);
        var keys = new KeyRows(plan, "team")["id"].ToList();
        Assert.Contains(key, keys);
        KeyRows.AssertDistinct(keys);
        Assert.Equal(20, keys.Count);
        var order = plan.Tables.Select(t => t.Table.Name.Name).ToList();
        Assert.True(order.IndexOf("team") < order.IndexOf("client"));
    }
}
