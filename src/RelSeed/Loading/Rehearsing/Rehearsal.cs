using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Tries a small version of a plan in the database, learns from what is refused, and plans anew until nothing is.</summary>
public static class Rehearsal
{
    /// <summary>Rows of a table that are tried at most.</summary>
    public const int Rows = 40;

    const int MostRounds = 8;

    /// <param name="options">As the plan was made with.</param>
    /// <returns>The options with what was learned.</returns>
    /// <exception cref="PlanException">RS203x: what the database refuses and nothing was learned of; all of it at once.</exception>
    /// <exception cref="DatabaseException">RS30xx, RS31xx: the database cannot be written at all.</exception>
    public static async Task<PlanOptions> RunAsync(
        SeedTarget target, DatabaseSchema schema, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows> existing, LoadOptions load,
        CancellationToken cancellationToken)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var (trial, fit) = (new PlanTrial(existing), new PlanFit());
        var slow = new SlowTables();
        (SeedPlan Plan, SeedGenerator Rows)? last = null;
        while (true)
        {
            List<UnsolvedRefusal> unsolved = [];
            for (var round = 0; round < MostRounds; round++)
            {
                if (Small(schema, options, trial, fit) is not { } plan) return options;
                var rows = last is { } before ? SeedGenerator.Compile(plan, existing, before) : SeedGenerator.Compile(plan, existing);
                last = (plan, rows);
                var report =
                    await target.RehearseAsync(plan, rows,
                    new RehearsalOptions { Load = load, Variants = new VariantMaker(plan, rows, existing).For, Known = slow.Unchanged(plan) },
                    cancellationToken);
                slow.Add(report);
                var learner = new RehearsalLearner(plan, rows, report, tried);
                options = learner.Learn(options);
                unsolved = learner.Unsolved;
                if (!learner.HasLearned) break;
            }
            if (unsolved.Count == 0) return options;
            var faults = unsolved.ConvertAll(u => RehearsalFaults.Explain(schema, u));
            if (!options.SkipUnsolvable) PlanFaults.Throw(faults);
            foreach (var fault in faults) options = Planner.LeaveOut(schema, options, fault) ?? options;
            if (!faults.Exists(f => tried.Add(f.Message))) PlanFaults.Throw(faults);
        }
    }

    // Where fewer rows cannot be planned though more can, there is nothing to try.
    static SeedPlan? Small(DatabaseSchema schema, PlanOptions options, PlanTrial trial, PlanFit fit)
    {
        try
        {
            return FittedPlan.Make(schema, options with { MostRows = Rows }, trial, fit);
        }
        catch (PlanException)
        {
            return null;
        }
    }
}
