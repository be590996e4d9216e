using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Planning.Printing;

namespace RelSeed.Tests.Planning;

public class ColumnExplanationTests
{
    [Fact]
    public void Details_of_a_text_of_many_forms_are_cut()
    {
        var plan = FittedPlan.Make(TestSchemas.Database(TestSchemas.Table("jobs", ["id int!", "error_details text!"], pk: ["id"])),
            new PlanOptions { RowsPerTable = 10 });
        var lines = ColumnExplanation.Write(plan, plan.Tables[0], 1).Split('\n');
        Assert.EndsWith(" …", lines.Single(l => l.TrimStart().StartsWith("details", StringComparison.Ordinal)));
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 700));
    }
}
