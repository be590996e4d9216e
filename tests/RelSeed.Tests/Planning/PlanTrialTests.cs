using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Generation;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class PlanTrialTests
{
    static (string[] Columns, string Principal, string[] PrincipalColumns) Tenanted(string column, string table) =>
        (["tenant_id", column], table, ["tenant_id", "id"]);

    // Keys that overlap over a tenant leave room for fewer rows than asked, and a log hangs on what there is.
    static readonly DatabaseSchema Shared = Database(
        Table("tenants", ["id int!"], pk: ["id"]),
        Table("hosts", ["tenant_id int!", "id int!"], pk: ["id"], unique: [["tenant_id", "id"]], fks: [(["tenant_id"], "tenants", ["id"])]),
        Table("sets", ["tenant_id int!", "id int!"], pk: ["id"], unique: [["tenant_id", "id"]], fks: [(["tenant_id"], "tenants", ["id"])]),
        Table("members", ["tenant_id int!", "host_id int!", "set_id int!"], pk: ["host_id", "set_id"],
            fks: [Tenanted("host_id", "hosts"), Tenanted("set_id", "sets")]),
        Table("pairs", ["tenant_id int!", "host_id int!", "set_id int!"], pk: ["host_id", "set_id"], unique: [["host_id"], ["set_id"]],
            fks: [Tenanted("host_id", "hosts"), Tenanted("set_id", "sets")]),
        Table("log", ["id int!", "host_id int!", "set_id int!", "low int!", "high int!"], pk: ["id"],
            fks: [(["host_id", "set_id"], "members", ["host_id", "set_id"])], checks: ["low < high"]));

    static readonly string[] Names = ["tenants", "hosts", "sets", "members", "pairs", "log"];

    [Fact]
    public void What_was_tried_before_changes_no_plan()
    {
        var rows = from counts in Gen.Choose(1, 60).ListOf(Names.Length) from seed in Gen.Choose(1, 3) select (counts, seed);
        Prop.ForAll(rows.ListOf(4).ToArbitrary(), steps =>
        {
            var trial = new PlanTrial(new Dictionary<TableName, ExistingRows>());
            foreach (var (counts, seed) in steps)
            {
                var options = new PlanOptions { Seed = (ulong)seed, RowsByTable = Names.Zip(counts).ToDictionary(t => t.First, t => (long)t.Second) };
                var (fresh, again) = (FittedPlan.Make(Shared, options), FittedPlan.Make(Shared, options, trial, new PlanFit()));
                Assert.Equal(fresh.Tables, again.Tables);
                Assert.Equal([], MemoryCheck.Find(again));
            }
        }).QuickCheckThrowOnFailure();
    }
}
