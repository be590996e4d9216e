using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Plans with the room that keys turn out to have when their choices are made: the rows of such a table, and of all that refer to it,
/// are known only then. So is whether its first rows hold; where they do not, its rows are searched for.</summary>
public static class FittedPlan
{
    // Rows only shrink, and a table is searched once; each round settles at least the first table that is short or broken.
    const int FewestRounds = 12;

    // Of large schemas more tables are short or broken.
    const int TablesPerRound = 8;

    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet.</exception>
    public static SeedPlan Make(DatabaseSchema schema, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows>? existing = null) =>
        Make(schema, options, new PlanTrial(existing ?? new Dictionary<TableName, ExistingRows>()));

    /// <param name="trial">Knows of plans of the same schema that were tried before.</param>
    internal static SeedPlan Make(DatabaseSchema schema, PlanOptions options, PlanTrial trial)
    {
        var capacities = new Dictionary<TableName, (long Rows, string Reason)>(options.Capacities);
        var (searched, given) = (new HashSet<TableName>(options.Searched), new HashSet<TableName>());
        var drawn = new Dictionary<TableName, long>();
        var covering = new HashSet<(TableName Table, string Key)>(options.Covering);
        var passing = new Dictionary<(TableName Table, string Key), long>(options.Passing);
        var shortened = new Dictionary<TableName, int>();
        var rounds = Math.Max(FewestRounds, schema.Tables.Count / TablesPerRound);
        for (var round = 0; ; round++)
        {
            var plan = Planner.Plan(schema, options with { Capacities = capacities, Searched = searched, Drawn = drawn, Covering = covering, Passing = passing });
            if (round >= rounds) return plan;
            var findings = new PlanFindings { IsBounded = options.MostRows is not null, KnownPassing = passing };
            var broken = trial.FindBroken(plan, findings, given);
            // A table's own number settles before those that hang on it.
            foreach (var (name, found) in findings.Drawn) drawn[name] = found;
            foreach (var (key, found) in findings.Passing) passing[key] = found;
            if (findings.Shortfalls.Count > 0) Shrink(findings.Shortfalls, plan);
            else if (findings.Drawn.Count + findings.Passing.Count > 0) rounds++;
            else if (broken is { } table) Search(table);
            else return plan;
        }

        void Shrink(Dictionary<TableName, Shortfall> shortfalls, SeedPlan plan)
        {
            foreach (var (table, found) in shortfalls)
            {
                if (found.IsRedrawn) (capacities[table], rounds) = (Redrawn(table, found, plan.Find(table)!.Rows), rounds + 1);
                else if (PairedParents.Of(plan, table).ToList().FindAll(covering.Add).Count > 0) rounds++;
                else if (found.Rows == 0 && searched.Contains(table)) GiveUp(table);
                else capacities[table] = (found.Rows, found.Reason);
            }
        }

        // Fewer rows are drawn anew and may be short again, so each time twice as many go.
        (long Rows, string Reason) Redrawn(TableName table, Shortfall found, long planned)
        {
            var factor = 1L << (shortened[table] = shortened.GetValueOrDefault(table, -1) + 1);
            var fewer = found with { Rows = Math.Max(0, planned - (planned - found.Rows) * factor) };
            return (fewer.Rows, fewer.Reason);
        }

        void Search(TableName table)
        {
            if (!searched.Add(table)) GiveUp(table);
            else capacities.Remove(table);
            rounds += 2;
        }

        // What it was planned without a search is no worse.
        void GiveUp(TableName table)
        {
            searched.Remove(table);
            capacities.Remove(table);
            given.Add(table);
        }
    }
}
