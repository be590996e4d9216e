using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Plans with the room that keys turn out to have when their choices are made: the rows of such a table, and of all that refer to it,
/// are known only then. So is whether its first rows hold; where they do not, its rows are searched for.</summary>
public static class FittedPlan
{
    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet.</exception>
    public static SeedPlan Make(DatabaseSchema schema, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows>? existing = null) =>
        Make(schema, options, new PlanTrial(existing ?? new Dictionary<TableName, ExistingRows>()), new PlanFit());

    /// <summary>The same on a thread of its own: planning cannot be cut short, but nobody who cancels waits for its end.</summary>
    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet.</exception>
    public static Task<SeedPlan> MakeAsync(
        DatabaseSchema schema, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows>? existing, CancellationToken cancellationToken) =>
        Task.Run(() => Make(schema, options, existing), cancellationToken).WaitAsync(cancellationToken);

    /// <param name="trial">Knows of plans of the same schema that were tried before.</param>
    /// <param name="fit">What was found of other plans of the schema; it fits this one only roughly, which does for a rehearsal.</param>
    internal static SeedPlan Make(DatabaseSchema schema, PlanOptions options, PlanTrial trial, PlanFit fit)
    {
        fit.Begin();
        while (true)
        {
            var plan = Planner.Plan(schema, fit.Apply(options));
            if (fit.IsSpent) return plan;
            var findings = new PlanFindings { IsBounded = options.MostRows is not null, KnownPassing = fit.Passing };
            try
            {
                if (!fit.Take(plan, findings, trial.FindBroken(plan, findings, fit.Given))) return plan;
            }
            catch (PlanException fault) when (fault.Id == "RS2014" && IsSolved(plan, fit, fault, IsLastResort(options, fault)))
            {
                // Planned anew without the key, or without the search.
            }
        }
    }

    static bool IsSolved(SeedPlan plan, PlanFit fit, PlanException fault, bool isLastResort) =>
        fit.Sever(plan, fault, isLastResort) || (isLastResort && fit.GiveUpSearch(fault));

    // A table that a profile makes is made without it first.
    static bool IsLastResort(PlanOptions options, PlanException fault) =>
        options.Profile is null || fault.Tables.All(t => options.Unprofiled.Keys.Any(u => u.ToString() == t.Table));
}
