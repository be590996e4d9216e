using RelSeed.Configuration;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed;

/// <summary>Fills a database: reads its schema, plans, generates, loads and verifies.</summary>
/// <example><code>
/// await using var database = SqliteTarget.Open("Data Source=shop.db");
/// var report = await Seeder.For(database).Rows(1_000).Rows("orders", 100_000).RunAsync(cancellationToken);
/// </code></example>
public sealed class Seeder
{
    readonly SeedTarget _target;
    readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    readonly SeedRulesBuilder _rules = new();
    PlanOptions _plan = new();
    LoadOptions _load = new();
    SchemaReadOptions _read = new();
    bool _append;
    bool _keepFilled;
    bool _createPartitions;
    bool _rehearse = true;

    Func<SchemaReadOptions, CancellationToken, Task<DatabaseSchema>> _reader;

    Seeder(SeedTarget target) => (_target, _reader) = (target, target.ReadSchemaAsync);

    public static Seeder For(SeedTarget target) => new(target);

    /// <summary>So many rows for every table that is not named otherwise.</summary>
    public Seeder Rows(long rows) => Change(() => _plan = _plan with { RowsPerTable = rows });

    /// <summary>So many rows for one table, named with or without its schema.</summary>
    public Seeder Rows(string table, long rows) => Change(() => _rows[table] = rows);

    public Seeder Seed(ulong seed) => Change(() => _plan = _plan with { Seed = seed });

    /// <summary>What "now" is for the data.</summary>
    public Seeder AsOf(DateTimeOffset instant) => Change(() => _plan = _plan with { AsOf = instant });

    public Seeder Locale(string locale) => Change(() => _plan = _plan with { Locale = locale });

    /// <summary>Multiplies the default sizes and <see cref="Rows(long)"/>.</summary>
    public Seeder Scale(double scale) => Change(() => _plan = _plan with { Scale = scale });

    /// <summary>Rules for a table: rows, children a parent, what its columns hold.</summary>
    public Seeder Table(string table, Action<TableRulesBuilder> rules) => Change(() => rules(_rules.Table(table)));

    /// <summary>Rules made elsewhere; what is told after comes before them.</summary>
    public Seeder WithRules(SeedRules rules) => Change(() => _rules.Add(rules));

    /// <summary>Draws rows as those that <c>relseed learn</c> read; rules come before it.</summary>
    /// <exception cref="UsageException">RS1310 to RS1312: the file is missing or no profile, with the place.</exception>
    public Seeder Profile(string file) => Profile(ProfileFile.Load(file));

    /// <inheritdoc cref="Profile(string)"/>
    public Seeder Profile(DataProfile profile) => Change(() => _plan = _plan with { Profile = profile });

    /// <summary>Lets a value stand in so many of a table's rows that the profile draws; the rest of the row follows.</summary>
    /// <param name="column"><c>table.column</c>.</param>
    /// <param name="value">In canonical text: <c>true</c>, <c>paid</c>, <c>2026-01-31</c>; null for NULL. The profile must tell it by itself.</param>
    /// <param name="share">From 0 to 1.</param>
    public Seeder SetShare(string column, string? value, double share) =>
        Change(() => _plan = _plan with { Scenario = _plan.Scenario with { Shares = [.. _plan.Scenario.Shares, new(column, value, share)] } });

    /// <summary>Makes the greatest learned values of a number or date so many times as frequent beside the least ones; the rest of the row
    /// follows.</summary>
    /// <param name="column"><c>table.column</c>.</param>
    /// <param name="factor">From 0.001 to 1,000; below 1 they become rarer.</param>
    public Seeder Tilt(string column, double factor) =>
        Change(() => _plan = _plan with { Scenario = _plan.Scenario with { Tilts = [.. _plan.Scenario.Tilts, new(column, factor)] } });

    /// <summary>Fills a real or decimal column, <c>table.column</c>, with what a row counts for in sums and means that are to be as learned, without
    /// what <see cref="SetShare"/> and <see cref="Tilt"/> ask for.</summary>
    public Seeder Weight(string column) =>
        Change(() => _plan = _plan with { Scenario = _plan.Scenario with { Weights = [.. _plan.Scenario.Weights, column] } });

    /// <summary>Leaves tables out; <c>*</c> stands for any letters.</summary>
    public Seeder Exclude(params ReadOnlySpan<string> tables)
    {
        _plan = _plan with { Exclude = [.. _plan.Exclude, .. tables] };
        return this;
    }

    /// <summary>Reads only these schemas of the database.</summary>
    public Seeder Schemas(params ReadOnlySpan<string> schemas)
    {
        _read = _read with { Schemas = [.. schemas] };
        return this;
    }

    /// <summary>Keeps the rows that stand in the tables and adds to them.</summary>
    public Seeder Append() => Change(() => _append = true);

