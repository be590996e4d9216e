using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Plans with the room that keys turn out to have when their choices are made: the rows of such a table, and of all that refer to it,
/// are known only then.</summary>
public static class FittedPlan
{
    // Rows only shrink; each round settles at least the first table that is short.
    const int MostRounds = 12;

    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet.</exception>
    public static SeedPlan Make(DatabaseSchema schema, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows>? existing = null)
    {
        var capacities = new Dictionary<TableName, (long Rows, string Reason)>(options.Capacities);
        for (var round = 0; ; round++)
        {
            var plan = Planner.Plan(schema, options with { Capacities = capacities });
            if (round == MostRounds || !plan.Tables.Any(t => t.Arrangement is not null && t.Rows > 0)) return plan;
            var shortfalls = new Dictionary<TableName, (long Rows, string Reason)>();
            PlanCompiler.Compile(plan, existing ?? new Dictionary<TableName, ExistingRows>(), shortfalls);
            if (shortfalls.Count == 0) return plan;
            foreach (var (table, found) in shortfalls) capacities[table] = found;
        }
    }
}
