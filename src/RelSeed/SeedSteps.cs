using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed;

/// <summary>The steps of a run one by one, for those who show or change something in between: prepare, settle, load, verify.</summary>
public static class SeedSteps
{
    /// <summary>Plans with what stands in the database: tables that are kept, and tables left out that others refer to.</summary>
    /// <exception cref="UsageException">RS1301: a table holds rows, and neither append nor truncate was asked for.</exception>
    public static Task<PreparedSeed> PrepareAsync(
        SeedTarget target, DatabaseSchema schema, PlanOptions options, bool append, bool truncate, CancellationToken cancellationToken) =>
        Telemetry.StageAsync("plan", target.Provider, () => PlanAsync(target, schema, options, append, truncate, cancellationToken));

    static async Task<PreparedSeed> PlanAsync(
        SeedTarget target, DatabaseSchema schema, PlanOptions options, bool append, bool truncate, CancellationToken cancellationToken)
    {
        var filled = await target.FindFilledTablesAsync(schema.Tables.Where(t => t.PartitionOf is null), cancellationToken);
        (var plan, options) = await FitAsync(schema, options, existing: null, cancellationToken);
        var written = plan.Tables.Where(t => t.Rows > 0).Select(t => t.Table.Name).ToHashSet();
        var occupied = filled.Where(written.Contains).ToList();
        if (occupied.Count > 0 && !append && !truncate)
            throw new UsageException("RS1301",
                $"{(occupied.Count == 1 ? "The table" : $"{occupied.Count} tables,")} {string.Join(", ", occupied.Take(5))}{(occupied.Count > 5 ? ", …," : "")} "
                + $"of {target.DisplayName} hold{(occupied.Count == 1 ? "s" : "")} rows. Keep them and add to them with --append, empty them first with --truncate, or leave tables out with --exclude.");
        // Of what is emptied nothing stays, however few rows are to come.
        var replaced = truncate ? plan.Tables.Select(t => t.Table.Name).ToHashSet() : written;
        var kept = filled.Where(t => append || !replaced.Contains(t)).ToList();
        if (kept.Count == 0) return Tried(new(plan, options, new Dictionary<TableName, ExistingRows>()));
        // Read as the plan carries the values.
        schema = plan.Schema;
        var existing = await ExistingReader.ReadAsync(target, schema, kept, cancellationToken);
        options = options with { Existing = ExistingReader.Summarise(schema, existing) };
        (plan, options) = await FitAsync(schema, options, existing, cancellationToken);
        return Tried(new(plan, options, existing));
    }