    /// <summary>Leaves tables that hold rows as they are, such as a migration's history or its fixed codes; made rows of other tables refer to them.
    /// <see cref="Append"/> and <see cref="Truncate"/> go before it.</summary>
    public Seeder KeepFilled() => Change(() => _keepFilled = true);

    /// <summary>Empties the tables first, in the same transaction.</summary>
    public Seeder Truncate() => Change(() => _load = _load with { Truncate = true });

    /// <summary>Marks the rows that are made, in the same transaction, in a table beside the others; it is made where it is missing. Tables without
    /// a key are not marked.</summary>
    /// <param name="table"><c>table</c> or <c>schema.table</c>.</param>
    public Seeder Provenance(string table) => Change(() => _load = _load with { Provenance = table });

    /// <summary>A session setting made before the load.</summary>
    public Seeder Set(string name, string value) => Change(() => _settings[name] = value);

    /// <summary>Loads without trying a few rows of every table first.</summary>
    public Seeder WithoutRehearsal() => Change(() => _rehearse = false);

    /// <summary>Leaves out tables whose constraints cannot be met, and what depends on them, instead of failing; the plan says why.</summary>
    public Seeder SkipUnsolvable() => Change(() => _plan = _plan with { SkipUnsolvable = true });

    /// <summary>Makes a partition, in the same transaction, for each partitioned table that has none.</summary>
    public Seeder CreatePartitions() => Change(() => _createPartitions = true);

    /// <summary>Changes the options that have no method of their own.</summary>
    public Seeder With(Func<PlanOptions, PlanOptions>? plan = null, Func<LoadOptions, LoadOptions>? load = null) => Change(() =>
    {
        _plan = plan?.Invoke(_plan) ?? _plan;
        _load = load?.Invoke(_load) ?? _load;
    });

    /// <summary>Reads the schema in another way than by the target's catalog alone.</summary>
    public Seeder ReadSchemaBy(Func<SchemaReadOptions, CancellationToken, Task<DatabaseSchema>> reader) => Change(() => _reader = reader);

    Seeder Change(Action change)
    {
        change();
        return this;
    }

    /// <summary>The plan alone; nothing is written.</summary>
    public async Task<SeedPlan> PlanAsync(CancellationToken cancellationToken = default) => (await PrepareAsync(cancellationToken)).Plan;

    async Task<PreparedSeed> PrepareAsync(CancellationToken cancellationToken)
    {
        var schema = await Telemetry.StageAsync("read", _target.Provider, () => _reader(_read, cancellationToken));
        if (_createPartitions)
        {
            _load = _load with { Partitions = NewPartition.For(schema) };
            schema = NewPartition.AddTo(schema, _load.Partitions);
        }
        var plan = _plan with { RowsByTable = _rows, Rules = _rules.Build() };
        if (_keepFilled && !_append && !_load.Truncate)
        {
            var filled = await _target.FindFilledTablesAsync(schema.Tables.Where(t => t.PartitionOf is null), cancellationToken);
            plan = plan with { Exclude = [.. plan.Exclude, .. filled.Select(t => t.ToString())] };
        }
        return await PrepareAsync(_target, schema, plan, _append, _load.Truncate, cancellationToken);
    }

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
                    Whole = rehearse && rehearsed.Whole is null && Rehearsal.MayTryWhole(settled)
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

    /// <exception cref="RelSeedException">What is wrong, where, and what to do; the database is as it was.</exception>
    public async Task<SeedReport> RunAsync(CancellationToken cancellationToken = default)
    {
        var settled =
            await SettleAsync(_target, await PrepareAsync(cancellationToken), _load with { Settings = _settings }, _rehearse, cancellationToken);
        return await LoadAsync(_target, settled, progress: null, cancellationToken);
    }

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
                () => target.LoadAsync(settled.Plan, settled.Rows, settled.Load, progress, cancellationToken)));
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

/// <summary>A plan with what it was made of.</summary>
/// <param name="Existing">Rows that stand in the database and stay.</param>
public sealed record PreparedSeed(SeedPlan Plan, PlanOptions Options, IReadOnlyDictionary<TableName, ExistingRows> Existing);

/// <summary>What a load takes.</summary>
/// <param name="Load">The options, with what the rehearsal found to be enough.</param>
public sealed record SettledSeed(SeedPlan Plan, SeedGenerator Rows, LoadOptions Load)
{
    /// <summary>Tables whose triggers will take most of the load, in the plan's order; empty without a rehearsal.</summary>
    public IReadOnlyList<SlowTable> Slow { get; init; } = [];

    /// <summary>Rehearses all rows; null where that was done, or they are too many.</summary>
    internal Func<CancellationToken, Task<SettledSeed>>? Whole { get; init; }
}

/// <summary>What a run did.</summary>
public sealed record SeedReport(SeedPlan Plan, LoadReport Load, VerificationReport Verification);
