using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Turns a schema and the user's wishes into a plan: rows, references, keys, and a generator with its reason for every column.</summary>
public static class Planner
{
    /// <exception cref="UsageException">RS12xx: an option names what is not there.</exception>
    /// <exception cref="PlanException">RS20xx: constraints that no rows can meet; all of them at once.</exception>
    public static SeedPlan Plan(DatabaseSchema schema, PlanOptions options)
    {
        schema = KeyLengths.Apply(KeyScales.Apply(schema));
        while (options.SkipUnsolvable)
        {
            try
            {
                return PlanAll(schema, options);
            }
            catch (PlanException fault) when (LeaveOut(schema, options, fault) is { } without)
            {
                options = without;
            }
        }
        return PlanAll(schema, options);
    }

    /// <summary>The options with the tables left out that a fault speaks of; null when that leaves out no more than before.</summary>
    public static PlanOptions? LeaveOut(DatabaseSchema schema, PlanOptions options, PlanException fault)
    {
        var without = options;
        foreach (var table in schema.Tables)
            if (fault.Tables.FirstOrDefault(t => t.Table == table.Name.ToString()) is { } found
                && options.Learned.GetValueOrDefault(table.Name)?.LeftEmpty is null)
                without = LearnedFacts.Add(without, table.Name, new LearnedTable { LeftEmpty = $"left out as unsolvable: {found.Reason}" });
        return ReferenceEquals(without, options) ? null : without;
    }

    /// <summary>The options by which the tables that a fault speaks of are filled as without the profile, then those of the cycles that they depend
    /// on; null when all of them were already.</summary>
    public static PlanOptions? WithoutProfile(DatabaseSchema schema, PlanOptions options, PlanException fault)
    {
        if (options.Profile is null) return null;
        var told = schema.Tables.Where(t => fault.Tables.Any(f => f.Table == t.Name.ToString())).Select(t => t.Name).ToList();
        var next = told.FindAll(t => !options.Unprofiled.ContainsKey(t));
        if (next.Count == 0 && fault.Id == "RS2014")
            next = [.. schema.Tables.Where(t => !options.Unprofiled.ContainsKey(t.Name)
                && t.ForeignKeys.Any(k => k.Principal != t.Name && schema.Reaches(k.Principal, t.Name))
                && told.Exists(f => schema.Reaches(f, t.Name))).Select(t => t.Name)];
        if (next.Count == 0) return null;
        var reason = fault.Tables[0].Reason;
        foreach (var table in next)
            options = options.WithoutProfileOf(table, fault.Tables.FirstOrDefault(f => f.Table == table.ToString())?.Reason ?? reason);
        return options;
    }

    static SeedPlan PlanAll(DatabaseSchema schema, PlanOptions options)
    {
        var known = PlanGround.Of(schema, options);
        return PlanAssembly.Make(known, new TableDrafting(known).DraftAll());
    }
}