    // Where a table's rows cannot be made as the profile has them, they are made without it.
    static async Task<(SeedPlan Plan, PlanOptions Options)> FitAsync(
        DatabaseSchema schema, PlanOptions options, IReadOnlyDictionary<TableName, ExistingRows>? existing, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (await FittedPlan.MakeAsync(schema, options, existing, cancellationToken), options);
            }
            catch (PlanException fault) when (Planner.WithoutProfile(schema, options, fault) is { } without)
            {
                options = without;
            }
        }
    }

    static PreparedSeed Tried(PreparedSeed prepared)
    {
        RuleProbe.Require(prepared.Plan, prepared.Existing);
        return prepared;
    }

    /// <summary>Rehearses what was planned, plans anew with what that taught, and makes the rows ready.</summary>
    /// <param name="rehearse">False goes without the rehearsal.</param>
    /// <exception cref="PlanException">RS20xx: what cannot be met, unless the options leave it out.</exception>
    public static async Task<SettledSeed> SettleAsync(
        SeedTarget target, PreparedSeed prepared, LoadOptions load, bool rehearse, CancellationToken cancellationToken)
    {
        ProvenanceTable.Require(prepared.Plan.Schema, load.Provenance);
        if (rehearse && !load.KeepConstraints && IsSmallWithCycles(prepared.Plan, load))
        {
            try
            {
                // Rather than make a few keys again: perhaps all goes well with every constraint in place.
                return await SettleAsync(target, prepared, load with { KeepConstraints = true }, rehearse, new(IsStrict: true), cancellationToken);
            }
            catch (RelSeedException)
            {
                // It does not.
            }
        }
        return await SettleAsync(target, prepared, load, rehearse, new(), cancellationToken);
    }

    /// <param name="IsStrict">What cannot be met is a fault, whatever the options would do without.</param>
    /// <param name="IsWhole">All rows are rehearsed, however many they are.</param>
    readonly record struct Settling(bool IsStrict = false, bool IsWhole = false);

    static async Task<SettledSeed> SettleAsync(
        SeedTarget target, PreparedSeed prepared, LoadOptions load, bool rehearse, Settling settling, CancellationToken cancellationToken)
    {
        var (schema, plan, options, existing) = (prepared.Plan.Schema, prepared.Plan, prepared.Options, prepared.Existing);
        while (true)
        {
            try
            {
                if (!ReferenceEquals(options, prepared.Options)) (plan, options) = await FitAsync(schema, options, existing, cancellationToken);
                var rehearsed = rehearse ? await Telemetry.StageAsync("rehearse", target.Provider,
                    () => Rehearsal.RunAsync(target, plan, options, existing, load, settling.IsWhole, cancellationToken)) : new(options, null);
                if (rehearsed.Whole is null && !ReferenceEquals(options, rehearsed.Options))
                    (plan, options) = await FitAsync(schema, options = rehearsed.Options, existing, cancellationToken);
                var (settled, rows) = rehearsed.Whole ?? (plan, SeedGenerator.Compile(plan, existing));
                PlanProbe.Require(settled, rows);
                return new(settled, rows, load)
                {
                    Slow = rehearsed.Slow,
                    Whole = rehearse && !settling.IsWhole && (rehearsed.Whole is null || rehearsed.LeftAside) && Rehearsal.MayTryWhole(settled)
                        ? token => SettleAsync(target, new(settled, options, existing), load, rehearse, new(IsWhole: true), token) : null,
                };
            }
            catch (PlanException fault) when (!settling.IsStrict && (Planner.WithoutProfile(schema, options, fault)
                ?? (options.SkipUnsolvable ? Planner.LeaveOut(schema, options, fault) : null)) is { } without)
            {
                options = without;
            }
        }
    }

    static bool IsSmallWithCycles(SeedPlan plan, LoadOptions load) =>
        plan.Tables.All(t => t.Rows < load.RebuildThreshold)
            && plan.Tables.Any(t => t.Table.ForeignKeys.Any(k => k.Principal != t.Table.Name && t.BackwardKeys.Contains(k.Name)));

    /// <summary>Loads what was settled, and verifies it.</summary>
    /// <exception cref="DatabaseException">RS31xx: the database refused; it is as it was.</exception>
    public static async Task<SeedReport> LoadAsync(SeedTarget target, SettledSeed settled, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var (plan, load) = await LoadRowsAsync(target, settled, progress, cancellationToken);
        foreach (var table in load.Tables) Telemetry.Wrote(plan.Schema.ShortName(table.Table), table.Rows, target.Provider);
        return await Telemetry.StageAsync("verify", target.Provider, () => VerifyAsync(target, plan, load, cancellationToken));
    }

    /// <summary>Loads what was settled. When the database refuses rows of a plan of which only a small version was rehearsed, all of it is
    /// rehearsed, and what that teaches is loaded.</summary>
    /// <returns>The plan that was loaded in the end.</returns>
    /// <exception cref="DatabaseException">RS31xx: the database refused; it is as it was.</exception>
    public static async Task<(SeedPlan Plan, LoadReport Load)> LoadRowsAsync(
        SeedTarget target, SettledSeed settled, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return (settled.Plan, await Telemetry.StageAsync("load", target.Provider,
                () => target.LoadAsync(SlowTables.WriteLast(settled.Plan, settled.Slow), settled.Rows, settled.Load, progress, cancellationToken)));
        }
        catch (DatabaseException fault) when (settled.Whole is { } whole && RowRefusals.Contains(fault.Id))
        {
            progress?.Report(new(LoadPhase.Preparing, Table: null, 0, 0, "rehearsing all rows, for some were refused"));
            return await LoadRowsAsync(target, await whole(cancellationToken), progress, cancellationToken);
        }
    }

    // A constraint, a trigger, another fault of a row.
    static readonly HashSet<string> RowRefusals = ["RS3101", "RS3109", "RS3199"];

    /// <summary>Verifies what was loaded, while the server gathers its statistics.</summary>
    public static async Task<SeedReport> VerifyAsync(SeedTarget target, SeedPlan plan, LoadReport load, CancellationToken cancellationToken)
    {
        var statistics = load.HasStatistics ? null : target.GatherStatisticsAsync(plan, cancellationToken);
        try
        {
            var expected = plan.Tables.ToDictionary(t => t.Table.Name, t => t.Rows + t.ExistingRows);
            var verification = await target.VerifyAsync(plan.Schema, expected, cancellationToken);
            return new SeedReport(plan, statistics is null ? load : load with { Notes = [.. load.Notes, .. await statistics] }, verification);
        }
        finally
        {
            // The target is not left before all that works on it has ended.
            if (statistics is not null) await ((Task)statistics).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
