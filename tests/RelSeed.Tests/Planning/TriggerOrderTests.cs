using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class TriggerOrderTests
{
    static Trigger After(string body) => new("fill", TriggerTiming.After, TriggerEvents.Insert, "fill",
        "CREATE TRIGGER fill AFTER INSERT ON worker FOR EACH ROW EXECUTE FUNCTION fill()", IsRow: true, IsDeferrable: false, Enabled: true)
    { Body = body };

    static IEnumerable<string> Order(string body) => Planner.Plan(Database(
        Table("task", ["id int!", "title text!"], pk: ["id"]),
        Table("worker", ["id int!", "name text!"], pk: ["id"]) with { Triggers = [After(body)] },
        Table("assignment", ["worker_id int!", "task_id int!"], pk: ["worker_id", "task_id"],
            fks: [(["task_id"], "task", ["id"]), (["worker_id"], "worker", ["id"])])), new PlanOptions()).Tables.Select(t => t.Table.Name.Name);

    [Fact]
    public void A_table_whose_trigger_goes_through_all_rows_of_another_is_written_before_it() =>
        Assert.Equal(["worker", "task", "assignment"],
            Order("begin for r in select id from task loop insert into assignment values (new.id, r.id) on conflict do nothing; end loop; return null; end"));

    [Fact]
    public void A_trigger_that_looks_for_some_rows_changes_no_order() =>
        Assert.Equal(["task", "worker", "assignment"],
            Order("begin for r in select id from task where title = new.name loop insert into assignment values (new.id, r.id); end loop; return null; end"));

    static Table Rival(string name, string other) => Table(name, ["meeting_id int!", "person_id int!"], pk: ["meeting_id", "person_id"],
        fks: [(["meeting_id"], "meeting", ["id"]), (["person_id"], "person", ["id"])]) with
    {
        Triggers = [After($"begin delete from {other} where meeting_id = new.meeting_id and person_id = new.person_id; return null; end")],
    };

    [Fact]
    public void Tables_whose_triggers_delete_each_others_rows_share_no_parent()
    {
        var plan = FittedPlan.Make(Database(Table("meeting", ["id int!"], pk: ["id"]), Table("person", ["id int!"], pk: ["id"]),
            Rival("absent", "present"), Rival("present", "absent")), new PlanOptions
            {
                RowsByTable = new Dictionary<string, long> { ["meeting"] = 40, ["person"] = 40, ["absent"] = 40, ["present"] = 40 },
            });
        var (absent, present) = (new KeyRows(plan, "absent"), new KeyRows(plan, "present"));
        Assert.Equal((40, 40), (absent.Count, present.Count));
        Assert.Empty(absent["meeting_id"].Intersect(present["meeting_id"]));
        Assert.True(present["meeting_id"].Distinct().Count() > 5);
    }
}
