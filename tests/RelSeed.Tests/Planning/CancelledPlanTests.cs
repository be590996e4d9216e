using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Tests.Planning;

public class CancelledPlanTests
{
    static readonly DatabaseSchema Schema = new()
    {
        Provider = "sqlite",
        DefaultSchema = "main",
        Tables =
        [
            new Table
            {
                Name = new("main", "t"),
                Columns = [new Column { Name = "id", Type = new ColumnType { Kind = TypeKind.Int32, Name = "INTEGER" } }],
            },
        ],
    };

    [Fact]
    public async Task A_plan_made_on_a_thread_of_its_own_is_the_same()
    {
        var plan = await FittedPlan.MakeAsync(Schema, new PlanOptions(), existing: null, TestContext.Current.CancellationToken);
        Assert.Equal(FittedPlan.Make(Schema, new PlanOptions()).Tables, plan.Tables);
    }

    [Fact]
    public async Task Who_cancels_does_not_wait_for_the_plan() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => FittedPlan.MakeAsync(Schema, new PlanOptions(), existing: null, new CancellationToken(canceled: true)));
}
