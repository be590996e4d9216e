using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public sealed class PlanFitTests
{
    static readonly TableName Name = new("public", "parts");

    [Fact]
    public void A_search_that_reads_rows_which_depend_on_it_is_given_up()
    {
        var plan = Planner.Plan(Database(Table("parts", ["id bigint!"], pk: ["id"])), new PlanOptions());
        var fault = new PlanException("RS2014", "The keys of public.parts depend on themselves.") { Tables = [new(Name.ToString(), "RS2014")] };
        var fit = new PlanFit();
        fit.Begin();

        Assert.False(fit.GiveUpSearch(fault));
        Assert.True(fit.Take(plan, new PlanFindings(), broken: Name));
        Assert.Equal([Name], fit.Apply(new PlanOptions()).Searched);
        Assert.True(fit.GiveUpSearch(fault));
        Assert.Empty(fit.Apply(new PlanOptions()).Searched);
        Assert.Equal([Name], fit.Given);
        Assert.False(fit.GiveUpSearch(fault));
    }
}
